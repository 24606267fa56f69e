"""What is owed in an order, each with the button that sees to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dccportal.desk.steps import KEYS, PAGES
from orders.file import OrderFile
from orders.steps.base import OrderPage
from worklist.models import WorkItem
from worklist.policies import may_look_after
from worklist.staff.due import Due, due

Link = Callable[[OrderPage[Any]], str]


@dataclass(frozen=True)
class OwedLine:
    """One thing that is owed, and what the person can do about it."""

    item: WorkItem
    due: Due
    is_mine: bool
    may_take: bool
    may_give: bool
    label: str = ""
    url: str = ""

    @property
    def key(self) -> str:
        """Return the key that leads to it, if it is one of the page's."""
        slug = self.url.partition("?")[0].rstrip("/").rpartition("/")[2]
        return KEYS.get(slug, "")


def work_of(file: OrderFile) -> list[tuple[WorkItem, Due]]:
    """Return what is owed now in an order, and in words, the most urgent first."""
    return [(item, due(item, file.today, file.working_days)) for item in file.work]


def owed_lines(
    work: list[tuple[WorkItem, Due]], file: OrderFile, link: Link
) -> list[OwedLine]:
    """Return what is owed now, the most urgent first, each with its button."""
    return [line(item, due, file, link) for item, due in work]


def line(item: WorkItem, due: Due, file: OrderFile, link: Link) -> OwedLine:
    may = may_look_after(item.declared, file.user)
    label, url = button(item, file, link) if may else ("", "")
    return OwedLine(
        item=item,
        due=due,
        is_mine=item.owner_id == file.user.pk,
        may_take=may and item.owner_id is None,
        may_give=may,
        label=label,
        url=url,
    )


def button(item: WorkItem, file: OrderFile, link: Link) -> tuple[str, str]:
    """Return the words and the address of what sees to it; empty if nothing can now."""
    if item.declared.done_at is not None:
        return item.declared.done_at(item)
    pages = [one for one in PAGES if sees_to(one, item, file)]
    # What was done and can only be done again gives way to what comes after it.
    pages.sort(key=lambda one: one.is_done(file))
    return (pages[0].named(file), link(pages[0])) if pages else ("", "")


def sees_to(page: OrderPage[Any], item: WorkItem, file: OrderFile) -> bool:
    """Say whether a step sees to a thing, and can be taken now."""
    if item.declared not in page.sees_to or not page.may(file, file.user):
        return False
    return page.is_listed(file) and not page.obstacle(file, file.user)
