"""What is owed about a form, its review and an enquiry, as the Party reads it. Pure."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from common.clock import uk_date
from common.figures import figure
from common.wording import long_day_words, years_words
from orders.states import ConnectionType
from worklist.words import Words

if TYPE_CHECKING:
    from orders.models import ConnectionRequest, Enquiry
    from parties.models import NominationsQuestion
    from worklist.models import WorkItem

# While nobody at DCC has decided about an RDP's HV connection (T25).
UNDECIDED = (
    "DCC decides before it sends a quotation whether this connection is charged, and "
    "tells you. The guidance does not say; the rule is ours."
)
PREPARING = "DCC is preparing your quotation"


def kind_words(subject: Any) -> str:
    """Return "HV 20 Mbps" or "LV" for an order or a connection; empty if not chosen."""
    if subject.connection_type == ConnectionType.HV:
        return f"HV {subject.hv_rating_mbps} Mbps"
    return "LV" if subject.connection_type else ""


def wish_words(order: "ConnectionRequest") -> str:
    """Return "HV 20 Mbps, 3 years"."""
    years = order.minimum_period_years
    period = years_words(years) if years else ""
    wish = ", ".join(filter(None, [kind_words(order), period]))
    return wish or "Not chosen yet"


def place_words(order: "ConnectionRequest") -> str:
    """Return "HV 20 Mbps, 3 years, Thornby Park, Derby. Order ORD-1042"."""
    site = str(order.data_centre) if order.data_centre else ""
    words = ", ".join(filter(None, [wish_words(order), site]))
    return f"{words}. Order {order.reference}"


def finish(order: "ConnectionRequest", item: "WorkItem", today: date) -> Words:
    return Words(
        what="Finish your request and send it",
        why=["Nothing is ordered yet. Stop and come back as you like."],
        subject=place_words(order),
        if_nothing="nothing is ordered. The answers stay here.",
        url=reverse("order-form", args=[order.reference]),
        button="Go on",
        look="Read the request",
        sections=("3.1",),
    )


def answer(order: "ConnectionRequest", item: "WorkItem", today: date) -> Words:
    """Tell of a form that was returned; `order.asked` has the questions still open."""
    open_ones = sum(row.answered_at is None for row in order.asked)
    return Words(
        what="Answer the Service Desk and send the form again",
        why=[
            *filter(None, [order.returned_because]),
            *(f"{row.subject}: {row.words}" for row in order.asked),
            still_open(open_ones),
        ],
        subject=place_words(order),
        if_nothing=if_not_answered(order),
        url=reverse("order-form", args=[order.reference]),
        button="Answer",
        look="Read the questions",
        sections=("3.2",),
    )


def if_not_answered(order: "ConnectionRequest") -> str:
    if order.answer_by is None:
        return "DCC cannot check the form or start the quotation."
    until = long_day_words(order.answer_by)
    return (
        f"Unless it is sent again by the end of {until}, DCC closes the request (our "
        "rule). That costs nothing."
    )


def still_open(count: int) -> str:
    if not count:
        return "Each question has an answer. The form still has to be sent again."
    return f"{count} question{'s have' if count > 1 else ' has'} no answer yet."


def key_in(order: Any, item: "WorkItem", today: date) -> Words:
    came = long_day_words(uk_date(order.received_at))
    return Words(
        what="DCC is entering the form that you sent",
        why=[
            (
                f"It came on {came} from {order.sender_email}, and counts from then. "
                "DCC enters its answers and then checks it like any other form."
            )
        ],
        sections=("1.3",),
    )


def check(order: Any, item: "WorkItem", today: date) -> Words:
    sent = long_day_words(uk_date(order.submitted_at))
    return Words(
        what="DCC is checking the form",
        why=[
            (
                f"You sent it on {sent}. DCC accepts it, or returns it with questions. "
                "From the day it is accepted, your quotation is due in "
                f"{figure('QUOTE_WORKING_DAYS', 'working day')}."
            )
        ],
        sections=("3.2",),
    )


def review(order: "ConnectionRequest", item: "WorkItem", today: date) -> Words:
    return Words(PREPARING, ["DCC is reviewing your site from the desk."])


def close(order: "ConnectionRequest", item: "WorkItem", today: date) -> Words:
    return Words(
        what="DCC has reviewed your site, and tells you what it found",
        why=["You hear by e-mail what can be had at this site, and what cannot."],
        sections=("3.2",),
    )


def reply(enquiry: "Enquiry", item: "WorkItem", today: date) -> Words:
    """Tell of an enquiry; what it asks and what was answered is on its own page."""
    desk = settings.SERVICE_DESK_PHONE
    return Words(
        what=f"The Service Desk is answering your enquiry {enquiry.reference}",
        why=[f"It answers by e-mail. If it cannot wait, phone {desk}."],
        url=reverse("enquiry", args=[enquiry.reference]),
        look="Read the enquiry",
    )


def bandwidth_words(order: "ConnectionRequest") -> str:
    """Say what an LV line is expected to carry; nothing while nobody has said.

    Source: R-2.6-6, R-2.6-7, T31.
    """
    review = getattr(order, "site_review", None)
    if review is None or review.expected_down_mbps is None:
        return ""
    down, up = (
        f"{figure.normalize():f}"
        for figure in (review.expected_down_mbps, review.expected_up_mbps)
    )
    figures = f"{down} Mbps from DCC and {up} Mbps to DCC"
    if order.surveyed_at is not None:
        return f"{figures}, as the survey found"
    return (
        f"{figures}: an estimate from the line check. The test of the circuit measures "
        "it when the line is installed"
    )


def answer_it(item: "WorkItem") -> tuple[str, str]:
    return "Answer it", reverse("admin:orders_enquiry_answer", args=[item.subject_pk])


def confirm_nominations(
    asked: "NominationsQuestion", item: "WorkItem", today: date
) -> Words:
    """Ask whom a Party still nominates, which it is asked once a year."""
    days = figure("NOMINATIONS_DAYS", "calendar day")
    return Words(
        what=f"Say who is still nominated for {asked.party}",
        why=[
            (
                f"DCC asked on {long_day_words(uk_date(asked.asked_at))}, since nobody "
                "has confirmed some of your nominations for a year."
            )
        ],
        subject="Your organisation’s nominations",
        if_nothing="no nomination ends, and the Service Desk phones you.",
        url=reverse("account-nominations"),
        how=f"{days} from the question: our rule.",
        button="Confirm or end them",
        look="See who is nominated",
        sections=("2.2",),
    )


def record_confirmation(item: "WorkItem") -> tuple[str, str]:
    page = reverse("admin:parties_party_confirm", args=[item.party_id])
    return "Record the answer", page
