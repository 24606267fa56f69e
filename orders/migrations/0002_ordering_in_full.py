import django.core.validators
import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0001_initial"),
        ("parties", "0002_shared_service_providers"),
        ("records", "0003_kinds_of_documents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Acknowledgement",
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
                    "what",
                    models.CharField(
                        choices=[
                            ("no_availability", "No availability is guaranteed"),
                            ("pep", "There is a Policy Enforcement Point"),
                            ("layer_2_switch", "A layer 2 network joins the routers"),
                            ("layer_2_link", "A layer 2 link joins the sites"),
                            ("active_standby", "One link is active, one stands by"),
                            ("smaller_standby", "A smaller link degrades service"),
                            ("sharing", "Onward communication is the Party's own"),
                            ("power", "There is adequate power"),
                            ("space", "Space and temperature are suitable"),
                            ("protection", "The equipment is protected"),
                            ("no_damage", "The equipment is not damaged"),
                        ],
                        max_length=30,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DeskNote",
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
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
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
                ("reference", models.CharField(max_length=20, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("arranged", "Call arranged"),
                            ("answered", "Answered"),
                        ],
                        default="asked",
                        max_length=50,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "A call about another kind of connection"),
                            ("message_sizes", "Help with message sizes"),
                            ("question", "A question"),
                            ("upload_area", "Access to the secure upload area"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField()),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("best_time", models.CharField(blank=True, max_length=100)),
                ("asked_at", models.DateTimeField()),
                ("call_at", models.DateTimeField(null=True)),
                ("outcome", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name_plural": "enquiries",
                "ordering": ["-asked_at", "-pk"],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="FormVersion",
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
                ("number", models.PositiveSmallIntegerField()),
                ("answers", models.JSONField()),
                ("submitted_at", models.DateTimeField()),
                ("guidance_version", models.CharField(max_length=10)),
                ("template_version", models.CharField(max_length=10)),
                ("rendering_error", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["order", "number"],
            },
        ),
        migrations.CreateModel(
            name="Question",
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
                ("field", models.CharField(blank=True, max_length=40)),
                ("words", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="QuestionRound",
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
                ("number", models.PositiveSmallIntegerField()),
                ("sent_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["order", "number"],
            },
        ),
        migrations.CreateModel(
            name="ResilienceGroup",
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
                    "option",
                    models.CharField(
                        choices=[
                            ("low", "Low resilience: one connection"),
                            (
                                "medium",
                                "Medium resilience: two connections at one site",
                            ),
                            ("high", "High resilience: two connections at two sites"),
                        ],
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Sharer",
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
                ("name", models.CharField(max_length=200)),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("sec_party", "SEC Party"),
                            ("rdp", "Registration Data Provider"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            (
                                "retail_network",
                                "A retail business and a network operator share it",
                            ),
                            (
                                "legal_entities",
                                "Several legal entities of one organisation",
                            ),
                            ("provider", "A service provider for small suppliers"),
                            ("network_rdp", "A Network Operator with its RDP"),
                            ("rdp_group", "A group of RDPs with a service provider"),
                            ("other", "Another reason"),
                        ],
                        max_length=20,
                    ),
                ),
                ("from_on", models.DateField(verbose_name="from")),
                ("until_on", models.DateField(null=True, verbose_name="until")),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="ac_sockets",
            field=models.PositiveSmallIntegerField(
                null=True, validators=[django.core.validators.MaxValueValidator(99)]
            ),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="channel",
            field=models.CharField(
                choices=[
                    ("portal", "This portal"),
                    ("email", "E-mail to the Service Desk"),
                    ("upload", "Secure upload area"),
                ],
                default="portal",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="continuity",
            field=models.CharField(
                blank=True,
                choices=[
                    ("resilience", "Resilience"),
                    ("bcdr", "Business continuity and disaster recovery"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="dcc_data_service",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="floor",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="form_document",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="request",
                to="records.document",
            ),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="has_access_control",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="has_asbestos_register",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="informed_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("email", "By e-mail"),
                    ("phone", "By phone"),
                    ("both", "By e-mail and by phone"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="is_multi_tenanted",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="is_shared",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="keyed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="landlord",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="needs_induction",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="purchase_order",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="rack_position",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="received_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="related_reference",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="required_by",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[("primary", "Primary"), ("backup", "Back-up")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="room",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="sender_email",
            field=models.EmailField(blank=True, editable=False, max_length=254),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="site_contact_email",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="site_separation",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="testing_kinds",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="wants_diverse_routing",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="was_built_before_2000",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="sitereview",
            name="diversity_cost",
            field=models.DecimalField(
                decimal_places=2,
                max_digits=10,
                null=True,
                verbose_name="indicative cost of diverse routing",
            ),
        ),
        migrations.AddField(
            model_name="sitereview",
            name="is_diversity_available",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="sitereview",
            name="lead_time_days",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="sitereview",
            name="reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="sitereview",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("green", "Green: available as requested"),
                    ("amber", "Amber: available, with something to know"),
                    ("red", "Red: not available"),
                ],
                default="green",
                max_length=5,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acknowledgements",
                to="orders.connectionrequest",
            ),
        ),
        migrations.AddField(
            model_name="desknote",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="desknote",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notes",
                to="orders.connectionrequest",
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enquiries",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="order",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enquiries",
                to="orders.connectionrequest",
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enquiries",
                to="parties.party",
            ),
        ),
        migrations.AddField(
            model_name="formversion",
            name="document",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="form_version",
                to="records.document",
            ),
        ),
        migrations.AddField(
            model_name="formversion",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="orders.connectionrequest",
            ),
        ),
        migrations.AddField(
            model_name="formversion",
            name="submitted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="orders.connectionrequest",
            ),
        ),
        migrations.AddField(
            model_name="questionround",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="orders.connectionrequest",
            ),
        ),
        migrations.AddField(
            model_name="questionround",
            name="sent_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="round",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="orders.questionround",
            ),
        ),
        migrations.AddField(
            model_name="resiliencegroup",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="resiliencegroup",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pairs",
                to="parties.party",
            ),
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="group",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="orders.resiliencegroup",
            ),
        ),
        migrations.AddConstraint(
            model_name="connectionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("group", None), ("role", "")),
                    models.Q(
                        ("group__isnull", False), models.Q(("role", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="order_in_a_pair_has_a_role_and_another_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="connectionrequest",
            constraint=models.UniqueConstraint(
                fields=("group", "role"), name="one_primary_and_one_backup_a_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="connectionrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel", "portal"),
                    models.Q(
                        ("keyed_by__isnull", False),
                        ("received_at__isnull", False),
                        models.Q(("sender_email", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="order_keyed_in_names_its_sender_and_when_it_came",
            ),
        ),
        migrations.AddField(
            model_name="sharer",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sharer",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sharers",
                to="orders.connectionrequest",
            ),
        ),
        migrations.AddField(
            model_name="sharer",
            name="party",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shares",
                to="parties.party",
            ),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.UniqueConstraint(
                fields=("order", "what"), name="one_acknowledgement_of_a_kind_an_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "answered"), _negated=True),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="enquiry_answered_has_its_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "arranged"), _negated=True),
                    ("call_at__isnull", False),
                    _connector="OR",
                ),
                name="enquiry_arranged_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="formversion",
            constraint=models.UniqueConstraint(
                fields=("order", "number"), name="form_version_is_unique_in_the_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="questionround",
            constraint=models.UniqueConstraint(
                fields=("order", "number"), name="round_is_unique_in_the_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="questionround",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("order",),
                name="one_open_round_an_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_at", None), ("round__isnull", False), _connector="OR"
                ),
                name="question_answered_was_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="resiliencegroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("option__in", ("medium", "high"))),
                name="pair_is_medium_or_high",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharer",
            constraint=models.UniqueConstraint(
                fields=("order", "name"), name="one_sharer_of_a_name_an_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_on", None),
                    ("until_on__gte", models.F("from_on")),
                    _connector="OR",
                ),
                name="sharing_ends_after_it_begins",
            ),
        ),
    ]
