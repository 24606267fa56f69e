"""What was paid beyond what is owed can be paid back, by a row of its own."""

from decimal import Decimal
from importlib import import_module

from django.db import migrations, models

append_only = import_module("records.migrations.0002_append_only")
# SQLite makes a table anew for a constraint, and its triggers would be gone.
TABLES = ("billing_payment",)


def add_triggers(apps, schema_editor):
    append_only.hold(schema_editor, TABLES)


def drop_triggers(apps, schema_editor):
    append_only.let_go(schema_editor, TABLES)


def no_repayments(apps, schema_editor):
    """Without the rule, no row of it may stand: say so before anything is undone."""
    rows = apps.get_model("billing", "Payment").objects.filter(takes_back=None)
    if rows.filter(amount__lt=0).exists():
        raise ValueError("Something was paid back, which the older form cannot say.")


class Migration(migrations.Migration):
    dependencies = [("billing", "0018_charges_are_exported_by_month")]

    operations = [
        migrations.RunPython(drop_triggers, add_triggers),
        migrations.RemoveConstraint(
            "payment", "payment_adds_or_takes_back_and_says_why"
        ),
        migrations.AddConstraint(
            "payment",
            models.CheckConstraint(
                name="payment_adds_or_takes_back_and_says_why",
                condition=models.Q(
                    takes_back__isnull=True, amount__gt=Decimal(0), why=""
                )
                | models.Q(takes_back__isnull=True, amount__lt=Decimal(0))
                & ~models.Q(why="")
                | models.Q(takes_back__isnull=False)
                & ~models.Q(amount=Decimal(0))
                & ~models.Q(why=""),
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, no_repayments),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
