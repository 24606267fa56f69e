from importlib import import_module

from django.db import migrations

append_only = import_module("records.migrations.0002_append_only")
NAMES = {
    "keep_access_answer": "record_access_answer",
    "keep_bank_holiday": "save_bank_holiday",
    "keep_figure": "save_figure",
    "keep_message_size": "save_message_size",
    "keep_mutual": "copy_to_partner",
    "receive_authority": "hand_in_authority",
}


def rename(apps, schema_editor):
    """History is asked by the move itself, so what it bears is the name of today."""
    events = apps.get_model("records", "Event").objects
    # Nothing is locked where there is nothing to rename, as in an empty database.
    if not events.filter(name__in=NAMES).exists():
        return
    append_only.drop_triggers(apps, schema_editor)
    for before, now in NAMES.items():
        events.filter(name=before).update(name=now)
    append_only.add_triggers(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("records", "0016_a_sweep_goes_on_where_the_last_one_stopped")]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
