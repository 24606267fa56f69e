from importlib import import_module

from django.db import migrations, models
from django.db.models import Q

append_only = import_module("records.migrations.0002_append_only")
PRICED = ("raise_completion_charges", "raise_cancellation_charge", "set_renewal_charge")


def mark_those_with_a_price(apps, schema_editor):
    """Until now a price was known by its pound sign."""
    append_only.drop_triggers(apps, schema_editor)
    priced = Q(what__contains="£") | Q(why__contains="£") | Q(name__in=PRICED)
    apps.get_model("records", "Event").objects.filter(priced).update(tells_price=True)
    append_only.add_triggers(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("records", "0006_links_that_sign_in_are_not_kept")]

    operations = [
        # In plain SQL: Django would make the table anew on SQLite, and its triggers,
        # which hold events to be append-only, would be gone.
        migrations.RunSQL(
            "ALTER TABLE records_event "
            "ADD COLUMN tells_price boolean NOT NULL DEFAULT false",
            "ALTER TABLE records_event DROP COLUMN tells_price",
            state_operations=[
                migrations.AddField(
                    model_name="event",
                    name="tells_price",
                    field=models.BooleanField(default=False),
                ),
            ],
        ),
        migrations.RunPython(mark_those_with_a_price, migrations.RunPython.noop),
    ]
