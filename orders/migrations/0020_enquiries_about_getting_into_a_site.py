from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0019_dated_rows_are_alike"),
    ]

    operations = [
        migrations.AlterField(
            model_name="enquiry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("call", "A call about another kind of connection"),
                    ("message_sizes", "Help with message sizes"),
                    ("question", "A question"),
                    ("upload_area", "Access to the secure upload area"),
                    ("access", "A question about getting into a site"),
                ],
                max_length=20,
            ),
        ),
    ]
