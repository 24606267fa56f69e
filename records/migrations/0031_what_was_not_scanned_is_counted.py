"""Uploads that no virus scanner has seen are counted without reading all documents."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0030_emails_can_be_held_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("virus_check", "not_scanned")),
                fields=["virus_check", "at"],
                name="document_not_scanned",
            ),
        ),
    ]
