"""One function an e-mail about the request. People are chosen here, words elsewhere."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from common.clock import uk_date
from common.dated_rows import holds_on
from orders.models import ConnectionRequest, DeskNote, Enquiry, RefusedForm, Sharer
from orders.readers import EVERYBODY, READERS, SUBMITTERS, read_by
from orders.states import EnquiryKind, OrderState
from parties.models import Party, User
from parties.states import Purpose
from records.behalf import OnBehalf
from records.commands import owe_notice
from records.models import Notice
from records.when_sent import row_for, untrue_when

row_for(
    "order",
    lambda: ConnectionRequest.objects.for_pages().exclude(state=OrderState.DRAFT),
    "reference",
)
row_for("party", Party.objects.all, "orders__reference")
row_for("enquiry", Enquiry.objects.for_pages, "order__reference")
read_by(
    SUBMITTERS,
    "request_received",
    "request_returned",
    "request_accepted",
    "request_unavailable",
    "pair_taken_apart",
    "partner_ended",
    "keyed_by_mistake",
)
read_by(EVERYBODY, "request_withdrawn", "closed_unanswered", "keyed_by_mistake:offered")
read_by(SUBMITTERS, "sharer_linked", others="the submitters of whoever is linked")
read_by(
    SUBMITTERS,
    "sharer_added",
    "sharing_ended",
    others="the submitters of whoever shares it",
)
read_by((), "sharer_not_told", others="the Service Desk")
read_by(EVERYBODY, "form_corrected", others="whoever has the order at DCC")
read_by((), "form_received", others="whoever sent the form")
read_by((), "recorded_for_you", others="whoever said it (and can object)")
read_by((), "note_names_you", others="the colleagues whom it names with @")


def nominated(order: ConnectionRequest, purpose: str, at: datetime) -> list[str]:
    people = User.objects.nominated(order.party_id, purpose, uk_date(at))
    return list(people.values_list("email", flat=True))


def everybody(order: ConnectionRequest, at: datetime) -> list[str]:
    """Return the addresses of all whom its Party has nominated, authorisers first."""
    return [address for one in EVERYBODY for address in nominated(order, one, at)]


def readers_of(kind: str, order: ConnectionRequest, at: datetime) -> list[str]:
    """Return the addresses of those of its Party who get e-mails of a kind."""
    purposes = READERS[kind].purposes
    return [address for one in purposes for address in nominated(order, one, at)]


def tell_readers(
    kind: str, order: ConnectionRequest, *, at: datetime, key: str, **facts: object
) -> None:
    """Write of an order to those of its Party who get e-mails of a kind."""
    to, thread = readers_of(kind, order, at), order.thread
    owe_notice(kind, key=key, to=to, at=at, thread=thread, order=order, **facts)


def form_received(order: ConnectionRequest, at: datetime) -> None:
    """Acknowledge to its sender a form that came by another way. Source: R-1.3-8."""
    to = [order.sender_email]
    key, thread = f"form-received:{order.pk}", order.thread
    owe_notice("form_received", key=key, to=to, at=at, thread=thread, order=order)


def form_refused(refused: RefusedForm, at: datetime) -> None:
    """Tell its sender and the Party's own people how to nominate. Source: R-2.2-7."""
    own = User.objects.nominated(refused.party_id, Purpose.SUBMIT, uk_date(at))
    to = [refused.sender_email, *own.values_list("email", flat=True)]
    key, thread = f"form-refused:{refused.pk}", refused.thread
    owe_notice("form_refused", key=key, to=to, at=at, thread=thread, refused=refused)


def keyed_by_mistake(
    order: ConnectionRequest, at: datetime, *, was_offered: bool
) -> None:
    """Tell a Party that an order keyed in under its name is not its own. R-1.3-7.

    Args:
        was_offered: its authorisers had a quotation for it, and are told too.
    """
    kind = "keyed_by_mistake:offered" if was_offered else "keyed_by_mistake"
    owe_notice(
        "keyed_by_mistake",
        key=f"keyed-by-mistake:{order.pk}:{at.isoformat()}",
        to=readers_of(kind, order, at),
        at=at,
        thread=order.thread,
        order=order,
        party=order.party,
        was_offered=was_offered,
    )


