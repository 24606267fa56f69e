from django.db import migrations, models
from django.utils import timezone

UNSENT = ("queued", "sending", "failed")
WITH_A_KEY = "account_"


def owe_emails(apps, schema_editor):
    """Owe each e-mail that has not gone; what failed stays failed, with its words."""
    jobs, now = apps.get_model("records", "Job"), timezone.now()
    notices = apps.get_model("records", "Notice").objects
    for notice in notices.filter(state__in=UNSENT).iterator():
        has_failed = notice.state == "failed"
        is_secret = notice.kind.startswith(WITH_A_KEY)
        about = notice.subject if is_secret else f"{notice.subject} ({notice.to})"
        error = notice.last_error or ("It failed." if has_failed else "")
        jobs.objects.get_or_create(
            kind="deliver_notice",
            subject=notice.pk,
            defaults={
                "about": about[:200],
                "thread": notice.thread,
                "queue": "mail",
                "asked_at": notice.owed_at,
                "ready_at": notice.next_attempt_at,
                "attempts": notice.attempts,
                "last_error": error,
                "failed_at": now if has_failed else None,
            },
        )
    notices.filter(state="sending").update(state="queued")


class Migration(migrations.Migration):
    # Rows change and columns go: PostgreSQL wants them apart.
    atomic = False

    dependencies = [("records", "0010_jobs_owed_by_machines")]

    operations = [
        migrations.RunPython(owe_emails, migrations.RunPython.noop),
        migrations.RemoveIndex(
            model_name="notice", name="records_not_state_c2440d_idx"
        ),
        migrations.RemoveField(model_name="notice", name="attempts"),
        migrations.RemoveField(model_name="notice", name="last_error"),
        migrations.RemoveField(model_name="notice", name="lease_until"),
        migrations.RemoveField(model_name="notice", name="next_attempt_at"),
        migrations.AlterField(
            model_name="notice",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Queued"),
                    ("sent", "Sent"),
                    ("failed", "Failed"),
                    ("dropped", "Not sent: no longer true, or given up"),
                ],
                default="queued",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                fields=["state"],
                name="notice_failed",
                condition=models.Q(state="failed"),
            ),
        ),
    ]
