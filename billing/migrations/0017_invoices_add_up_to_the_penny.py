"""SQLite added up net and VAT inexactly, and refused invoices that were right."""

from importlib import import_module

from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Round

append_only = import_module("records.migrations.0002_append_only")
# SQLite makes a table anew for a constraint, and its triggers would be gone.
TABLES = ("billing_invoice",)


def add_triggers(apps, schema_editor):
    append_only.hold(schema_editor, TABLES)


def drop_triggers(apps, schema_editor):
    append_only.let_go(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("billing", "0016_payments_are_recorded")]

    operations = [
        migrations.RunPython(drop_triggers, add_triggers),
        migrations.RemoveConstraint("invoice", "invoice_adds_up"),
        migrations.AddConstraint(
            "invoice",
            models.CheckConstraint(
                condition=models.Q(gross=Round(F("net") + F("vat"), precision=2)),
                name="invoice_adds_up",
            ),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
