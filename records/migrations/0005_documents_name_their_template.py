from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_documents_say_whether_they_were_scanned"),
    ]

    operations = [
        # In plain SQL: Django would make the table anew on SQLite, and its triggers,
        # which hold documents to be append-only, would be gone.
        migrations.RunSQL(
            "ALTER TABLE records_document "
            "ADD COLUMN template varchar(300) NOT NULL DEFAULT ''",
            "ALTER TABLE records_document DROP COLUMN template",
            state_operations=[
                migrations.AddField(
                    model_name="document",
                    name="template",
                    field=models.CharField("rendered from", blank=True, max_length=300),
                ),
            ],
        ),
    ]
