from importlib import import_module

from django.db import migrations
from django.db.models import OuterRef, Subquery

append_only = import_module("records.migrations.0002_append_only")


def tell_causes(apps, schema_editor):
    """Until now an offer taken back and its order reopened shared their instant only."""
    events = apps.get_model("records", "Event").objects
    taken = events.filter(
        name="withdraw",
        subject_type__app_label="quotes",
        subject_type__model="quote",
        thread=OuterRef("thread"),
        at=OuterRef("at"),
    )
    reopened = events.filter(
        name="reopen",
        subject_type__app_label="orders",
        subject_type__model="connectionrequest",
    )
    append_only.drop_triggers(apps, schema_editor)
    reopened.update(cause=Subquery(taken.order_by("-pk").values("pk")[:1]))
    # PostgreSQL makes no trigger while keys are still to be checked.
    schema_editor.connection.check_constraints()
    append_only.add_triggers(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0013_fields_are_called_as_people_say"),
        ("records", "0014_events_say_which_day_moved_and_what_brought_it_about"),
    ]

    operations = [migrations.RunPython(tell_causes, migrations.RunPython.noop)]
