"""SQLite subtracted amounts inexactly, and could refuse an end that was right."""

from decimal import Decimal

from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Round


class Migration(migrations.Migration):
    dependencies = [("connections", "0019_changes_are_signed")]

    operations = [
        migrations.RemoveConstraint(
            "cancellation", "ending_costs_what_is_not_invoiced"
        ),
        migrations.AddConstraint(
            "cancellation",
            models.CheckConstraint(
                condition=models.Q(
                    net=Round(F("committed") - F("invoiced"), precision=2)
                )
                & models.Q(net__gte=Decimal("0.00")),
                name="ending_costs_what_is_not_invoiced",
            ),
        ),
    ]
