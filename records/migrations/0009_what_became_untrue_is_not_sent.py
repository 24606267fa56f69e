from django.db import migrations, models
from django.db.models import F, Q


def worded_when_owed(apps, schema_editor):
    notices = apps.get_model("records", "Notice").objects
    notices.filter(worded_at=None).update(worded_at=F("owed_at"))


class Migration(migrations.Migration):
    # Rows change and constraints follow: PostgreSQL wants them apart.
    atomic = False

    dependencies = [
        ("records", "0008_forms_sent_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="dropped_because",
            field=models.TextField(
                blank=True, default="", verbose_name="why it was not sent"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="notice",
            name="worded_at",
            field=models.DateTimeField(
                null=True, verbose_name="when its words were written"
            ),
        ),
        migrations.RunPython(worded_when_owed, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="notice",
            name="worded_at",
            field=models.DateTimeField(verbose_name="when its words were written"),
        ),
        migrations.AlterField(
            model_name="notice",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Queued"),
                    ("sending", "In flight"),
                    ("sent", "Sent"),
                    ("failed", "Failed"),
                    ("dropped", "Not sent: no longer true"),
                ],
                default="queued",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=(Q(state="dropped") & ~Q(dropped_because=""))
                | (~Q(state="dropped") & Q(dropped_because="")),
                name="notice_dropped_says_why",
            ),
        ),
    ]
