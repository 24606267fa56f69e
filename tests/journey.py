"""Takes an order from one state to the next, by the commands that people use.

Each function does one step and returns the row as it then is. Without `at` a step
happens now; `tests/cast.py` sets when that is.
"""

import functools
import io
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from pypdf import PdfWriter

from common.clock import uk_date
from common.files import Upload
from orders import commands as orders
from orders.findings import needed_acknowledgements
from orders.models import ConnectionRequest
from orders.states import REGISTRATION_USES
from parties.models import DataCentre, Party, User
from quotes import commands as quotes
from quotes.commands.cancel import cancellation_charge
from quotes.documents import quotation_facts
from quotes.models import Quote

# No price list is entered in tests, so each amount needs its reason.
BY_HAND = "Priced by hand"
LINES = (
    quotes.LineEntry("connection", Decimal("3000.00"), reason=BY_HAND),
    quotes.LineEntry("annual", Decimal("4000.00"), reason=BY_HAND),
)
ANSWERS = {
    "connection_type": "hv",
    "hv_rating_mbps": 20,
    "minimum_period_years": 3,
    "technical_contact_name": "Tess Hall",
    "technical_contact_email": "tess@example.com",
    "technical_contact_phone": "0113 496 0000",
    "site_contact_name": "Sam Gate",
    "site_contact_phone": "0113 496 0001",
    "uses": ["duis"],
    "ac_sockets": 2,
    "has_access_control": True,
    "is_shared": False,
}


@functools.cache
def tiny_pdf():
    """Return a real PDF of one empty page."""
    writer, buffer = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(buffer)
    return buffer.getvalue()


def content_of(document):
    with document.file.open() as file:
        return file.read()


def start(party, submitter, *, at=None):
    return orders.start_request(party.pk, by=submitter, at=at)


def key_in(party, staff, **changed):
    """Take in a form that came by e-mail the day before."""
    came = {
        "channel": "email",
        "sender_email": "submitter@northgate.example",
        "received_at": timezone.now() - timedelta(days=1),
        "form": Upload(tiny_pdf(), "form.pdf", "application/pdf", "not_scanned", 1),
    }
    return orders.key_in_request(party.pk, by=staff, **(came | changed))


def answer(order, submitter, data_centre, *, at=None, **answers):
    answers = {**ANSWERS, "data_centre_id": data_centre.pk, **answers}
    if answers["connection_type"] == "lv":
        answers["hv_rating_mbps"] = None
    if answers.get("route", order.route) == "e3":
        answers["minimum_period_years"] = None
        own = [use for use in answers["uses"] if use in REGISTRATION_USES]
        answers["uses"] = own or ["registration_load"]
    order = orders.save_answers(order.pk, by=submitter, answers=answers, at=at)
    whats = needed_acknowledgements(order)
    orders.acknowledge(order.pk, by=submitter, whats=whats, at=at)
    return order


def submit(order, submitter, *, at=None):
    return orders.submit_request(order.pk, by=submitter, at=at)


def accept(order, operator, *, at=None):
    return orders.accept_request(order.pk, by=operator, at=at)


def review(order, operator, *, survey=False, available=True, at=None):
    """Record the site review: `survey` makes the offer indicative."""
    orders.record_site_review(
        order.pk,
        by=operator,
        verdict="green" if available else "red",
        reason="" if available else "No copper pair at this exchange.",
        is_survey_needed=survey,
        line_kind="superfast" if fresh(order).connection_type == "lv" else "",
        is_diversity_available=fresh(order).wants_diverse_routing or None,
        at=at,
    )
    return ConnectionRequest.objects.get(pk=order.pk)


def draft(order, operator, *, lines=LINES, note=None, at=None):
    """An LV is priced like an HV here, which is outside its range: a note says why."""
    is_lv = fresh(order).connection_type == "lv"
    return quotes.draft_quote(
        order.pk,
        by=operator,
        lines=lines,
        delivery_on=uk_date(at or timezone.now()) + timedelta(days=60),
        note=("The duct is long." if is_lv else "") if note is None else note,
        change_reason="The site was looked at again.",
        at=at,
    )


def issue(quote, operator, *, at=None, received=True):
    """Ask for it and open it, with a small PDF in place of the rendered one.

    It is received at that instant, as when the mail server answers at once, or not.
    Where work is done as soon as it is asked for, it is open by then.
    """
    at = at or timezone.now()
    quotes.request_issue(quote.pk, by=operator, at=at)
    quote = Quote.objects.get(pk=quote.pk)
    if quote.issued_at is None:
        facts = quotation_facts(quote, issued_on=uk_date(at))
        assert quotes.issue_quote(quote.pk, pdf=tiny_pdf(), facts=facts, at=at)
    if received:
        quotes.record_receipt(quote.pk, at=at, how="email")
    return Quote.objects.get(pk=quote.pk)


def offer(order, operator, *, survey=False, lines=LINES, at=None):
    """From desk review to an open offer."""
    review(order, operator, survey=survey, at=at)
    return issue(draft(order, operator, lines=lines, at=at), operator, at=at)


def one_file(content=None, content_type="application/pdf", name="signed.pdf"):
    """Return a file as the door of the portal lets it in."""
    return Upload(content or tiny_pdf(), name, content_type, "not_scanned", 1)


