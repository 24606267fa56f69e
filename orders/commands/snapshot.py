"""The form in words, as one version of it keeps them, and what changed between two."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from common.wording import day_words
from orders.commands.paper import owe_record
from orders.documents import TEMPLATE
from orders.models import ConnectionRequest, FormVersion
from orders.models.answers import EMPTY
from orders.models.checking import short_name
from orders.models.declared import DECLARED, choices_of
from orders.models.sections import (
    ACKNOWLEDGEMENT,
    FORM,
    SHARER,
    place_of,
    title_of,
)
from parties.models import DataCentre, User

# What a pair keeps by itself: it follows the other form, and nobody types it.
FOLLOWS = "related_reference"


class FormRow(NamedTuple):
    """One answer of the form: its field, its short name, and the answer in words."""

    section: str
    field: str
    question: str
    answer: str


class AnswerDifference(NamedTuple):
    """One answer that differs between two versions. Empty is "no answer"."""

    field: str
    question: str
    before: str
    after: str

    def __str__(self) -> str:
        was, now = self.before or "no answer", self.after or "no answer"
        return f"{self.question}: {was} → {now}"


def questions() -> Iterator[tuple[str, str, str]]:
    """Yield section, field and short name of all that a form can ask, in its order."""
    for section in FORM.values():
        for field in section.answers:
            yield section.title, field, short_name(field)


def answer_rows(order: ConnectionRequest) -> list[FormRow]:
    """Return the answers that are given, in words; what is empty has no row."""
    found = (FormRow(*asked, in_words(order, asked[1])) for asked in questions())
    return [row for row in found if row.answer and is_asked(order, row.field)]


def is_asked(order: ConnectionRequest, field: str) -> bool:
    """Whoever may ask in one capacity alone is not asked in which. Source: R-2.2-2."""
    return field != "route" or order.is_capacity_asked


def snapshot(order: ConnectionRequest) -> list[FormRow]:
    """Return the whole form in words: answers, sharers and acknowledgements.

    Source: R-3.2-6.
    """
    rows = [*answer_rows(order), *sharer_rows(order), *acknowledged_rows(order)]
    return sorted(rows, key=lambda row: place_of(row.field))


def sharer_rows(order: ConnectionRequest) -> Iterator[FormRow]:
    for sharer in order.sharers.all():
        name = f"{SHARER}{sharer.pk}"
        yield FormRow(title_of(name), name, "Shared with", sharer.words)


def acknowledged_rows(order: ConnectionRequest) -> Iterator[FormRow]:
    for row in order.acknowledgements.select_related("by", "keyed_by"):
        words = row.get_what_display()
        name = f"{ACKNOWLEDGEMENT}{row.what}"
        yield FormRow(title_of(name), name, words, f"Yes, by {row.whose}")


def in_words(order: ConnectionRequest, name: str) -> str:
    """Return one answer as people read it; nothing for none."""
    value: Any = getattr(order, name)
    if value in EMPTY:
        return ""
    choices = choices_of(name)
    if isinstance(value, list):
        return ", ".join(choices.get(one, str(one)) for one in value)
    # What is in no list cannot always be looked for in one.
    is_chosen = bool(choices) and value in choices
    return choices[value] if is_chosen else plain(value, DECLARED[name].unit)


def plain(value: object, unit: str) -> str:
    """Return one answer that was not chosen from words, with its unit, in words."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, DataCentre):
        return value.address
    return f"{value} {unit}".rstrip()


def changes_between(
    before: Iterable[FormRow], after: Iterable[FormRow]
) -> list[AnswerDifference]:
    """Return what was added, removed or changed, in the order of the form. Pure.

    Source: R-3.2-6.
    """
    old = {row.field: row for row in before}
    new = {row.field: row for row in after}
    fields = dict.fromkeys([*new, *old])
    found = (change_of(old.get(field), new.get(field)) for field in fields)
    return [change for change in found if change.before != change.after]


def change_of(old: FormRow | None, new: FormRow | None) -> AnswerDifference:
    known = new or old
    assert known is not None  # noqa: S101  its field came from one of them
    before, after = old.answer if old else "", new.answer if new else ""
    return AnswerDifference(known.field, known.question, before, after)


def rows_of(version: FormVersion) -> list[FormRow]:
    """Return the rows of a version as they were kept."""
    return [FormRow(*row) for row in version.answers]


def save_version(
    order: ConnectionRequest, by: User, at: datetime, *, recorded: str = ""
) -> FormVersion:
    """Keep the form as it is sent, and ask a worker for its document.

    Args:
        recorded: who recorded it for `by`, and how it came; empty if `by` sent it.

    Source: R-3.2-6, R-0-5, R-0-2, T35.
    """
    version = FormVersion.objects.create(
        order=order,
        number=order.versions.count() + 1,
        answers=snapshot(order),
        submitted_by=by,
        submitted_at=at,
        recorded=recorded,
        guidance_version=order.guidance_version,
        template_version=TEMPLATE.version,
    )
    owe_record(version)
    return version
