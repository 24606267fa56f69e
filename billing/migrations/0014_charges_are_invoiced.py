"""What is due is invoiced, and neither invoice nor line is ever changed."""

from decimal import Decimal
from importlib import import_module

from django.db import migrations, models

append_only = import_module("records.migrations.0002_append_only")
TABLES = ("billing_invoice", "billing_invoiceline")


def add_triggers(apps, schema_editor):
    append_only.hold(schema_editor, TABLES)


def drop_triggers(apps, schema_editor):
    append_only.let_go(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0013_charges_are_only_ever_added"),
        ("parties", "0010_shared_calendar_links"),
        ("records", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "reference",
                    models.CharField(max_length=20, unique=True, verbose_name="number"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invoice", "Invoice"),
                            ("credit_note", "Credit note"),
                        ],
                        max_length=20,
                    ),
                ),
                ("issued_at", models.DateTimeField()),
                ("issued_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "net",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="excluding VAT"
                    ),
                ),
                (
                    "vat",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="VAT"
                    ),
                ),
                (
                    "gross",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="including VAT"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="invoices",
                        to="parties.party",
                    ),
                ),
            ],
            options={
                "ordering": ["-issued_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="InvoiceLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("description", models.CharField(max_length=300)),
                (
                    "net",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="excluding VAT"
                    ),
                ),
                ("tax_point", models.DateField(verbose_name="tax point")),
                (
                    "vat_rate",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, verbose_name="VAT, percent"
                    ),
                ),
                (
                    "vat",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="VAT"
                    ),
                ),
                (
                    "charge",
                    models.OneToOneField(
                        on_delete=models.PROTECT,
                        related_name="invoice_line",
                        to="billing.charge",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="lines",
                        to="billing.invoice",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(fields=["-issued_on", "-id"], name="invoice_by_day"),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "gross",
                        models.F("net") + models.F("vat"),
                    )
                ),
                name="invoice_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gross__gt", Decimal("0.00")), ("kind", "invoice")),
                    models.Q(("gross__lt", Decimal("0.00")), ("kind", "credit_note")),
                    _connector="OR",
                ),
                name="invoice_asks_and_a_credit_note_gives_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("issued_on"))),
                name="invoice_is_due_after_it_is_issued",
            ),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
