from django.db import migrations
from django.utils import timezone


def owe_mailings(apps, schema_editor):
    """Owe the mailing of each version that not everybody has been told of."""
    jobs, now = apps.get_model("records", "Job"), timezone.now()
    published = apps.get_model("guidance", "GuidanceVersion").objects.filter(
        state="published", told_at=None
    )
    for version in published:
        jobs.objects.get_or_create(
            kind="tell_of_version",
            subject=version.pk,
            defaults={
                "about": f"Version {version.number}",
                "queue": "mail",
                "asked_at": now,
                "ready_at": now,
            },
        )


class Migration(migrations.Migration):
    dependencies = [
        ("guidance", "0001_versions_sections_and_questions"),
        ("records", "0010_jobs_owed_by_machines"),
    ]

    operations = [migrations.RunPython(owe_mailings, migrations.RunPython.noop)]
