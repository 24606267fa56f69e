"""The form as it was submitted, in plain words, with what stands out beside it."""

from dataclasses import dataclass
from typing import Any

from common.clock import uk_date
from dccportal.desk.due import OPERATIONS, PARTY
from dccportal.desk.file import OrderFile
from dccportal.desk.words import day
from orders.states import ConnectionType, OrderState, Route, Use
from parties.models import DataCentre
from parties.states import Standing

USUAL_MBPS = (10, 20)
STILL_UNDECIDED = (OrderState.SUBMITTED, OrderState.ACCEPTED, OrderState.QUOTED)
USES = dict(Use.choices)


@dataclass(frozen=True)
class Row:
    """One question with its answer, and a finding if there is one."""

    question: str
    answer: str
    small: str = ""
    finding: str = ""
    about: str = ""

    @property
    def is_warning(self) -> bool:
        return bool(self.finding)


def rows(file: OrderFile) -> list[Row]:
    """Return every answer of the form, and who stands behind it."""
    makers = (
        party,
        submitter,
        authorisers,
        kind_and_rating,
        period,
        uses,
        sole_use,
        site,
        technical_contact,
        site_contact,
        own_reference,
    )
    found = (make(file) for make in makers)
    return [row for row in found if row is not None]


def party(file: OrderFile) -> Row:
    order = file.order
    standing = Standing.SEC_PARTY if order.route == Route.H15 else Standing.RDP
    words = order.get_route_display()
    is_settled = file.state not in STILL_UNDECIDED
    if is_settled or order.party.has_standing_on(standing, file.today):
        return Row("Gateway Party", str(order.party), words)
    finding = f"It is not a {standing.label} today"
    about = "The authority of a Party without its standing has no effect. Section 2.2"
    return Row("Gateway Party", str(order.party), words, finding, about)


def submitter(file: OrderFile) -> Row | None:
    order = file.order
    if order.submitted_by is None or order.submitted_at is None:
        return None
    return Row(
        "Submitted by", str(order.submitted_by), day(uk_date(order.submitted_at))
    )


def authorisers(file: OrderFile) -> Row | None:
    if file.state not in STILL_UNDECIDED or not file.user.is_dcc:
        return None
    names = [str(row.user) for row in file.authorisers_today]
    question = "Who may authorise today"
    if names:
        return Row(question, ", ".join(names))
    about = "The quotation cannot be accepted until someone is. Section 2.11"
    return Row(question, "Nobody", "", "Nobody is nominated to authorise", about)


def kind_and_rating(file: OrderFile) -> Row:
    order = file.order
    question = "Type and rating"
    if order.connection_type != ConnectionType.HV:
        return Row(question, order.get_connection_type_display() or "Not answered")
    answer = f"High Volume (HV), {order.hv_rating_mbps} Mbps"
    is_usual = (order.hv_rating_mbps or 0) <= max(USUAL_MBPS)
    if is_usual or file.state != OrderState.SUBMITTED:
        return Row(question, answer)
    about = "Most start at 10 or 20 and are raised within weeks. Section 2.7.2"
    return Row(question, answer, "", "Above the usual start", about)


def period(file: OrderFile) -> Row:
    order = file.order
    question = "Minimum contract period"
    if order.route == Route.E3:
        return Row(question, "None", "not asked of a Registration Data Provider")
    years = order.minimum_period_years
    if years is None:
        return Row(question, "Not answered")
    return Row(question, f"{years} year{'s' if years > 1 else ''}")


def uses(file: OrderFile) -> Row:
    chosen = [USES.get(use, use) for use in file.order.uses]
    return Row("Used for", ", ".join(chosen) or "Not answered")


def sole_use(file: OrderFile) -> Row | None:
    is_only = file.order.is_registration_only
    if is_only is None:
        return None
    question = "Only for registration data"
    if is_only:
        return Row(question, "Yes", "one LV connection is free (section 2.9.2)")
    return Row(question, "No")


def site(file: OrderFile) -> Row:
    centre: DataCentre | None = file.order.data_centre
    if centre is None:
        return Row("Site", "Not answered")
    owner = f"owned by {centre.owner}" if centre.owner else ""
    return Row("Site", centre.address, owner)


def technical_contact(file: OrderFile) -> Row:
    order = file.order
    ways = (order.technical_contact_email, order.technical_contact_phone)
    answer = order.technical_contact_name or "Not answered"
    return Row("Technical contact", answer, ", ".join(filter(None, ways)))


def site_contact(file: OrderFile) -> Row:
    order = file.order
    answer = order.site_contact_name or "Not answered"
    return Row("Contact at the site", answer, order.site_contact_phone)


def own_reference(file: OrderFile) -> Row:
    return Row("Their reference", file.order.customer_reference or "None")


def dates(file: OrderFile) -> list[dict[str, Any]]:
    """Return the steps with a time of their own: who, the last day, and the actual."""
    order, access, connection = file.order, file.access, file.connection
    quote = next((row for row in file.quotes if row.issued_at), None)
    steps = [
        ("Form received", PARTY, None, order.submitted_at),
        ("Form accepted", OPERATIONS, None, order.accepted_at),
        (
            "Quotation sent",
            OPERATIONS,
            order.quote_due_on,
            when(quote, "issued_at"),
        ),
        ("Decision", PARTY, when(quote, "last_day"), when(quote, "decided_at")),
        ("Access agreed", "", None, when(access, "agreed_at")),
        ("Site surveyed", "", None, order.surveyed_at),
        ("Installation complete", "", None, when(connection, "completed_on")),
        ("Router configured", "", None, when(connection, "router_configured_on")),
        ("Closed", "", None, order.closed_at),
    ]
    return [
        {"step": step, "who": who, "due": due, "actual": actual}
        for step, who, due, actual in steps
        if due or actual
    ]


def when(row: Any, name: str) -> Any:
    return getattr(row, name) if row is not None else None
