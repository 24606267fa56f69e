from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_append_only"),
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
                    ("preview", "Preview of a quotation"),
                ],
                max_length=20,
            ),
        ),
    ]
