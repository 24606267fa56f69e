from django.db import migrations
from django.utils import timezone

DOCUMENT = {"kind": "render_quote"}
READING = {"kind": "read_scan"}


def owe(jobs, kind, row, quote, error):
    """Owe what waits, and keep what failed as failed."""
    now = timezone.now()
    ended = {"failed_at": now, "last_error": error} if error else {}
    jobs.objects.get_or_create(
        **kind,
        subject=row.pk,
        defaults={
            "about": quote.reference,
            "thread": quote.order.reference,
            "queue": "documents",
            "asked_at": now,
            "ready_at": now,
            **ended,
        },
    )


def owe_documents_and_readings(apps, schema_editor):
    jobs = apps.get_model("records", "Job")
    drafts = apps.get_model("quotes", "Quote").objects.filter(state="draft")
    asked = drafts.filter(issue_requested_at__isnull=False)
    for quote in asked.select_related("order"):
        owe(jobs, DOCUMENT, quote, quote, quote.rendering_error)
    scans = apps.get_model("quotes", "Authority").objects.exclude(route="browser")
    of_use = scans.filter(state__in=("uploaded", "handed_in"), read_at=None)
    for scan in of_use.select_related("quote__order"):
        owe(jobs, READING, scan, scan.quote, scan.reading_error)


class Migration(migrations.Migration):
    # Rows change and columns go: PostgreSQL wants them apart.
    atomic = False

    dependencies = [("quotes", "0010_previews_are_owed_as_jobs")]

    operations = [
        migrations.RunPython(owe_documents_and_readings, migrations.RunPython.noop),
        migrations.RemoveField(model_name="authority", name="reading_attempts"),
        migrations.RemoveField(model_name="authority", name="reading_until"),
    ]
