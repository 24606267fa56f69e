from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_kinds_of_documents"),
    ]

    operations = [
        # In plain SQL: Django would make the table anew on SQLite, and its triggers,
        # which hold documents to be append-only, would be gone.
        migrations.RunSQL(
            "ALTER TABLE records_document "
            "ADD COLUMN virus_check varchar(12) NOT NULL DEFAULT ''",
            "ALTER TABLE records_document DROP COLUMN virus_check",
            state_operations=[
                migrations.AddField(
                    model_name="document",
                    name="virus_check",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("", "Made by the portal"),
                            ("not_scanned", "Not scanned for viruses"),
                            ("clean", "Scanned, no virus found"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
        ),
    ]
