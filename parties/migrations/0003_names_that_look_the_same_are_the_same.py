"""One form of a line for all that is kept, and names compared by their look.

Two people whose addresses differed only in what nobody sees cannot both sign in: the
older sign-in stays, and the other one is closed and keeps its history.
"""

from django.db import migrations, models

import common.look
from common.lines import same_address
from common.rows import tell, tidy_lines, told_apart

LINES = {
    "Party": ["name", "phone"],
    "User": ["name", "phone"],
    "DataCentre": ["name", "street", "town", "postcode", "owner"],
}


def keep_one_form(apps, schema_editor):
    party = apps.get_model("parties", "Party")
    for name, fields in LINES.items():
        tidy_lines(apps.get_model("parties", name), fields)
    for row, before, after in told_apart(party, "name"):
        tell(apps, row, row.reference, f"{before} is now called {after}")
    for row, before, after in told_apart(
        apps.get_model("parties", "DataCentre"), "name", within="party_id"
    ):
        thread = party.objects.get(pk=row.party_id).reference
        tell(apps, row, thread, f"{before} is now called {after}")
    keep_one_address(apps)


def keep_one_address(apps):
    """Tidy the addresses of sign-ins; where two become one, the older keeps it."""
    user = apps.get_model("parties", "User")
    taken = set()
    for row in user.objects.order_by("pk"):
        before, address = row.email, same_address(row.email)
        if address in taken:
            address = f"closed-{row.pk}-{address}"[-254:]
            thread = row.party.reference if row.party else f"USER-{row.pk}"
            what = f"Sign-in of {row.name} closed: its address is that of another"
            tell(apps, row, thread, what)
            row.is_active = False
        taken.add(address)
        if address != before:
            user.objects.filter(pk=row.pk).update(
                email=address, is_active=row.is_active
            )
            rename_mailbox(apps, row.pk, before, address)


def rename_mailbox(apps, user_id, before, after):
    """Rename the sign-in library's own row of the address too."""
    mailbox = apps.get_model("account", "EmailAddress")
    mailbox.objects.filter(user_id=user_id, email__iexact=before).update(email=after)


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0002_shared_service_providers"),
        ("records", "0004_documents_say_whether_they_were_scanned"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="datacentre", name="one_data_centre_of_a_name_a_party"
        ),
        migrations.AlterField(
            model_name="party", name="name", field=models.CharField(max_length=200)
        ),
        migrations.AddField(
            model_name="datacentre",
            name="name_look",
            field=common.look.LookField(of="name"),
        ),
        migrations.AddField(
            model_name="party",
            name="name_look",
            field=common.look.LookField(of="name"),
        ),
        migrations.RunPython(keep_one_form, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="party",
            name="name_look",
            field=common.look.LookField(of="name", unique=True),
        ),
        migrations.AddConstraint(
            model_name="datacentre",
            constraint=models.UniqueConstraint(
                fields=["party", "name_look"], name="one_data_centre_of_a_name_a_party"
            ),
        ),
    ]
