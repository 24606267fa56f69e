from datetime import date

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What section 5 of the guidance names, from the day of its first version on.
FIRST = date(2015, 1, 26)
NAMED = (
    ("lv", "lv_router", "Cisco 3750G"),
    ("hv", "switch", ""),
    ("hv", "tray", ""),
    ("hv", "nte", ""),
    ("hv", "router", "Cisco 3750G"),
)


def lay_down(apps, schema_editor):
    types = apps.get_model("sites", "EquipmentType").objects
    for connection_type, slot, model_name in NAMED:
        types.create(
            connection_type=connection_type,
            slot=slot,
            model_name=model_name,
            from_on=FIRST,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0020_enquiries_about_getting_into_a_site"),
        ("sites", "0017_documents_for_access"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EquipmentType",
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
                ("from_on", models.DateField(verbose_name="from")),
                (
                    "until_on",
                    models.DateField(blank=True, null=True, verbose_name="until"),
                ),
                (
                    "connection_type",
                    models.CharField(
                        choices=[("hv", "High Volume (HV)"), ("lv", "Low Volume (LV)")],
                        max_length=2,
                    ),
                ),
                (
                    "slot",
                    models.CharField(
                        choices=[
                            ("switch", "Switch"),
                            ("tray", "Fibre tray"),
                            ("nte", "BT network terminating equipment (NTE)"),
                            ("router", "BT remote access router"),
                            ("lv_router", "LV router"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "model_name",
                    models.CharField(blank=True, max_length=100, verbose_name="model"),
                ),
                (
                    "rack_units",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
            ],
            options={
                "verbose_name": "type of equipment",
                "verbose_name_plural": "types of equipment",
                "ordering": ["connection_type", "slot", "from_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rack_units__gt", 0)),
                        name="equipment_type_takes_space",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="equipment_type_ends_after_it_begins",
                        violation_error_message="The last day is before the first. Check both dates.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InstalledItem",
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
                (
                    "slot",
                    models.CharField(
                        choices=[
                            ("switch", "Switch"),
                            ("tray", "Fibre tray"),
                            ("nte", "BT network terminating equipment (NTE)"),
                            ("router", "BT remote access router"),
                            ("lv_router", "LV router"),
                        ],
                        max_length=10,
                    ),
                ),
                ("model_name", models.CharField(max_length=100, verbose_name="model")),
                ("version", models.CharField(blank=True, max_length=60)),
                ("serial_number", models.CharField(max_length=60)),
                (
                    "position",
                    models.CharField(
                        max_length=100, verbose_name="position in the rack"
                    ),
                ),
                ("rack_units", models.PositiveSmallIntegerField()),
                ("installed_on", models.DateField()),
                ("removed_on", models.DateField(null=True)),
                ("why_removed", models.TextField(blank=True)),
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
                        related_name="installed_items",
                        to="orders.connectionrequest",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacement",
                        to="sites.installeditem",
                    ),
                ),
            ],
            options={
                "ordering": ["installed_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_on", None),
                            ("removed_on__gte", models.F("installed_on")),
                            _connector="OR",
                        ),
                        name="item_is_removed_after_it_was_installed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_on__isnull", True), ("why_removed", "")),
                            models.Q(
                                ("removed_on__isnull", False),
                                models.Q(("why_removed", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="item_that_was_removed_says_why",
                    ),
                ],
            },
        ),
        migrations.RunPython(lay_down, migrations.RunPython.noop),
    ]
