"""What the page of a Party leads to: the newest rows of each list, and all of it.

Each list costs one query of a few rows, however many the Party or the register has.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from billing.models import Charge, Invoice
from common.clock import uk_time
from common.money import pounds
from common.wording import day_words
from connections.models import Connection
from orders.models import ConnectionRequest
from parties.admin.of_party import PARTY
from parties.models import Party, User
from records.models import Event, Notice
from worklist.parts import Calendar
from worklist.policies import may_look_after
from worklist.staff.due import due, work_in

SHOWN = 5


@dataclass(frozen=True)
class Line:
    words: str
    note: str
    url: str = ""


@dataclass(frozen=True)
class PartyRows:
    """The newest rows of one list that are a Party's; `url` is that list."""

    title: str
    url: str
    lines: list[Line]
    has_more: bool = False


def owed_of_party(party: Party, user: User, today: date) -> list[Line]:
    """Return what is owed of a Party itself, rather than of one of its orders."""
    calendar = Calendar()
    lines = []
    for item in work_in([party.reference], user, today)[party.reference]:
        told, may = due(item, today, calendar), may_look_after(item.declared, user)
        done_at = item.declared.done_at if may else None
        left = told.left.words if told.left else ""
        note = ", ".join(filter(None, [told.turn, left, told.why]))
        lines.append(Line(told.what, note, done_at(item)[1] if done_at else ""))
    return lines


def rows_of_party(party: Party, user: User) -> list[PartyRows]:
    """Return what belongs to a Party, list by list, as `user` may read it."""
    return [*services(party, user), *amounts(party, user), *told(party)]


def services(party: Party, user: User) -> list[PartyRows]:
    own = narrowed(party)
    orders = ConnectionRequest.objects.visible_to(user).filter(party=party)
    connections = Connection.objects.visible_to(user).for_pages()
    return [
        newest(
            "Orders",
            listed("orders_connectionrequest", own),
            orders.select_related("data_centre", "group").order_by("-pk"),
            lambda row: Line(
                f"{row.reference}, {row.title}",
                str(row.get_state_display()),
                page("orders_connectionrequest", row.pk),
            ),
        ),
        newest(
            "Connections",
            listed("connections_connection", own),
            connections.filter(party=party),
            lambda row: Line(
                f"{row.reference}, {row.title}",
                str(row.get_state_display()),
                page("connections_connection", row.pk),
            ),
        ),
    ]


def amounts(party: Party, user: User) -> list[PartyRows]:
    own = narrowed(party)
    return [
        newest(
            "Charges",
            listed("billing_charge", own),
            Charge.objects.visible_to(user).filter(party=party).order_by("-due_on"),
            lambda row: Line(
                row.description,
                f"{pounds(row.net)}, due {day_words(row.due_on)}",
                page("billing_charge", row.pk),
            ),
        ),
        newest(
            "Invoices",
            listed("billing_invoice", own),
            Invoice.objects.visible_to(user).filter(party=party),
            lambda row: Line(
                row.reference,
                f"issued {day_words(row.issued_on)}",
                page("billing_invoice", row.pk),
            ),
        ),
    ]


def told(party: Party) -> list[PartyRows]:
    thread = f"?q={party.reference}"
    return [
        newest(
            "E-mails about its register",
            listed("records_notice", thread),
            Notice.objects.filter(thread=party.reference).defer("text", "html"),
            lambda row: Line(
                row.subject,
                f"{row.to}, {row.get_state_display().lower()}",
                page("records_notice", row.pk),
            ),
        ),
        newest(
            "Events",
            listed("records_event", thread),
            Event.objects.of_thread(party.reference),
            lambda row: Line(row.what, f"{row.by or 'The portal'}, {uk_time(row.at)}"),
        ),
    ]


def narrowed(party: Party) -> str:
    return f"?{PARTY}={party.pk}"


def listed(name: str, asked: str) -> str:
    return f"{reverse(f'admin:{name}_changelist')}{asked}"


def page(name: str, pk: int) -> str:
    return reverse(f"admin:{name}_change", args=[pk])


def newest(title: str, url: str, rows: Any, line: Callable[[Any], Line]) -> PartyRows:
    """Return the first rows of a query; one more is read, to know whether there are."""
    found: Iterable[Any] = list(rows[: SHOWN + 1])
    lines = [line(row) for row in found]
    return PartyRows(title, url, lines[:SHOWN], has_more=len(lines) > SHOWN)
