from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

import common.guarded_state


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0020_enquiries_about_getting_into_a_site"),
        ("records", "0018_photos_of_visits"),
        ("sites", "0011_access_log"),
    ]

    operations = [
        migrations.CreateModel(
            name="VisitClaim",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be confirmed"),
                            ("confirmed", "Confirmed"),
                            ("disputed", "Disputed"),
                            ("upheld", "Stands"),
                            ("dropped", "Dropped"),
                            ("charged", "Charged"),
                        ],
                        default="open",
                        max_length=50,
                    ),
                ),
                ("reasoning", models.TextField(verbose_name="why, as the rule has it")),
                ("opened_at", models.DateTimeField()),
                (
                    "net",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        verbose_name="amount, excluding VAT",
                    ),
                ),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "dispute_until",
                    models.DateField(null=True, verbose_name="last day to dispute it"),
                ),
                (
                    "dispute",
                    models.TextField(blank=True, verbose_name="why it is disputed"),
                ),
                ("disputed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "decision",
                    models.TextField(
                        blank=True, verbose_name="why it stands or was dropped"
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "claim for the next visit",
                "verbose_name_plural": "claims for the next visit",
                "ordering": ["-opened_at", "-pk"],
            },
            bases=(common.guarded_state.GuardedState, models.Model),
        ),
        migrations.RemoveConstraint(
            model_name="sitevisit",
            name="visit_one_booked_a_purpose",
        ),
        migrations.RemoveConstraint(
            model_name="sitevisit",
            name="visit_past_booked_has_its_time",
        ),
        migrations.RemoveConstraint(
            model_name="sitevisit",
            name="visit_failed_or_moved_says_why",
        ),
        migrations.RemoveConstraint(
            model_name="sitevisit",
            name="visit_charged_replaces_another",
        ),
        migrations.AddField(
            model_name="sitevisit",
            name="agreed_with",
            field=models.CharField(
                blank=True,
                max_length=200,
                verbose_name="with whom the day was agreed by phone",
            ),
        ),
        migrations.AddField(
            model_name="sitevisit",
            name="arrived_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="arrived at"
            ),
        ),
        migrations.AddField(
            model_name="sitevisit",
            name="called",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="whom they called"
            ),
        ),
        migrations.AddField(
            model_name="sitevisit",
            name="happened",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_let_in", "Not let in at the gate or the door"),
                    ("nobody_there", "Nobody was there to let them in"),
                    (
                        "not_ready",
                        "The place was not ready: rack space, power or access",
                    ),
                    (
                        "site_papers",
                        "The site wanted papers or an escort that it lacked",
                    ),
                    ("did_not_come", "The engineer did not come"),
                    ("not_equipped", "The engineer came without what the work needs"),
                    ("our_papers", "Papers that DCC or the engineer owed were missing"),
                ],
                max_length=20,
                verbose_name="what happened",
            ),
        ),
        migrations.AddField(
            model_name="sitevisit",
            name="photo",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.document",
            ),
        ),
        migrations.AlterField(
            model_name="sitevisit",
            name="reason",
            field=models.TextField(
                blank=True, verbose_name="why it was not made or was moved"
            ),
        ),
        migrations.AlterField(
            model_name="sitevisit",
            name="state",
            field=models.CharField(
                choices=[
                    ("confirmed", "Booked"),
                    ("in_progress", "In progress"),
                    ("completed", "Completed"),
                    ("failed", "Failed"),
                    ("missed", "Missed"),
                    ("moved", "Moved"),
                    ("called_off", "Called off"),
                ],
                default="confirmed",
                max_length=50,
            ),
        ),
        migrations.AddField(
            model_name="visitclaim",
            name="visit",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="own_claim",
                to="sites.sitevisit",
            ),
        ),
        migrations.AddField(
            model_name="sitevisit",
            name="claim",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="next_visits",
                to="sites.visitclaim",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("reasoning", ""), _negated=True),
                name="claim_says_why_it_was_opened",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "dropped"]),
                    models.Q(
                        ("confirmed_at__isnull", False),
                        ("dispute_until__isnull", False),
                        ("net__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="claim_past_confirmation_has_its_amount_and_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("net__isnull", True),
                    ("net__gte", Decimal("0.00")),
                    _connector="OR",
                ),
                name="claim_amount_is_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["disputed", "upheld"]), _negated=True),
                    models.Q(("dispute", ""), _negated=True),
                    _connector="OR",
                ),
                name="claim_disputed_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["upheld", "dropped"]), _negated=True),
                    models.Q(("decision", ""), _negated=True),
                    _connector="OR",
                ),
                name="claim_decided_says_why",
            ),
        ),
    ]
