"""Rows that fail no longer keep a sweep from those behind them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0015_emails_carry_calendar_files")]

    operations = [
        migrations.CreateModel(
            name="SweepPlace",
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
                ("name", models.CharField(max_length=40, unique=True)),
                ("after", models.TextField(blank=True)),
            ],
        ),
    ]