def request_received(order: ConnectionRequest, at: datetime) -> None:
    """Acknowledge a form. Source: R-1.3-8, R-2.11-6."""
    authorisers = nominated(order, Purpose.AUTHORISE, at)
    tell_readers(
        "request_received",
        order,
        at=at,
        key=f"request-received:{order.pk}:{at:%Y%m%d%H%M%S}",
        has_authoriser=bool(authorisers),
    )


def request_returned(
    order: ConnectionRequest, questions: list[str], at: datetime
) -> None:
    """Put the desk's questions to the Party, all in one e-mail. Source: R-3.2-6."""
    key = f"request-returned:{order.pk}:{at:%Y%m%d%H%M%S}"
    facts = {"questions": questions, "close_after": settings.RETURNED_CLOSE_DAYS}
    tell_readers("request_returned", order, at=at, key=key, **facts)


@untrue_when("request_returned", "answer_reminder")
def questions_are_answered(notice: Notice, at: datetime) -> str:
    """Say that DCC has the form back, or wants no answer any more."""
    order = ConnectionRequest.objects.get(reference=notice.thread)
    if order.state == OrderState.RETURNED:
        return ""
    return f"Order {order} is {order.get_state_display().lower()}."


def answer_reminder(
    order: ConnectionRequest, at: datetime, *, number: int
) -> list[Notice]:
    """Remind of open questions; once a last day is set, everybody. Source: R-3.2-6.

    Args:
        number: the day of the reminder, counted from the return.
    """
    everyone, own = everybody(order, at), nominated(order, Purpose.SUBMIT, at)
    return owe_notice(
        "answer_reminder",
        key=f"answer-reminder:{order.pk}:{order.returned_at:%Y%m%d%H%M%S}:{number}",
        to=everyone if order.answer_by else own,
        at=at,
        thread=order.thread,
        order=order,
        questions=order.questions.open().filter(answered_at=None).count(),
    )


def closed_unanswered(order: ConnectionRequest, at: datetime) -> None:
    """Tell everybody of the Party that its order is over, and how to begin again."""
    key = f"closed-unanswered:{order.pk}"
    tell_readers("closed_unanswered", order, at=at, key=key)


def request_accepted(order: ConnectionRequest, at: datetime) -> None:
    """Tell the Party that the form is complete. Source: R-3.2-5."""
    tell_readers("request_accepted", order, at=at, key=f"request-accepted:{order.pk}")


def request_unavailable(
    order: ConnectionRequest, why: str, at: datetime, *, is_surveyed: bool = False
) -> None:
    """Tell the Party that it cannot be had at the site, and why.

    Source: R-2.6-8, T33.
    """
    key = f"request-unavailable:{order.pk}"
    tell_readers(
        "request_unavailable", order, at=at, key=key, why=why, is_surveyed=is_surveyed
    )


def request_withdrawn(order: ConnectionRequest, at: datetime) -> None:
    """Confirm a withdrawal, which is free, also to who may be about to sign.

    Source: R-3.4-5.
    """
    key = f"request-withdrawn:{order.pk}"
    tell_readers("request_withdrawn", order, at=at, key=key)


def sharer_linked(sharer: Sharer, at: datetime) -> None:
    """Tell the Gateway Party, and who shares, that it is in the register. R-2.3-3."""
    order = sharer.order
    for party_id in (order.party_id, sharer.party_id):
        people = User.objects.nominated(party_id, Purpose.SUBMIT, uk_date(at))
        owe_notice(
            "sharer_linked",
            key=f"sharer-linked:{sharer.pk}:{sharer.party_id}:{party_id}",
            to=people.values_list("email", flat=True),
            at=at,
            thread=order.thread,
            order=order,
            sharer=sharer,
            is_owner=party_id == order.party_id,
        )


