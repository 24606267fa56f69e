import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


def keep_each(apps, schema_editor):
    """Each closing of a sign-in, and when it was opened again, as the history has it."""
    people = apps.get_model("parties", "User").objects
    events = apps.get_model("records", "Event").objects.filter(
        name="set_sign_in",
        subject_type__app_label="parties",
        subject_type__model="user",
    )
    changed = set(events.values_list("subject_pk", flat=True))
    changed |= set(people.filter(is_active=False).values_list("pk", flat=True))
    for person in people.filter(pk__in=changed).iterator(chunk_size=500):
        told = events.filter(subject_pk=person.pk).order_by("at", "pk")
        keep_those_of(apps, person, list(told))


def keep_those_of(apps, person, told):
    closures = apps.get_model("parties", "Closure").objects
    for event in told:
        if event.what.endswith("may no longer sign in"):
            closures.create(user=person, closed_at=event.at)
        else:
            closures.filter(user=person, opened_at=None).update(opened_at=event.at)
    still = closures.filter(user=person, opened_at=None)
    if not person.is_active and not still.exists():
        # Nothing says since when: then nothing that was signed counts.
        since = person.closed_at or person.created_at
        closures.create(user=person, closed_at=since)


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0004_when_a_sign_in_was_closed"),
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Closure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("closed_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-closed_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(opened_at=None) | Q(opened_at__gte=F("closed_at")),
                        name="closure_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=Q(opened_at=None),
                        fields=("user",),
                        name="a_sign_in_is_closed_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.RunPython(keep_each, migrations.RunPython.noop),
    ]
