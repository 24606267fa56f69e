from importlib import import_module

from django.db import migrations
from django.utils import timezone

append_only = import_module("records.migrations.0002_append_only")

NEW_STATES = {
    "booked": "confirmed",
    "attended": "completed",
    "rearranged": "moved",
    "cancelled": "called_off",
}
BEFORE_THE_RULE = "Recorded before the portal kept its reasoning."


def uk_date(instant):
    return import_module("common.clock").uk_date(instant)


def rename_states(apps, schema_editor):
    """Visits and their history say the states by their new names.

    One that was recorded as failed before its day was declined, so it is called off.
    """
    visits = apps.get_model("sites", "SiteVisit").objects
    events = apps.get_model("records", "Event").objects.filter(
        subject_type__app_label="sites", subject_type__model="sitevisit"
    )
    # Nothing is locked where there is nothing to rename, as in an empty database.
    if not visits.exists():
        return
    append_only.drop_triggers(apps, schema_editor)
    for old, new in NEW_STATES.items():
        visits.filter(state=old).update(state=new)
        events.filter(from_state=old).update(from_state=new)
        events.filter(to_state=old).update(to_state=new)
    events.filter(name="cancel").update(name="call_off")
    for visit in visits.filter(state="failed"):
        if uk_date(visit.closed_at) < visit.on:
            visits.filter(pk=visit.pk).update(state="called_off")
            own = events.filter(name="fail", subject_pk=visit.pk)
            own.update(name="call_off", to_state="called_off")
    append_only.add_triggers(apps, schema_editor)


def open_claims(apps, schema_editor):
    """What was to be charged becomes a claim that Operations has to confirm.

    Nothing was ever charged for it until now.
    """
    visits = apps.get_model("sites", "SiteVisit").objects
    claims = apps.get_model("sites", "VisitClaim").objects
    own = {}

    def claim_of(visit):
        if visit.pk not in own:
            own[visit.pk] = claims.create(
                visit=visit,
                reasoning=" ".join(filter(None, [visit.reason, BEFORE_THE_RULE])),
                opened_at=visit.closed_at or timezone.now(),
            )
        return own[visit.pk]

    for visit in visits.filter(is_chargeable=True).order_by("pk"):
        before = visits.get(pk=visit.replaces_id)
        carried = before.claim if before.state == "moved" else None
        visit.claim = carried or claim_of(before)
        visit.save(update_fields=["claim"])
    for visit in visits.filter(state="failed", own_claim__isnull=True):
        claim_of(visit)


class Migration(migrations.Migration):
    dependencies = [
        ("sites", "0012_visits_end_in_more_ways"),
        ("records", "0018_photos_of_visits"),
    ]

    operations = [
        migrations.RunPython(rename_states, migrations.RunPython.noop),
        migrations.RunPython(open_claims, migrations.RunPython.noop),
    ]