def bring(quote, person, *files, at=None, signatory="Ada Law", rules="", **more):
    """Upload signed files, which are then still to be handed in."""
    return quotes.upload_authority(
        quote.pk,
        by=person,
        files=files or [one_file()],
        signatory_name=signatory,
        has_access_rules=bool(rules),
        access_rules=rules,
        has_rack_space=quote.is_firm,
        at=at,
        **more,
    )


def upload(quote, person, *files, at=None, **said):
    """Upload it and hand it in; return the authority that came in."""
    brought = bring(quote, person, *files, at=at, **said)
    return quotes.hand_in_authority(brought.pk, by=person, at=at)


def mail_in(quote, staff, received_at, *, at=None, **changed):
    """Enter a signed scan that came to the Service Desk by e-mail."""
    came = {
        "files": [one_file()],
        "sender_email": "director@northgate.example",
        "signatory_name": "Ada Law",
        "has_access_rules": False,
        "has_rack_space": quote.is_firm,
    }
    came |= {"received_at": received_at, "at": at}
    return quotes.key_in_authority(quote.pk, by=staff, **(came | changed))


def authorising(person):
    """Return the nomination under which `person` authorises."""
    return person.nominations.get(purpose="authorise")


def verify(authority, operator, authoriser, *, at=None):
    """Return the order, authorised."""
    nomination = authorising(authoriser)
    quotes.verify_authority(
        authority.pk, by=operator, nomination_id=nomination.pk, at=at
    )
    return ConnectionRequest.objects.get(quotes=authority.quote_id)


def authorise(quote, operator, authoriser, *, at=None):
    """From an open offer to a verified authority."""
    return verify(upload(quote, authoriser, at=at), operator, authoriser, at=at)


def return_with_questions(order, operator, *, at=None):
    orders.ask_question(
        order.pk, by=operator, words="Which floor?", field="floor", at=at
    )
    return orders.return_request(order.pk, by=operator, at=at)


def answer_all(order, submitter, *, at=None):
    """Answer each question that DCC waits for."""
    asked = orders.open_questions(order)
    answers = {question.pk: "The third floor." for question in asked}
    return orders.answer_questions(order.pk, by=submitter, answers=answers, at=at)


def close_as_unavailable(order, operator, *, at=None):
    review(order, operator, available=False, at=at)
    return orders.close_as_unavailable(order.pk, by=operator, at=at)


def withdraw(order, submitter, *, at=None):
    return orders.withdraw_request(order.pk, by=submitter, at=at)


def open_quote(order):
    return order.quotes.open().get()


def lapse(order):
    """Let the time of its open offer run out."""
    quote = open_quote(order)
    assert quotes.lapse_quote(quote.pk, now=quote.lapses_at)
    return fresh(order)


def decline(order, authoriser, *, at=None):
    quotes.decline_quote(open_quote(order).pk, by=authoriser, at=at)
    return fresh(order)


def cancel(order, authoriser, *, at=None):
    owed = cancellation_charge(order)
    quotes.cancel_order(order.pk, by=authoriser, acknowledged=owed, at=at)
    return fresh(order)


def fresh(order):
    return ConnectionRequest.objects.get(pk=order.pk)


@dataclass(frozen=True)
class People:
    """Who takes an order along."""

    party: Party
    submitter: User
    authoriser: User
    operator: User
    data_centre: DataCentre


def order_in(state, people, *, survey=False, at=None, **answers):
    """Return a new order in `state`, taken there by commands, all at one moment.

    `survey` makes its offer indicative. States after `authorised` are reached by the
    functions of the apps that bring them.
    """
    order = start(people.party, people.submitter, at=at)
    if state == "unavailable":
        answers["connection_type"] = "lv"
    order = answer(order, people.submitter, people.data_centre, at=at, **answers)
    for step in PATHS[state]:
        order = STEPS[step](order, people, survey, at)
    return order


def quoted(order, people, survey, at):
    return offer(order, people.operator, survey=survey, at=at).order


def authorised(order, people, survey, at):
    return authorise(open_quote(order), people.operator, people.authoriser, at=at)


STEPS = {
    "submit": lambda o, p, _, at: submit(o, p.submitter, at=at),
    "return": lambda o, p, _, at: return_with_questions(o, p.operator, at=at),
    "accept": lambda o, p, _, at: accept(o, p.operator, at=at),
    "discard": lambda o, p, _, at: orders.discard_draft(o.pk, by=p.submitter, at=at),
    "close": lambda o, p, _, at: close_as_unavailable(o, p.operator, at=at),
    "withdraw": lambda o, p, _, at: withdraw(o, p.submitter, at=at),
    "quote": quoted,
    "lapse": lambda o, *_: lapse(o),
    "decline": lambda o, p, _, at: decline(o, p.authoriser, at=at),
    "authorise": authorised,
    "cancel": lambda o, p, _, at: cancel(o, p.authoriser, at=at),
}
TO_QUOTED = ("submit", "accept", "quote")
PATHS = {
    "draft": (),
    "discarded": ("discard",),
    "submitted": ("submit",),
    "returned": ("submit", "return"),
    "accepted": ("submit", "accept"),
    "quoted": TO_QUOTED,
    "authorised": (*TO_QUOTED, "authorise"),
    "lapsed": (*TO_QUOTED, "lapse"),
    "declined": (*TO_QUOTED, "decline"),
    "withdrawn": ("submit", "withdraw"),
    "cancelled": (*TO_QUOTED, "authorise", "cancel"),
    "unavailable": ("submit", "accept", "close"),
}
