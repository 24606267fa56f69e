from importlib import import_module

from django.db import migrations
from django.db.models import OuterRef, Subquery

append_only = import_module("records.migrations.0002_append_only")


def tell_days(apps, schema_editor):
    """Until now the day of a visit that was moved or failed stood in its row alone."""
    visits = apps.get_model("sites", "SiteVisit").objects.filter(
        pk=OuterRef("subject_pk")
    )
    events = apps.get_model("records", "Event").objects.filter(
        subject_type__app_label="sites", subject_type__model="sitevisit"
    )
    was_on = Subquery(visits.values("on")[:1])
    before = Subquery(visits.values("replaces__on")[:1])
    after = Subquery(visits.values("replacement__on")[:1])
    append_only.drop_triggers(apps, schema_editor)
    events.filter(name="fail").update(day_from=was_on)
    events.filter(name="rearrange").update(day_from=was_on, day_to=after)
    booked = events.filter(name="rearrange_visit")
    booked.update(day_from=before, day_to=was_on)
    append_only.add_triggers(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("sites", "0007_lists_are_read_in_order"),
        ("records", "0014_events_say_which_day_moved_and_what_brought_it_about"),
    ]

    operations = [migrations.RunPython(tell_days, migrations.RunPython.noop)]
