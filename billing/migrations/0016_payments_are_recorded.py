"""Payments are rows that are only added, and credit notes say what they take off."""

from decimal import Decimal
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.look

append_only = import_module("records.migrations.0002_append_only")
TABLES = ("billing_payment", "billing_setoff", "billing_overduereminder")


def add_triggers(apps, schema_editor):
    append_only.hold(schema_editor, TABLES)


def drop_triggers(apps, schema_editor):
    append_only.let_go(schema_editor, TABLES)


def set_off_earlier_notes(apps, schema_editor):
    """Share out each credit note that there is, the oldest invoice first."""
    notes = apps.get_model("billing", "Invoice").objects.filter(kind="credit_note")
    for note in notes.order_by("pk").iterator(chunk_size=500):
        left = -note.gross
        for invoice, most in sorted(given_back(apps, note).items()):
            amount = min(left, most)
            if amount > 0:
                apps.get_model("billing", "SetOff").objects.create(
                    credit_note=note, invoice_id=invoice, amount=amount
                )
                left -= amount


def given_back(apps, note):
    lines = apps.get_model("billing", "InvoiceLine").objects.filter(invoice=note)
    found = {}
    for invoice, net, vat in lines.exclude(
        charge__reverses__invoice_line=None
    ).values_list("charge__reverses__invoice_line__invoice", "net", "vat"):
        if invoice != note.pk:
            found[invoice] = found.get(invoice, 0) - net - vat
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0015_invoices_are_papers"),
        ("records", "0027_lists_of_payments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OverdueReminder",
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
                ("sent_at", models.DateTimeField()),
                (
                    "invoice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminder",
                        to="billing.invoice",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Payment",
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
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="including VAT"
                    ),
                ),
                ("paid_on", models.DateField(verbose_name="paid on")),
                (
                    "reference",
                    models.CharField(max_length=100, verbose_name="bank reference"),
                ),
                (
                    "reference_look",
                    common.look.LookField(
                        default="", editable=False, max_length=600, of="reference"
                    ),
                ),
                (
                    "attempt",
                    models.PositiveSmallIntegerField(default=1, editable=False),
                ),
                ("why", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="records.document",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="billing.invoice",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "takes_back",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back_by",
                        to="billing.payment",
                    ),
                ),
            ],
            options={
                "ordering": ["paid_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("takes_back__isnull", True)),
                        fields=("invoice", "reference_look", "attempt"),
                        name="payment_once_an_invoice_and_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount__gt", Decimal("0.00")),
                                ("takes_back__isnull", True),
                                ("why", ""),
                            ),
                            models.Q(
                                ("amount__lt", Decimal("0.00")),
                                ("takes_back__isnull", False),
                                models.Q(("why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="payment_adds_or_takes_back_and_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SetOff",
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
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="including VAT"
                    ),
                ),
                (
                    "credit_note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="set_against",
                        to="billing.invoice",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="set_offs",
                        to="billing.invoice",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("credit_note", "invoice"),
                        name="set_off_once_an_invoice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", Decimal("0.00"))),
                        name="set_off_is_an_amount",
                    ),
                ],
            },
        ),
        # First: PostgreSQL adds no trigger while what was inserted is still checked.
        migrations.RunPython(add_triggers, drop_triggers),
        migrations.RunPython(set_off_earlier_notes, migrations.RunPython.noop),
    ]
