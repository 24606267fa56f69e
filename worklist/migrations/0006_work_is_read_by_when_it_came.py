"""The list of work can be read by when things came, however much is closed."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("parties", "0017_nominations_that_were_wrong_are_annulled"),
        ("worklist", "0005_what_is_handed_over_can_be_given_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["opened_at", "id"],
                name="work_open_came",
            ),
        ),
    ]
