"""Charges get what tells a ledger apart: what takes one back, which attempt it is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0010_years_are_charged"),
        ("connections", "0018_years_are_charged_in_advance"),
        ("orders", "0024_sharers_are_ended"),
        ("parties", "0010_shared_calendar_links"),
        ("quotes", "0015_offers_are_found_by_when_they_lapse"),
        ("sites", "0028_civil_works_are_corrected"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="charge",
            name="charge_one_cancellation_an_order",
        ),
        migrations.RemoveConstraint(
            model_name="charge",
            name="charge_is_not_negative",
        ),
        migrations.RemoveConstraint(
            model_name="charge",
            name="charge_once_a_quote_line_and_year",
        ),
        migrations.RemoveConstraint(
            model_name="charge",
            name="charge_once_a_year_of_a_connection",
        ),
        migrations.RemoveConstraint(
            model_name="charge",
            name="charge_follows_one_thing_and_its_kind_says_which",
        ),
        migrations.AddField(
            model_name="charge",
            name="attempt",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="charge",
            name="raised_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="charge",
            name="reverses",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversal",
                to="billing.charge",
            ),
        ),
        migrations.AddField(
            model_name="charge",
            name="tax_point",
            field=models.DateField(null=True, verbose_name="tax point"),
        ),
        migrations.AlterField(
            model_name="charge",
            name="cancellation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="charges",
                to="connections.cancellation",
            ),
        ),
        migrations.AlterField(
            model_name="charge",
            name="item_cost",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="charges",
                to="sites.itemcost",
            ),
        ),
        migrations.AlterField(
            model_name="charge",
            name="rate_change",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="charges",
                to="connections.ratechange",
            ),
        ),
        migrations.AlterField(
            model_name="charge",
            name="visit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="charges",
                to="sites.sitevisit",
            ),
        ),
    ]
