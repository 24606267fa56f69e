"""What was raised in a month is found without reading the whole ledger."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0017_invoices_add_up_to_the_penny"),
        ("connections", "0019_changes_are_signed"),
        ("orders", "0024_sharers_are_ended"),
        ("parties", "0010_shared_calendar_links"),
        ("quotes", "0015_offers_are_found_by_when_they_lapse"),
        ("sites", "0028_civil_works_are_corrected"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="charge",
            index=models.Index(
                fields=["raised_at", "id"], name="charge_by_time_raised"
            ),
        ),
    ]
