"""The Party's own working of who bears what of a charge. Nothing of it is stored.

What is entered stands in the address alone, of which the log of requests keeps nothing.

Source: R-2.9.1-8.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.models import Charge, Invoice
from billing.split import (
    SplitPart,
    SplitRule,
    plain,
    read_percentages,
    split_among,
)
from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.dated import span_words
from common.lines import look
from common.money import ZERO, pounds, vat_on
from common.wording import plural
from connections.models import Connection, Session
from orders.models import Sharer
from parties.models import User
from quotes.commands.prices import vat_rate_on

# More are found by their number, in the address.
MOST_OFFERED = 100


@dataclass(frozen=True)
class Shared:
    """What is to be shared out: an invoice, or all charges of one connection.

    Args:
        of: its number or reference.
        on: the first UK day of those on which who shares counts.
        words: what it is, in a list.
    """

    of: str
    words: str
    on: date
    net: Decimal
    vat: Decimal
    connections: tuple[Connection, ...]

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat


@dataclass(frozen=True)
class ShareField:
    """One of those who share, with what was typed for it."""

    name: str
    typed: str
    fault: str

    @property
    def label(self) -> str:
        return f"{self.name}, per cent"


@require_safe
@for_contacts
def split(request: UserRequest) -> HttpResponse:
    """Show a Party its own working; DCC has no part in it."""
    if request.user.is_dcc:
        raise Http404
    asked = request.GET.get("of", "")
    facts: dict[str, Any] = {
        "choices": choices_for(request.user),
        "rules": SplitRule.choices,
        "of": asked,
        "rule": request.GET.get("rule") or SplitRule.EQUAL,
        "party": request.user.party,
    }
    if asked:
        shared = shared_or_404(request.user, asked)
        facts |= {"shared": shared, **working(request, shared, str(facts["rule"]))}
    return render(request, "billing/split.html", facts)


def choices_for(user: User) -> list[tuple[str, str]]:
    """Return what can be shared out: what was billed of connections that are shared."""
    shares = Sharer.objects.filter(order__party=user.party_id).values("order")
    links = Connection.objects.visible_to(user).filter(order__in=shares)
    invoices = Invoice.objects.visible_to(user)
    billed = invoices.filter(lines__charge__order__in=shares).distinct()
    return [
        *(
            (row.reference, f"{row}, {pounds(row.net)}")
            for row in billed[:MOST_OFFERED]
        ),
        *(
            (row.reference, f"{row.reference}, all its charges")
            for row in links.order_by("reference")[:MOST_OFFERED]
        ),
    ]


def shared_or_404(user: User, of: str) -> Shared:
    """Return what is asked for, if the reader's Party is billed for it."""
    invoice = Invoice.objects.visible_to(user).filter(reference=of).first()
    if invoice is not None:
        lines = Charge.objects.filter(invoice_line__invoice=invoice)
        links = Connection.objects.filter(pk__in=lines.values("connection"))
        rows = tuple(links.select_related("order").order_by("pk"))
        return Shared(
            of, str(invoice), invoice.issued_on, invoice.net, invoice.vat, rows
        )
    links = Connection.objects.visible_to(user).filter(party=user.party_id)
    connection = links.select_related("order").filter(reference=of).first()
    if connection is None:
        raise Http404
    return of_connection(connection)


def of_connection(connection: Connection) -> Shared:
    """Return all that a connection was charged so far, with its VAT."""
    charges = connection.charges.standing().select_related("invoice_line")
    rows = list(charges.order_by("pk"))
    net = sum((row.net for row in rows), ZERO)
    vat = sum((vat_of(row) for row in rows), ZERO)
    today = uk_date(timezone.now())
    words = f"{connection.reference}, all its charges"
    return Shared(connection.reference, words, today, net, vat, (connection,))


def vat_of(charge: Charge) -> Decimal:
    """Return the VAT of a charge: as invoiced, else at the rate of its tax point."""
    line = getattr(charge, "invoice_line", None)
    if line is not None:
        return Decimal(line.vat)
    return vat_on(charge.net, vat_rate_on(charge.tax_point))


# Who shares, and by how much


def sharers_of(shared: Shared) -> list[tuple[str, str]]:
    """Return who shares it on its day or has done so since: its Party first."""
    orders = [row.order_id for row in shared.connections]
    sharers = Sharer.objects.filter(order__in=orders).order_by("name", "pk")
    rows = sharers.during(shared.on, uk_date(timezone.now()))
    party = shared.connections[0].party if shared.connections else None
    found: dict[str, tuple[str, str]] = {}
    if party is not None:
        found[look(party.name)] = (party.name, "")
    for row in rows:
        found.setdefault(look(row.name), (row.name, span_words(row)))
    return list(found.values())


def sessions_of(shared: Shared, names: Sequence[str]) -> list[int]:
    """Return how many open sessions each uses; without a name they are its Party's."""
    counts = dict.fromkeys(map(look, names), 0)
    own = look(names[0]) if names else ""
    for row in Session.objects.across(shared.connections).open():
        user = look(row.used_by)
        counts[user if user in counts else own] += 1
    return list(counts.values())


def working(request: UserRequest, shared: Shared, rule: str) -> dict[str, Any]:
    """Return the parts, or what is wrong with what was entered."""
    people = sharers_of(shared)
    names = [name for name, _ in people]
    if len(names) < 2:  # noqa: PLR2004  two that share
        return {"faults": ["Nobody has shared it with you since that day."]}
    if rule == SplitRule.PERCENT:
        return by_percentages(request, shared, people)
    if rule == SplitRule.SESSIONS:
        counts = sessions_of(shared, names)
        if not any(counts):
            return {"faults": ["No session is open on it. Choose another rule."]}
        words = [plural(count, "session") for count in counts]
        return {"parts": rows_of(shared, people, list(map(Decimal, counts)), words)}
    words = [f"1 of {len(names)}"] * len(names)
    return {"parts": rows_of(shared, people, [Decimal(1)] * len(names), words)}


def by_percentages(
    request: UserRequest, shared: Shared, people: list[tuple[str, str]]
) -> dict[str, Any]:
    """Ask for percentages until they are right, each fault beside its field."""
    names = [name for name, _ in people]
    typed = [request.GET.get(f"p{at}", "").strip()[:20] for at in range(len(names))]
    is_typed = any(typed)
    percentages = read_percentages(typed, names)
    faults = percentages.faults if is_typed else {}
    fields = [
        ShareField(name, words, faults.get(at, ""))
        for at, (name, words) in enumerate(zip(names, typed, strict=True))
    ]
    found: dict[str, Any] = {"fields": fields, "faults": list(faults.values())}
    if is_typed and not faults:
        words = [f"{plain(one)}%" for one in percentages.read]
        found["parts"] = rows_of(shared, people, percentages.read, words)
    return found


def rows_of(
    shared: Shared,
    people: list[tuple[str, str]],
    weights: list[Decimal],
    words: list[str],
) -> list[tuple[SplitPart, str]]:
    names = [name for name, _ in people]
    parts = split_among(names, weights, words, net=shared.net, vat=shared.vat)
    return [(part, since) for part, (_, since) in zip(parts, people, strict=True)]
