import django.db.models.deletion
from django.db import migrations, models

from orders.trigrams import trigrams


class Migration(migrations.Migration):
    dependencies = [("orders", "0017_form_versions_say_who_recorded_them")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="orders.connectionrequest",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        trigrams("orders_searchtext", "orders_searchtext_trigrams", "text"),
    ]
