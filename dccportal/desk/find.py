"""What the search box in the head of every page of the desk finds, in all registers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.db.models import Model, Q
from django.http import HttpRequest
from django.urls import reverse

from billing.models import Invoice
from common.admin import CommandAdmin
from common.search import Terms, read_terms
from connections.models import Connection
from orders.models import ConnectionRequest, Enquiry, RefusedForm
from orders.querysets import IS_WITH_DCC
from orders.wording import state_words
from parties.models import DataCentre, Party, User
from quotes.models import Quote
from sites.models import SiteVisit

SHOWN = 8
# Where a reference alone leads, by how it begins.
CALLED: dict[str, type[Model]] = {
    "ORD": ConnectionRequest,
    "QUO": Quote,
    "VIS": SiteVisit,
    "CON": Connection,
    "ENQ": Enquiry,
    "REF": RefusedForm,
    "PTY": Party,
}


@dataclass(frozen=True)
class FoundRow:
    """One row that was found: what it is called, what else is said of it, where."""

    name: str
    words: str
    url: str


@dataclass(frozen=True)
class FoundRegister:
    """What was found in one register, the first rows alone; `url` is its list."""

    title: str
    url: str
    rows: list[FoundRow]
    has_more: bool


def words_of_order(order: Any) -> str:
    return f"{order.party}: {order.title}. {state_words(order.state)}"


def words_of_person(person: Any) -> str:
    of = person.party or person.get_role_display()
    return ", ".join(filter(None, [str(of), person.email, person.phone]))


# The registers in which is looked, with what is said of a row of each.
LOOKED: list[tuple[type[Model], Callable[[Any], str]]] = [
    (ConnectionRequest, words_of_order),
    (Enquiry, lambda row: f"{row.party}: {row.get_kind_display()}"),
    (Party, lambda row: row.reference),
    (User, words_of_person),
    (DataCentre, lambda row: f"{row.party}: {row.address}"),
    (Connection, lambda row: f"{row.party}: {row.title}"),
    (Invoice, lambda row: str(row.party)),
]

# A draft of a Party is not with DCC yet.
KEPT: dict[type[Model], Q] = {ConnectionRequest: IS_WITH_DCC}


def admin_of(site: AdminSite, request: HttpRequest, model: type[Model]) -> Any:
    """Return the admin of a register that the person may read; None of any other."""
    found = site._registry.get(model)  # noqa: SLF001  Django's door
    may = found is not None and found.has_view_permission(request)
    return found if may and isinstance(found, CommandAdmin) else None


def one_called(site: AdminSite, request: HttpRequest, text: str) -> str:
    """Return the address of the row that a reference alone names; empty if none."""
    words = read_terms(text).words
    model = CALLED.get(words[0].partition("-")[0]) if len(words) == 1 else None
    admin = admin_of(site, request, model) if model else None
    if admin is None:
        return ""
    rows = admin.get_queryset(request).filter(reference=words[0])
    pk = rows.order_by().values_list("pk", flat=True).first()
    return reverse(f"admin:{admin.list_name}_change", args=[pk]) if pk else ""


def found_in(site: AdminSite, request: HttpRequest, text: str) -> list[FoundRegister]:
    """Return what is found in each register that the person may read.

    One query or two a register, whatever there is; nothing is looked for without words.
    """
    terms = read_terms(text)
    return list(each_found(site, request, terms)) if terms.words else []


def each_found(
    site: AdminSite, request: HttpRequest, terms: Terms
) -> Iterator[FoundRegister]:
    for model, words in LOOKED:
        admin = admin_of(site, request, model)
        if admin is None:
            continue
        known = admin.get_queryset(request).filter(KEPT.get(model, Q()))
        rows, _ = admin.find(request, known, terms)
        found = list(rows.order_by("-pk")[: SHOWN + 1])
        if found:
            yield register(admin, found, words, terms)


def register(
    admin: CommandAdmin, found: list[Any], words: Callable[[Any], str], terms: Terms
) -> FoundRegister:
    name, meta = f"admin:{admin.list_name}", admin.opts
    shown = [
        FoundRow(str(row), words(row), reverse(f"{name}_change", args=[row.pk]))
        for row in found[:SHOWN]
    ]
    title = str(meta.verbose_name_plural)
    url = f"{reverse(f'{name}_changelist')}?{urlencode({'q': terms.text})}"
    return FoundRegister(title[:1].upper() + title[1:], url, shown, len(found) > SHOWN)
