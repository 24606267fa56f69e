"""The visits of a week are found among open work without reading all of it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("parties", "0009_private_calendar_links"),
        ("worklist", "0003_lists_are_read_in_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["kind", "due_on", "id"],
                name="work_open_kind",
            ),
        ),
    ]
