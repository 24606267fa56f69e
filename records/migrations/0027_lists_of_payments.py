from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0026_invoices_are_papers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("quotation", "Quotation"),
                    ("authority", "Signed authority to proceed"),
                    ("survey", "Survey report"),
                    ("form", "Request form as it came"),
                    ("request", "Request as it was sent"),
                    ("blank_form", "Blank request form"),
                    ("manual", "Operations Manual"),
                    ("photo", "Photo of a visit"),
                    ("access", "Document for access to a site"),
                    ("preview", "Preview of a quotation"),
                    ("certificate", "Completion certificate"),
                    ("damage", "Photo of damage"),
                    ("evidence", "Evidence of what a Party has to see to"),
                    ("access_log", "Access log"),
                    ("readings", "Readings of the use of a connection"),
                    ("report", "Performance report"),
                    ("ending", "Confirmation of the end of a connection"),
                    ("renewal", "Renewal notice"),
                    ("change", "Quotation of a change"),
                    ("invoice", "Invoice"),
                    ("signed_change", "Signed quotation of a change"),
                    ("payments", "List of payments"),
                ],
                max_length=20,
            ),
        ),
    ]
