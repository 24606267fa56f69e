"""Somebody may be nominated to receive invoices."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0010_shared_calendar_links"),
    ]

    operations = [
        migrations.AlterField(
            model_name="nomination",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("submit", "Submitting requests"),
                    ("authorise", "Authorising orders"),
                    ("billing", "Receiving invoices"),
                ],
                max_length=20,
            ),
        ),
    ]
