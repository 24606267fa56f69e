"""The desk reads enquiries that wait in their order, however many there were."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0020_enquiries_about_getting_into_a_site"),
        ("parties", "0009_private_calendar_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                models.Case(models.When(state="answered", then=1), default=0),
                models.F("asked_at"),
                models.F("id"),
                name="enquiry_answered_last",
            ),
        ),
    ]
