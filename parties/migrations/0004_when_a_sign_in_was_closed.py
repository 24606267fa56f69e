from django.db import migrations, models


def note_when(apps, schema_editor):
    """A sign-in that is closed says since when, as its history has it."""
    people = apps.get_model("parties", "User").objects
    events = apps.get_model("records", "Event").objects
    for person in people.filter(is_active=False).iterator(chunk_size=500):
        closings = events.filter(
            name="set_sign_in",
            subject_type__app_label="parties",
            subject_type__model="user",
            subject_pk=person.pk,
        )
        last = closings.order_by("-at").first()
        if last is not None:
            people.filter(pk=person.pk).update(closed_at=last.at)


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0003_names_that_look_the_same_are_the_same"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="closed_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="sign-in closed at"
            ),
        ),
        migrations.RunPython(note_when, migrations.RunPython.noop),
    ]
