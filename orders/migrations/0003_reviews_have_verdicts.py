"""What a review found becomes a verdict: available is green, not available is red."""

from django.db import migrations, models

UNSAID = "The site review found that it cannot be provided at the site."


def give_verdicts(apps, schema_editor):
    reviews = apps.get_model("orders", "SiteReview").objects
    reviews.filter(is_type_available=True).update(verdict="green")
    for review in reviews.filter(is_type_available=False):
        review.verdict = "red"
        # The Gateway Party read the notes of these until now.
        review.reason = review.notes or UNSAID
        review.save(update_fields=["verdict", "reason"])


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_ordering_in_full")]

    operations = [
        migrations.RunPython(give_verdicts, migrations.RunPython.noop),
        migrations.RemoveField(model_name="sitereview", name="is_type_available"),
        migrations.AddConstraint(
            model_name="sitereview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verdict", "green"),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="review_that_is_not_green_says_why",
            ),
        ),
    ]