def sharer_added(sharer: Sharer, at: datetime) -> None:
    """Tell the Gateway Party, and who shares its connection from now on. R-2.3-1."""
    tell_both_sides("sharer_added", sharer, at)


def sharing_ended(sharer: Sharer, at: datetime) -> None:
    """Tell both sides until when it is shared, and why no longer. R-2.3-1."""
    tell_both_sides("sharing_ended", sharer, at)


def tell_both_sides(kind: str, sharer: Sharer, at: datetime) -> None:
    """Write to the submitters of both; where one cannot be reached, to the desk."""
    order, today = sharer.order, uk_date(at)
    key = f"{kind.replace('_', '-')}:{sharer.pk}:{at.isoformat()}"
    facts: dict[str, Any] = {"at": at, "thread": order.thread, "sharer": sharer}
    facts |= {"order": order, "connection": order.connection}
    own, theirs = (addresses(pk, today) for pk in (order.party_id, sharer.party_id))
    owe_notice(kind, key=f"{key}:owner", to=own, is_owner=True, **facts)
    owe_notice(kind, key=key, to=theirs, is_owner=False, **facts)
    if not theirs:
        page = reverse("admin:orders_connectionrequest_change", args=[order.pk])
        facts |= {"to": [settings.SERVICE_DESK_EMAIL], "page": page}
        is_end = kind == "sharing_ended"
        owe_notice("sharer_not_told", key=f"{key}:desk", is_end=is_end, **facts)


def tell_asker(
    kind: str, enquiry: Enquiry, at: datetime, *, key: str, **facts: object
) -> None:
    to = [enquiry.asked_by.email]
    thread = enquiry.thread
    owe_notice(kind, key=key, to=to, at=at, thread=thread, enquiry=enquiry, **facts)


def recorded_for_you(
    order: ConnectionRequest,
    who: OnBehalf,
    what: str,
    changes: Sequence[str] = (),
    *,
    to_do: str = "",
) -> None:
    """Tell a contact what DCC recorded for them, and how to object (T35).

    Args:
        what: that was recorded, as a noun: "the withdrawal of order ORD-1001".
        changes: what the form says otherwise now, a line each.
        to_do: a sentence, where something is left for them to do.
    """
    at, to = timezone.now(), [who.person.email]
    ask = f"{reverse('enquiry-new')}?kind={EnquiryKind.QUESTION}&order={order}"
    facts = {"order": order, "who": who, "what": what, "changes": changes}
    facts |= {"ask": ask, "to_do": to_do}
    key, thread = f"recorded-for-you:{order.pk}:{at:%Y%m%d%H%M%S%f}", order.thread
    owe_notice("recorded_for_you", key=key, to=to, at=at, thread=thread, **facts)


def note_names_you(note: DeskNote, to: Sequence[str]) -> None:
    """Tell colleagues at DCC that a note on an order names them; nobody else."""
    page = reverse("admin:orders_connectionrequest_change", args=[note.order_id])
    owe_notice(
        "note_names_you",
        key=f"note-names-you:{note.pk}",
        to=to,
        at=note.at,
        thread=note.order.thread,
        order=note.order,
        note=note,
        desk_url=f"{page}#notes",
    )


def form_corrected(
    order: ConnectionRequest, who: OnBehalf, changes: Sequence[str], reason: str
) -> None:
    """Tell both sides what a form says otherwise now (T35).

    The Party's nominated contacts, and whose order it is at DCC. Who said it is asked
    in an e-mail of their own; of a slip of DCC they hear with the others.
    """
    at = timezone.now()
    own = {*readers_of("form_corrected", order, at), who.person.email}
    if not who.is_our_slip:
        own.remove(who.person.email)
    dcc = order.owner.email if order.owner else settings.SERVICE_DESK_EMAIL
    page = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    for to, link in ((own, order.get_absolute_url()), ({dcc}, page)):
        owe_notice(
            "form_corrected",
            key=f"form-corrected:{order.pk}:{at:%Y%m%d%H%M%S%f}:{link}",
            to=to,
            at=at,
            thread=order.thread,
            order=order,
            who=who,
            changes=changes,
            reason=reason,
            link=link,
        )


