from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0011_emails_are_owed_as_jobs"),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True)),
                ("at", models.DateTimeField()),
                ("trouble", models.TextField(blank=True)),
            ],
        ),
    ]
