from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sites", "0013_states_and_claims_of_visits"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="sitevisit",
            name="is_chargeable",
        ),
        migrations.AddConstraint(
            model_name="sitevisit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("confirmed", "in_progress"))),
                fields=("order", "purpose"),
                name="visit_one_booked_a_purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitevisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("confirmed", "in_progress")),
                    ("closed_at__isnull", False),
                    _connector="OR",
                ),
                name="visit_past_booked_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitevisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("failed", "missed", "moved")), _negated=True
                    ),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="visit_failed_or_moved_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitevisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("claim__isnull", True),
                    ("replaces__isnull", False),
                    _connector="OR",
                ),
                name="visit_charged_replaces_another",
            ),
        ),
    ]
