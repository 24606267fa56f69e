"""What an order waits for, whose turn it is, and until when.

The last day is one expression of the database, so that ten thousand orders sort by
what will be late first; the words beside it are worked out for the rows of one page.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)

from common.clock import uk_date
from common.time_left import TimeLeft, calendar_days_left, working_days_left
from common.working_days import WorkingCalendar
from connections.models import ContractPeriod, Session
from connections.states import SessionState
from dccportal.desk.words import day
from dccportal.overview import Turn, overview
from orders.deadlines import QUOTE_WORKING_DAYS
from orders.states import Channel, OrderState
from quotes.states import QuoteState

# Renewal notices are shown this long before they are due: our own figure.
RENEWALS_SHOWN_DAYS = 30
NOT_SET_UP = (SessionState.REQUESTED, SessionState.CONFIGURING)
OPERATIONS, PARTY = "DCC Operations", "The Gateway Party"
PORTAL = "The portal"
VISITS = {
    "survey": "Survey visit",
    "circuit": "Visit to install the circuit",
    "equipment": "Visit to install the equipment",
}


@dataclass(frozen=True)
class Due:
    """What is next for one order."""

    what: str
    turn: str
    why: str = ""
    left: TimeLeft | None = None

    @property
    def tone(self) -> str:
        return self.left.tone if self.left else "calm"

    @property
    def turn_kind(self) -> str:
        return "" if self.turn == OPERATIONS else "other"


def with_due(orders: "QuerySet[Any]", today: date) -> "QuerySet[Any]":
    """Add `due_on`, the last UK day of what the order waits for, and what it is.

    The same next date as the Gateway Party sees, and two that only DCC works to: the
    last day on which an authority that fails can be given again, a renewal notice. It
    is null where nothing gives a day, such as the check of a form.
    """
    shown = ContractPeriod.objects.notice_due_by(
        today + timedelta(days=RENEWALS_SHOWN_DAYS)
    )
    notice = shown.filter(connection__order=OuterRef("pk"))
    asked_for = Session.objects.filter(state__in=NOT_SET_UP)
    known: Any = overview(orders)  # type: ignore[arg-type]
    dated: QuerySet[Any] = known.annotate(
        renewal_due_on=Subquery(notice.values("renewal_due_on")[:1]),
        renewal_net=Subquery(notice.values("renewal_net")[:1]),
        waits_for_sessions=Exists(asked_for.filter(connection__order=OuterRef("pk"))),
        due_on=Case(
            When(offer_state=QuoteState.AUTHORITY_RECEIVED, then=F("offer_last_day")),
            When(state=OrderState.CONFIGURED, then=F("renewal_due_on")),
            default=F("next_on"),
            output_field=DateField(),
        ),
    )
    return dated


# What the Gateway Party has to do is never late for us.
IS_OURS = ~Q(turn=Turn.YOU)


def turn_words(order: Any) -> str:
    """Return who has the next step, as staff name them."""
    names = {
        Turn.YOU: PARTY,
        Turn.DCC: OPERATIONS,
        Turn.INSTALLER: settings.INSTALLER_NAME,
        Turn.CONFIGURER: settings.CONFIGURER_NAME,
    }
    return str(names.get(order.turn) or "")


def due(order: Any, today: date, calendar: WorkingCalendar) -> Due:
    """Return what an order of `with_due` waits for."""
    if order.offer_state is not None:
        return offer_due(order, today)
    return BY_STATE.get(order.state, nothing)(order, today, calendar)


def nothing(order: Any, today: date, calendar: WorkingCalendar) -> Due:
    return Due("", "")


def offer_due(order: Any, today: date) -> Due:
    if order.offer_last_day is None:
        return unreceived_due(order)
    left = calendar_days_left(order.due_on, today)
    if order.offer_state == QuoteState.AUTHORITY_RECEIVED:
        why = "once the last day has passed, an authority that fails cannot be replaced"
        return Due("Verify an authority", turn_words(order), why, left)
    why = "the offer lapses if nobody authorises"
    if order.offer_received_on != order.offer_issued_on:
        sent, received = day(order.offer_issued_on), day(order.offer_received_on)
        why = f"sent {sent}, received {received}; {why}"
    return Due("Decide on the quotation", turn_words(order), why, left)


def unreceived_due(order: Any) -> Due:
    """While nothing shows receipt, no clock runs, and DCC sees to it. Source: T29."""
    if order.offer_state == QuoteState.AUTHORITY_RECEIVED:
        return Due("Verify an authority", turn_words(order))
    why = "not received: no e-mail was accepted and nobody has opened it"
    return Due("See that the quotation arrives", OPERATIONS, why)


def keyed_due(order: Any, today: date, calendar: WorkingCalendar) -> Due:
    if order.channel == Channel.PORTAL:
        return nothing(order, today, calendar)
    why = f"came {day(uk_date(order.received_at))}"
    return Due("Fill in what the form says", OPERATIONS, why)


def form_due(order: Any, today: date, calendar: WorkingCalendar) -> Due:
    why = f"came {day(uk_date(order.submitted_at))}"
    return Due("Check the form", turn_words(order), why)


def answer_due(order: Any, today: date, calendar: WorkingCalendar) -> Due:
    why = f"waiting since {day(uk_date(order.returned_at))}"
    return Due("Answer our questions", turn_words(order), why)


def quotation_due(order: Any, today: date, calendar: WorkingCalendar) -> Due:
    review = getattr(order, "site_review", None)
    what = "Send the quotation" if review else "Record the site review"
    if review is not None and not review.is_type_available:
        what = "Close: not available at the site"
    accepted = day(uk_date(order.accepted_at))
    why = f"accepted {accepted}, quotation in {QUOTE_WORKING_DAYS} working days"
    left = working_days_left(order.quote_due_on, today, calendar)
    return Due(what, turn_words(order), why, left)


def access_due(order: Any, today: date, calendar: WorkingCalendar) -> Due:
    is_agreed = order.is_access_agreed
    what = "Book the first visit" if is_agreed else "Arrange access to the site"
    return Due(what, turn_words(order))


def visit_due(order: Any, today: date) -> Due:
    left = calendar_days_left(order.visit_on, today)
    return Due(VISITS[order.visit_purpose], turn_words(order), "booked", left)


def survey_due(order: Any, today: date, calendar: WorkingCalendar) -> Due:
    if order.surveyed_at is not None:
        why = "the survey is done"
        return Due("Send the updated quotation", turn_words(order), why)
    if order.visit_on is not None:
        return visit_due(order, today)
    return Due("Book the survey again", turn_words(order), "no visit is booked")


def install_due(order: Any, today: date, calendar: WorkingCalendar) -> Due:
    if order.visit_on is not None:
        return visit_due(order, today)
    if order.is_equipment_in:
        return Due("Complete the installation", turn_words(order))
    return Due("Book the next visit", turn_words(order), "no visit is booked")


def configuration_due(order: Any, today: date, calendar: WorkingCalendar) -> Due:
    return Due("Configure the connection", turn_words(order))


def service_due(order: Any, today: date, calendar: WorkingCalendar) -> Due:
    """What is next in service: a notice that is due goes before a session."""
    if order.renewal_due_on is not None:
        return renewal_due(order, today)
    if order.waits_for_sessions:
        why = "the Gateway Party has asked for it"
        return Due("Set up a session", str(settings.CONFIGURER_NAME), why)
    return nothing(order, today, calendar)


def renewal_due(order: Any, today: date) -> Due:
    left = calendar_days_left(order.renewal_due_on, today)
    if order.renewal_net is None:
        why = "the notice states it, and cannot go without it"
        return Due("Set the renewal charge", OPERATIONS, why, left)
    why = "the charge is set, so it goes by itself on that day"
    return Due("Renewal notice to go", PORTAL, why, left)


BY_STATE = {
    OrderState.DRAFT: keyed_due,
    OrderState.SUBMITTED: form_due,
    OrderState.RETURNED: answer_due,
    OrderState.ACCEPTED: quotation_due,
    OrderState.AUTHORISED: access_due,
    OrderState.SURVEY: survey_due,
    OrderState.INSTALL: install_due,
    OrderState.CONFIGURING: configuration_due,
    OrderState.CONFIGURED: service_due,
}
