"""List the versions that the guidance cites, and each address of an open session."""

from django.db import migrations

CITED = (
    ("duis", "DUGIDS v0.8"),
    ("ssi", "SSI design specification v1.1"),
)


def fill_in(apps, schema_editor):
    version = apps.get_model("connections", "InterfaceVersion")
    for service, name in CITED:
        version.objects.get_or_create(service=service, name=name)
    session = apps.get_model("connections", "Session")
    address = apps.get_model("connections", "SessionAddress")
    # Where two open sessions have one address already, the older one keeps it.
    for row in session.objects.exclude(state="closed").order_by("pk"):
        for given in row.party_addresses:
            address.objects.get_or_create(
                connection_id=row.connection_id,
                address=given,
                defaults={"session": row},
            )


class Migration(migrations.Migration):
    dependencies = [("connections", "0010_sessions_as_specified")]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
