"""The list of connections is narrowed by month without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("connections", "0022_years_charged_before_a_connection_was_taken_over"),
        ("orders", "0030_a_form_keyed_for_the_wrong_party_is_moved"),
        ("parties", "0018_nominations_are_asked_about"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="connection",
            index=models.Index(fields=["completed_on", "id"], name="connection_by_day"),
        ),
    ]
