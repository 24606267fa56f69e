import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0009_what_became_untrue_is_not_sent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
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
                ("kind", models.CharField(max_length=60)),
                ("subject", models.PositiveBigIntegerField(default=0)),
                ("about", models.CharField(blank=True, max_length=200)),
                ("thread", models.CharField(blank=True, db_index=True, max_length=40)),
                (
                    "queue",
                    models.CharField(
                        choices=[("mail", "E-mails"), ("documents", "Documents")],
                        max_length=20,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("ready_at", models.DateTimeField(verbose_name="is tried from")),
                ("nudged_until", models.DateTimeField(editable=False, null=True)),
                (
                    "lease_until",
                    models.DateTimeField(
                        null=True, verbose_name="in a worker's hands until"
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "lost",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="attempts that ended silently"
                    ),
                ),
                (
                    "last_error",
                    models.TextField(blank=True, verbose_name="what went wrong last"),
                ),
                ("done_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
                (
                    "given_up_because",
                    models.TextField(blank=True, verbose_name="why it was given up"),
                ),
                (
                    "given_up_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "job of the portal",
                "verbose_name_plural": "jobs of the portal",
                "ordering": ["-asked_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("done_at", None),
                            ("failed_at", None),
                            ("given_up_at", None),
                        ),
                        fields=["ready_at"],
                        name="job_open_by_ready_at",
                    ),
                    models.Index(fields=["kind", "subject"], name="job_by_subject"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None), ("given_up_at", None)),
                        fields=("kind", "subject"),
                        name="job_owed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at", None),
                            models.Q(("failed_at", None), ("given_up_at", None)),
                            _connector="OR",
                        ),
                        name="job_ends_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("failed_at", None),
                            models.Q(("last_error", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="job_failed_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_up_at", None), ("given_up_because", "")),
                            models.Q(
                                ("given_up_at__isnull", False),
                                models.Q(("given_up_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="job_given_up_says_why",
                    ),
                ],
            },
        ),
    ]
