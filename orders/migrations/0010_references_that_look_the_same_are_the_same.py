"""One form of a line for all that is kept, and names compared by their look."""

from django.db import migrations, models
from django.db.models import Q

import common.look
from common.rows import tell, tidy_lines, told_apart

# What was sent, signed or frozen in a document stays as it was.
LINES = {
    "Sharer": ["name"],
    "ConnectionRequest": [
        *("customer_reference", "related_reference", "purchase_order"),
        *("site_separation", "dcc_data_service"),
        *("floor", "room", "rack_position", "landlord"),
        *("technical_contact_name", "technical_contact_email"),
        *("technical_contact_phone", "site_contact_name"),
        *("site_contact_phone", "site_contact_email", "sender_email"),
    ],
    "Enquiry": ["phone", "best_time"],
}


def keep_one_form(apps, schema_editor):
    order = apps.get_model("orders", "ConnectionRequest")
    for name, fields in LINES.items():
        tidy_lines(apps.get_model("orders", name), fields)
    for row, before, after in told_apart(order, "customer_reference", "party_id"):
        if row.group_id is not None:
            partner = order.objects.filter(group=row.group_id).exclude(pk=row.pk)
            partner.update(related_reference=after)
        what = f"Your own reference {before} is now {after}"
        tell(apps, row, row.reference, what)
    sharers = apps.get_model("orders", "Sharer")
    for row, before, after in told_apart(sharers, "name", "order_id"):
        what = f"Shared with: {before} is now called {after}"
        tell(apps, row.order, row.order.reference, what)


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0009_short_names_have_curly_apostrophes"),
        ("parties", "0003_names_that_look_the_same_are_the_same"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="connectionrequest",
            name="order_customer_reference_is_unique_in_the_party",
        ),
        migrations.RemoveConstraint(
            model_name="sharer", name="one_sharer_of_a_name_an_order"
        ),
        migrations.AddField(
            model_name="connectionrequest",
            name="customer_reference_look",
            field=common.look.LookField(of="customer_reference"),
        ),
        migrations.AddField(
            model_name="sharer",
            name="name_look",
            field=common.look.LookField(of="name"),
        ),
        migrations.RunPython(keep_one_form, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="connectionrequest",
            constraint=models.UniqueConstraint(
                condition=~Q(customer_reference=""),
                fields=("party", "customer_reference_look"),
                name="order_customer_reference_is_unique_in_the_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharer",
            constraint=models.UniqueConstraint(
                fields=("order", "name_look"), name="one_sharer_of_a_name_an_order"
            ),
        ),
    ]
