from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0019_dated_rows_are_alike"),
        ("quotes", "0014_events_say_what_reopened_an_order"),
        ("records", "0013_lists_are_read_in_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="quote",
            name="lapses_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="quote",
            index=models.Index(
                condition=models.Q(("state", "issued")),
                fields=["lapses_at", "id"],
                name="quote_due_to_lapse",
            ),
        ),
    ]
