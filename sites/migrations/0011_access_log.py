from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

append_only = import_module("records.migrations.0002_append_only")
TABLES = ("sites_accessentry", "sites_accesslogplace")


def hold(apps, schema_editor):
    append_only.hold(schema_editor, TABLES)


def let_go(apps, schema_editor):
    append_only.let_go(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0020_enquiries_about_getting_into_a_site"),
        ("records", "0002_append_only"),
        ("sites", "0010_visits_have_a_window_and_remember_the_passport"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessLogPlace",
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
                ("where", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_log_places",
                        to="orders.connectionrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="AccessEntry",
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
                ("person", models.CharField(max_length=150)),
                ("company", models.CharField(max_length=150)),
                ("came_at", models.DateTimeField(verbose_name="came in")),
                ("left_at", models.DateTimeField(null=True, verbose_name="left")),
                ("purpose", models.CharField(max_length=300)),
                (
                    "escort",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="escorted by"
                    ),
                ),
                (
                    "equipment",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="equipment touched"
                    ),
                ),
                (
                    "why",
                    models.TextField(blank=True, verbose_name="why it was corrected"),
                ),
                ("at", models.DateTimeField(verbose_name="recorded")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="sites.accessentry",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_entries",
                        to="orders.connectionrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of an access log",
                "verbose_name_plural": "entries of access logs",
                "ordering": ["-came_at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["order", "-came_at", "-id"],
                        name="access_log_of_an_order",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_at", None),
                            ("left_at__gte", models.F("came_at")),
                            _connector="OR",
                        ),
                        name="access_entry_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("why", "")),
                            models.Q(
                                ("corrects__isnull", False),
                                models.Q(("why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="access_entry_that_corrects_says_why",
                    ),
                ],
            },
        ),
        migrations.RunPython(hold, let_go),
    ]
