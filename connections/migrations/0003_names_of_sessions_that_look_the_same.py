"""One form of a line for the names of sessions, which are compared by their look."""

from django.db import migrations, models
from django.db.models import Q

import common.look
from common.rows import tell, tidy_lines, told_apart


def keep_one_form(apps, schema_editor):
    session = apps.get_model("connections", "Session")
    tidy_lines(session, ["name", "pep_name"])
    for row, before, after in told_apart(session, "name", "connection_id"):
        thread = row.connection.order.reference
        tell(apps, row, thread, f"The session {before} is now called {after}")


class Migration(migrations.Migration):
    dependencies = [
        ("connections", "0002_addressing"),
        ("orders", "0010_references_that_look_the_same_are_the_same"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="session", name="session_name_is_unique_among_the_open"
        ),
        migrations.AddField(
            model_name="session",
            name="name_look",
            field=common.look.LookField(of="name"),
        ),
        migrations.RunPython(keep_one_form, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                condition=~Q(state="closed"),
                fields=("connection", "name_look"),
                name="session_name_is_unique_among_the_open",
            ),
        ),
    ]
