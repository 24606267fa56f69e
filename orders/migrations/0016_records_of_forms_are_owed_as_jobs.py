from django.db import migrations
from django.utils import timezone


def owe_records(apps, schema_editor):
    """Owe the record of each form that has none, and keep what failed as failed."""
    jobs, now = apps.get_model("records", "Job"), timezone.now()
    versions = apps.get_model("orders", "FormVersion").objects.filter(document=None)
    for version in versions.select_related("order"):
        error = version.rendering_error
        ended = {"failed_at": now, "last_error": error} if error else {}
        jobs.objects.get_or_create(
            kind="record_form",
            subject=version.pk,
            defaults={
                "about": f"{version.order.reference}, form {version.number}",
                "thread": version.order.reference,
                "queue": "documents",
                "asked_at": now,
                "ready_at": now,
                **ended,
            },
        )


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0015_drafts_can_be_thrown_away"),
        ("records", "0010_jobs_owed_by_machines"),
    ]

    operations = [migrations.RunPython(owe_records, migrations.RunPython.noop)]
