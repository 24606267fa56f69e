"""What one charge replaced is taken back by a row of its own."""

from django.db import migrations
from django.db.models import F


def take_back(apps, schema_editor):
    charges = apps.get_model("billing", "Charge").objects
    charges.update(tax_point=F("due_on"))
    for row in charges.exclude(replaced_at=None).order_by("pk").iterator():
        charges.create(
            order_id=row.order_id,
            connection_id=row.connection_id,
            party_id=row.party_id,
            kind=row.kind,
            description=row.description,
            net=-row.net,
            due_on=row.due_on,
            tax_point=row.tax_point,
            reverses=row,
            year=row.year,
            why="It was raised for a wrong day",
            raised_at=row.replaced_at,
        )
        charges.filter(replaces=row).update(attempt=row.attempt + 1)


class Migration(migrations.Migration):
    dependencies = [("billing", "0011_charges_are_a_ledger")]

    operations = [migrations.RunPython(take_back, migrations.RunPython.noop)]
