"""What is owed in the orders of a page is found however much is open elsewhere."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("parties", "0018_nominations_are_asked_about"),
        ("worklist", "0006_work_is_read_by_when_it_came"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["thread"],
                name="work_open_thread",
            ),
        ),
    ]
