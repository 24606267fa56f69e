"""The long parts of an order's page, each read when it is opened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orders.file import OrderFile
from orders.wording import state_words
from quotes.models import PagePicture


@dataclass(frozen=True)
class LongSection:
    """One of them: its words, its template, and what it shows of an order."""

    slug: str
    title: str
    template: str
    context: Callable[[OrderFile], dict[str, Any]]
    is_for_all: bool = False

    def is_read_by(self, file: OrderFile) -> bool:
        return self.is_for_all or file.user.is_dcc


def emails(file: OrderFile) -> dict[str, Any]:
    return {"emails": file.emails}


def papers(file: OrderFile) -> dict[str, Any]:
    """Return the files, each with the picture of its first page if there is one."""
    pictures = PagePicture.objects.visible_to(file.user)
    first = pictures.filter(number=1, document__thread=file.order.thread)
    shown = {page.document_id: page for page in first}
    return {"papers": [(paper, shown.get(paper.pk)) for paper in file.documents]}


def linked(file: OrderFile) -> dict[str, Any]:
    rows = file.at_same_site[:20]
    return {"linked": [(row, state_words(row.state)) for row in rows]}


def history(file: OrderFile) -> dict[str, Any]:
    return {"events": file.events}


# Suppliers read it too, as far as it is theirs.
HISTORY = LongSection(
    "history", "History", "desk/part/history.html", history, is_for_all=True
)
LONG_SECTIONS = (
    LongSection("emails", "E-mails sent", "desk/part/emails.html", emails),
    LongSection("papers", "Documents", "desk/part/papers.html", papers),
    LongSection("linked", "Other orders at this site", "desk/part/linked.html", linked),
    HISTORY,
)
