import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def take_over_notes(apps, schema_editor):
    """Keep what orders were told of a site as the first version of its passport."""
    passports = apps.get_model("sites", "SitePassport").objects
    told = {}
    rows = apps.get_model("sites", "SiteAccess").objects.exclude(rules="", notes="")
    rows = rows.select_related("order__data_centre")
    for row in rows.order_by("pk").iterator():
        told.setdefault(row.order.data_centre, []).append(row)
    for site, accesses in told.items():
        words = [text for row in accesses for text in (row.rules, row.notes) if text]
        times = [row.agreed_at or row.order.accepted_at for row in accesses]
        passports.create(
            data_centre=site,
            number=1,
            owner=site.owner,
            rules="\n\n".join(dict.fromkeys(words)),
            at=max(times),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0019_dated_rows_are_alike"),
        ("parties", "0008_lists_are_read_in_order"),
        ("sites", "0008_events_say_from_which_day_a_visit_moved"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="siteaccess",
            name="confirmed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="siteaccess",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="SitePassport",
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
                ("number", models.PositiveSmallIntegerField(editable=False)),
                (
                    "owner",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="owner of the building"
                    ),
                ),
                (
                    "landlord",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="landlord or operator, whose rules come first",
                    ),
                ),
                (
                    "days",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("working", "Monday to Friday, not on bank holidays"),
                            ("saturdays", "Monday to Saturday"),
                            ("any", "Every day"),
                        ],
                        max_length=10,
                        verbose_name="days on which people are let in",
                    ),
                ),
                (
                    "opens_at",
                    models.TimeField(blank=True, null=True, verbose_name="opens"),
                ),
                (
                    "closes_at",
                    models.TimeField(blank=True, null=True, verbose_name="closes"),
                ),
                (
                    "arrive_by",
                    models.TimeField(blank=True, null=True, verbose_name="arrive by"),
                ),
                (
                    "notice_working_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="notice the site needs",
                    ),
                ),
                (
                    "notice_says",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="what the notice must say",
                    ),
                ),
                (
                    "own_documents",
                    models.TextField(
                        blank=True,
                        verbose_name="documents that the data centre raises itself",
                    ),
                ),
                (
                    "rams",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "None"),
                            ("standard", "The standard one of whoever comes"),
                            ("custom", "One written for this site"),
                        ],
                        max_length=10,
                        verbose_name="risk assessment and method statement (RAMS)",
                    ),
                ),
                (
                    "identity",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="identity checks"
                    ),
                ),
                (
                    "induction",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="induction"
                    ),
                ),
                (
                    "parking",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="parking and unloading"
                    ),
                ),
                (
                    "escort",
                    models.CharField(blank=True, max_length=200, verbose_name="escort"),
                ),
                (
                    "first_contact",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="first call on the day"
                    ),
                ),
                (
                    "first_phone",
                    models.CharField(
                        blank=True,
                        max_length=40,
                        verbose_name="phone of the first call",
                    ),
                ),
                (
                    "second_contact",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="if nobody answers"
                    ),
                ),
                (
                    "second_phone",
                    models.CharField(
                        blank=True,
                        max_length=40,
                        verbose_name="phone of the second call",
                    ),
                ),
                (
                    "rack",
                    models.CharField(blank=True, max_length=200, verbose_name="rack"),
                ),
                (
                    "power",
                    models.CharField(blank=True, max_length=200, verbose_name="power"),
                ),
                (
                    "rules",
                    models.TextField(
                        blank=True, verbose_name="other rules of the site"
                    ),
                ),
                (
                    "why",
                    models.TextField(blank=True, verbose_name="why it was changed"),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "data_centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passports",
                        to="parties.datacentre",
                    ),
                ),
            ],
            options={
                "verbose_name": "site passport",
                "ordering": ["data_centre", "-number"],
            },
        ),
        migrations.AddField(
            model_name="siteaccess",
            name="passport",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="accesses",
                to="sites.sitepassport",
            ),
        ),
        migrations.AddConstraint(
            model_name="siteaccess",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("confirmed_at__isnull", True),
                        ("confirmed_by__isnull", True),
                        ("passport__isnull", True),
                    ),
                    models.Q(
                        ("confirmed_at__isnull", False),
                        ("confirmed_by__isnull", False),
                        ("passport__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="access_confirmed_names_version_person_and_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitepassport",
            constraint=models.UniqueConstraint(
                fields=("data_centre", "number"), name="passport_numbers_run_by_site"
            ),
        ),
        migrations.AddConstraint(
            model_name="sitepassport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number", 1), models.Q(("why", ""), _negated=True), _connector="OR"
                ),
                name="passport_after_the_first_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitepassport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opens_at", None),
                    ("closes_at", None),
                    ("opens_at__lt", models.F("closes_at")),
                    _connector="OR",
                ),
                name="passport_opens_before_it_closes",
            ),
        ),
        migrations.RunPython(take_over_notes, migrations.RunPython.noop),
    ]
