"""The pages that are timed, each with who reads it."""

from django.urls import reverse

from dccportal.demo.orders import PRIYA
from dccportal.demo.people import OPERATOR
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import DataCentre, Party, User
from quotes.models import Quote
from sites.models import InstallationStage

LISTS = {
    "all work by time left": "worklist_workitem",
    "orders": "orders_connectionrequest",
    "events": "records_event",
    "notices": "records_notice",
    "documents": "records_document",
    "jobs": "records_job",
    "quotes": "quotes_quote",
    "visits": "sites_sitevisit",
    "connections": "connections_connection",
    "charges": "billing_charge",
    "enquiries": "orders_enquiry",
    "Parties": "parties_party",
    "people": "parties_user",
    "data centres": "parties_datacentre",
}


def of_desk():
    """Yield what staff read: home, the lists, one queue, searches, an order."""
    yield "desk: home", reverse("admin:index")
    for name, model in LISTS.items():
        yield f"desk: {name}", reverse(f"admin:{model}_changelist")
    work = reverse("admin:worklist_workitem_changelist")
    yield "desk: one queue", f"{work}?queue=forms"
    orders = reverse("admin:orders_connectionrequest_changelist")
    for what, words in searched().items():
        yield f"desk: search, {what}", f"{orders}?q={words}"
    order = in_the_middle(ConnectionRequest.objects.filter(state=OrderState.INSTALL))
    change = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    yield "desk: order", change


def in_the_middle(rows):
    """Return one of many rows, neither among the first nor the last."""
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    return rows.get(pk=pks[len(pks) // 2])


def searched():
    """Return words of each kind that people search by."""
    order = in_the_middle(ConnectionRequest.objects.filter(state=OrderState.INSTALL))
    carrier = in_the_middle(InstallationStage.objects.exclude(provider_reference=""))
    return {
        "order": order.reference,
        "quotation": Quote.objects.filter(order=order).first().reference,
        "their reference": order.customer_reference,
        "Party": in_the_middle(Party.objects.all()).name,
        "postcode": in_the_middle(DataCentre.objects.all()).postcode,
        "contact": order.technical_contact_name,
        "carrier’s reference": carrier.provider_reference,
        "nothing there": "zzqx",
    }


def of_contact():
    """Yield what a Party's contact reads: their orders, one of them, its quotation."""
    yield "contact: orders", reverse("home")
    person = User.objects.get(email=PRIYA)
    mine = ConnectionRequest.objects.visible_to(person)
    quote = Quote.objects.open().filter(order__party=person.party).first()
    yield "contact: order", quote.order.get_absolute_url()
    yield "contact: quotation", quote.get_absolute_url()
    draft = mine.filter(state=OrderState.DRAFT).first()
    yield "contact: form", reverse("order-form", args=[draft.reference])


def of_all():
    """Yield each page with the address of its reader; health is read by no one."""
    for reader, pages in ((OPERATOR.email, of_desk()), (PRIYA, of_contact())):
        for name, address in pages:
            yield reader, name, address
    yield None, "health", reverse("health")
