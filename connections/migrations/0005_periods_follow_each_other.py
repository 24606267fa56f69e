"""A contract is a row of periods, counted in months from the day of completion."""

from django.db import migrations, models
from django.db.models import F

MONTHS_A_YEAR = 12


def years_to_months(apps, schema_editor):
    rows = apps.get_model("connections", "ContractPeriod").objects
    rows.update(months=F("years") * MONTHS_A_YEAR)


def months_to_years(apps, schema_editor):
    rows = apps.get_model("connections", "ContractPeriod").objects
    rows.update(years=F("months") / MONTHS_A_YEAR)


class Migration(migrations.Migration):
    dependencies = [
        ("connections", "0004_fields_are_called_as_people_say"),
    ]

    operations = [
        migrations.AddField(
            "contractperiod",
            "from_month",
            models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            "contractperiod",
            "months",
            models.PositiveSmallIntegerField(default=MONTHS_A_YEAR),
            preserve_default=False,
        ),
        migrations.AlterField(
            "contractperiod",
            "years",
            models.PositiveSmallIntegerField(default=1),
        ),
        migrations.RunPython(years_to_months, months_to_years),
    ]