def enquiry_received(enquiry: Enquiry, at: datetime) -> None:
    """Tell whoever asked that the desk has it. Source: R-1.3-8, R-2.8-8."""
    key = f"enquiry-received:{enquiry.pk}"
    tell_asker("enquiry_received", enquiry, at, key=key)


def enquiry_raised(enquiry: Enquiry, at: datetime) -> None:
    """Tell the Service Desk that somebody asks. Source: R-1-4, R-1.3-9."""
    owe_notice(
        "enquiry_raised",
        key=f"enquiry-raised:{enquiry.pk}",
        to=[settings.SERVICE_DESK_EMAIL],
        at=at,
        thread=enquiry.thread,
        enquiry=enquiry,
        desk_url=reverse("admin:orders_enquiry_change", args=[enquiry.pk]),
    )


def enquiry_arranged(
    enquiry: Enquiry, at: datetime, *, before: datetime | None
) -> None:
    """Say when DCC calls, and what time told before it replaces. Source: R-4.3-8."""
    key = f"enquiry-arranged:{enquiry.pk}:{at:%Y%m%d%H%M%S}"
    tell_asker("enquiry_arranged", enquiry, at, key=key, before=before)


def enquiry_answered(enquiry: Enquiry, at: datetime) -> None:
    """Give the answer, or what the call came to. Source: R-2.8-8, R-4.3-8."""
    key = f"enquiry-answered:{enquiry.pk}"
    tell_asker("enquiry_answered", enquiry, at, key=key)


def pair_taken_apart(
    order: ConnectionRequest, partner: ConnectionRequest, by: User, at: datetime
) -> None:
    """Tell the Party that two of its requests each stand alone. Source: R-2.4.1-2."""
    key = f"pair-taken-apart:{order.pk}:{at:%Y%m%d%H%M%S}"
    facts = {"partner": partner, "by": by}
    tell_readers("pair_taken_apart", order, at=at, key=key, **facts)


def partner_ended(
    ended: ConnectionRequest, order: ConnectionRequest, at: datetime
) -> None:
    """Tell the Party what the end of one of a pair means for the other. R-2.4.1-2."""
    key = f"partner-ended:{order.pk}:{ended.pk}"
    tell_readers("partner_ended", order, at=at, key=key, ended=ended)


def standing_ended(
    order: ConnectionRequest, at: datetime, *, last_day: date | None
) -> list[Notice]:
    """Alert DCC, and the sharers of what is installed. Source: R-2.3-7.

    Before that nobody uses anything. DCC reads who of them hears nothing from us.
    """
    today = uk_date(at)
    sharers = order.sharers.filter(holds_on(today)) if order.is_installed else []
    people = {row: addresses(row.party_id, today) for row in sharers}
    facts: dict[str, Any] = {
        "key": f"standing-ended:{order.pk}:{last_day}",
        "at": at,
        "thread": order.thread,
        "order": order,
        "last_day": last_day,
        "untold": [row for row, found in people.items() if not found],
    }
    to = [address for found in people.values() for address in found]
    page = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    told = [settings.SERVICE_DESK_EMAIL]
    return [
        *owe_notice("standing_ended", to=told, page=page, **facts),
        *owe_notice("shared_standing_ended", to=to, **facts),
    ]


def addresses(party_id: int | None, day: date) -> list[str]:
    """Return the submitters of a Party of our register on `day`; of others, nobody."""
    if party_id is None:
        return []
    people = User.objects.nominated(party_id, Purpose.SUBMIT, day)
    return list(people.values_list("email", flat=True))
