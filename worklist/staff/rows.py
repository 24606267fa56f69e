"""Rows of what is owed, each with the order or the enquiry that it is about."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from common.cells import link
from worklist.models import WorkItem
from worklist.parts import Calendar
from worklist.staff.due import Due, due
from worklist.staff.pager import trail
from worklist.threads import ThreadDescription, described

Asked = Mapping[str, str]
EVERYTHING: Asked = {}


class WorkRow:
    """One thing that is owed, with the order or enquiry that it is about."""

    def __init__(
        self, item: WorkItem, due: Due, subject: ThreadDescription, asked: Asked
    ) -> None:
        what = subject.what.get(item.kind, due.what)
        self.item, self.due, self.subject = item, replace(due, what=what), subject
        self.asked = asked
        self.pk = item.pk

    @property
    def title(self) -> str:
        return self.subject.title

    @property
    def url(self) -> str:
        return f"{self.subject.url}?{trail(self.item, self.asked)}"

    @property
    def link(self) -> str:
        return link(self.url, self.item.thread)


def rows_of(
    items: list[WorkItem], today: date, asked: Asked = EVERYTHING
) -> list[WorkRow]:
    """Return rows in words. The queries do not grow with them.

    Args:
        asked: what the list asks for in which they stand, so that their pages lead on
            in it.
    """
    calendar, subject = Calendar(), described(items, today)
    return [
        WorkRow(item, due(item, today, calendar), subject[item.thread], asked)
        for item in items
    ]
