from django.db import migrations
from django.utils import timezone


def owe_previews(apps, schema_editor):
    """Owe each preview that no worker has made yet."""
    previews, jobs = (
        apps.get_model("quotes", "Preview"),
        apps.get_model("records", "Job"),
    )
    waiting = previews.objects.filter(made_at=None, error="", quote__state="draft")
    now = timezone.now()
    for preview in waiting.select_related("quote__order"):
        jobs.objects.get_or_create(
            kind="render_preview",
            subject=preview.quote_id,
            defaults={
                "about": preview.quote.reference,
                "thread": preview.quote.order.reference,
                "queue": "documents",
                "asked_at": now,
                "ready_at": now,
            },
        )


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0009_dcc_decides_about_the_charges_of_an_rdps_hv"),
        ("records", "0010_jobs_owed_by_machines"),
    ]

    operations = [migrations.RunPython(owe_previews, migrations.RunPython.noop)]
