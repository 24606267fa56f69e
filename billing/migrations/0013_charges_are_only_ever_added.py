"""Charges are only ever added: the database itself refuses the rest."""

from decimal import Decimal
from importlib import import_module

from django.db import migrations, models

append_only = import_module("records.migrations.0002_append_only")
TABLES = ("billing_charge",)


def add_triggers(apps, schema_editor):
    append_only.hold(schema_editor, TABLES)


def drop_triggers(apps, schema_editor):
    append_only.let_go(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0012_what_was_replaced_is_taken_back"),
        ("records", "0002_append_only"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="charge",
            name="replaced_at",
        ),
        migrations.RemoveField(
            model_name="charge",
            name="replaces",
        ),
        migrations.AlterField(
            model_name="charge",
            name="tax_point",
            field=models.DateField(verbose_name="tax point"),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", True)),
                fields=("quote_line", "year", "attempt"),
                name="charge_once_a_quote_line_and_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", True)),
                fields=("visit", "attempt"),
                name="charge_once_a_visit",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", True)),
                fields=("item_cost", "attempt"),
                name="charge_once_an_item_cost",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", True)),
                fields=("cancellation", "attempt"),
                name="charge_once_a_cancellation",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", True)),
                fields=("rate_change", "attempt"),
                name="charge_once_a_rate_change",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("reverses__isnull", True), ("kind", "annual"), ("year__gt", 1)
                ),
                fields=("connection", "year", "attempt"),
                name="charge_once_a_year_of_a_connection",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("reverses__isnull", True), ("kind", "cancellation")
                ),
                fields=("order", "attempt"),
                name="charge_one_cancellation_an_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cancellation__isnull", True),
                        ("item_cost__isnull", True),
                        ("period__isnull", True),
                        ("quote_line__isnull", True),
                        ("rate_change__isnull", True),
                        ("reverses__isnull", False),
                        ("visit__isnull", True),
                        ("net__lte", Decimal("0.00")),
                    ),
                    models.Q(
                        ("cancellation__isnull", True),
                        ("item_cost__isnull", True),
                        ("period__isnull", True),
                        ("quote_line__isnull", True),
                        ("rate_change__isnull", True),
                        ("reverses__isnull", True),
                        ("visit__isnull", False),
                        ("kind", "rescheduled_visit"),
                        ("net__gte", Decimal("0.00")),
                    ),
                    models.Q(
                        ("cancellation__isnull", True),
                        ("item_cost__isnull", False),
                        ("period__isnull", True),
                        ("quote_line__isnull", True),
                        ("rate_change__isnull", True),
                        ("reverses__isnull", True),
                        ("visit__isnull", True),
                        ("kind", "before_visit"),
                        ("net__gte", Decimal("0.00")),
                    ),
                    models.Q(
                        ("cancellation__isnull", True),
                        ("item_cost__isnull", True),
                        ("period__isnull", True),
                        ("quote_line__isnull", True),
                        ("rate_change__isnull", False),
                        ("reverses__isnull", True),
                        ("visit__isnull", True),
                        ("kind", "rate_change"),
                        ("net__gte", Decimal("0.00")),
                    ),
                    models.Q(
                        ("kind", "cancellation"),
                        ("net__gt", Decimal("0.00")),
                        models.Q(
                            models.Q(
                                ("cancellation__isnull", True),
                                ("item_cost__isnull", True),
                                ("period__isnull", True),
                                ("quote_line__isnull", True),
                                ("rate_change__isnull", True),
                                ("reverses__isnull", True),
                                ("visit__isnull", True),
                            ),
                            models.Q(
                                ("cancellation__isnull", False),
                                ("item_cost__isnull", True),
                                ("period__isnull", True),
                                ("quote_line__isnull", True),
                                ("rate_change__isnull", True),
                                ("reverses__isnull", True),
                                ("visit__isnull", True),
                            ),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        ("cancellation__isnull", True),
                        ("item_cost__isnull", True),
                        ("period__isnull", True),
                        ("quote_line__isnull", False),
                        ("rate_change__isnull", True),
                        ("reverses__isnull", True),
                        ("visit__isnull", True),
                        ("connection__isnull", False),
                        ("net__gte", Decimal("0.00")),
                        (
                            "kind__in",
                            (
                                "connection",
                                "annual",
                                "new_line",
                                "civil_works",
                                "other",
                            ),
                        ),
                    ),
                    models.Q(
                        ("cancellation__isnull", True),
                        ("item_cost__isnull", True),
                        ("period__isnull", False),
                        ("quote_line__isnull", True),
                        ("rate_change__isnull", True),
                        ("reverses__isnull", True),
                        ("visit__isnull", True),
                        ("connection__isnull", False),
                        ("net__gte", Decimal("0.00")),
                        ("kind", "annual"),
                        ("year__gt", 1),
                    ),
                    _connector="OR",
                ),
                name="charge_follows_one_thing_and_its_kind_says_which",
            ),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
