"""Rows of what is owed, each with the order or the enquiry that it is about."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse

from dccportal.desk.due import Due, due
from dccportal.desk.pager import trail
from orders.commands import working_calendar
from orders.findings.looks import Evidence, count_words, evidence_of, findings
from orders.models import ConnectionRequest, Enquiry
from orders.obligations import CHECK
from worklist.models import WorkItem

Asked = Mapping[str, str]
EVERYTHING: Asked = {}


class WorkRow:
    """One thing that is owed, with the order or enquiry that it is about."""

    def __init__(self, item: WorkItem, due: Due, about: Any, asked: Asked) -> None:
        self.item, self.due, self.about, self.asked = item, due, about, asked
        self.pk = item.pk

    @property
    def title(self) -> str:
        about = self.about
        return str(about.title if self.is_order else about.get_kind_display())

    @property
    def is_order(self) -> bool:
        return isinstance(self.about, ConnectionRequest)

    @property
    def url(self) -> str:
        model = "connectionrequest" if self.is_order else "enquiry"
        page = reverse(f"admin:orders_{model}_change", args=[self.about.pk])
        return f"{page}?{trail(self.item, self.asked)}"


def rows_of(
    items: list[WorkItem], today: date, asked: Asked = EVERYTHING
) -> list[WorkRow]:
    """Return rows in words. The queries do not grow with them.

    Args:
        asked: what the list asks for in which they stand, so that their pages lead on
            in it.
    """
    calendar = working_calendar()
    threads = {item.thread for item in items}
    orders = ConnectionRequest.objects.for_pages().filter(reference__in=threads)
    about: dict[str, Any] = {order.reference: order for order in orders}
    missing = threads - about.keys()
    if missing:
        enquiries = Enquiry.objects.for_pages().filter(reference__in=missing)
        about |= {enquiry.reference: enquiry for enquiry in enquiries}
    forms = {item.thread for item in items if item.kind == CHECK.slug}
    found = evidence_of([about[thread] for thread in sorted(forms)], today)
    rows = []
    for item in items:
        row = WorkRow(item, due(item, today, calendar), about[item.thread], asked)
        if item.kind == CHECK.slug and row.about.pk in found:
            row.due = replace(row.due, what=check_words(found[row.about.pk]))
        rows.append(row)
    return rows


def check_words(evidence: Evidence) -> str:
    """Say which form is to be checked, and what the portal found in it."""
    number = len(evidence.order.rounds.all()) + 1
    which = CHECK.what if number == 1 else f"Check form {number}"
    return f"{which}: {count_words(findings(evidence))}"
