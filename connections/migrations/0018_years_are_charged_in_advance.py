"""Each connection knows on which day its next year begins."""

from django.db import migrations, models

from common.clock import MONTHS_A_YEAR, add_months


def count_first_year(apps, schema_editor):
    """Let the years of what is there already count from completion."""
    connection = apps.get_model("connections", "Connection")
    for row in connection.objects.only("completed_on").iterator():
        second = add_months(row.completed_on, MONTHS_A_YEAR)
        connection.objects.filter(pk=row.pk).update(next_year_on=second)


class Migration(migrations.Migration):
    dependencies = [("connections", "0017_equipment_is_collected")]

    operations = [
        migrations.AddField(
            model_name="connection",
            name="years_charged",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="connection",
            name="next_year_on",
            field=models.DateField(null=True, editable=False),
        ),
        migrations.RunPython(count_first_year, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="connection",
            name="next_year_on",
            field=models.DateField(db_index=True, editable=False),
        ),
    ]
