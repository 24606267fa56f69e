"""Rows that were kept before there was one form of a line: for migrations."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from common.lines import look, one_line
from common.look import LONGEST

WHY = (
    "It looked the same as an earlier one: the two differed only in capitals, dashes, "
    "apostrophes or signs that nobody sees. Nothing else changed."
)
Rename = tuple[Any, str, str]


def tidy_lines(model: Any, fields: Iterable[str]) -> None:
    """Bring the one-line texts of all rows into the form in which they are kept now."""
    names = list(fields)
    for row in model.objects.only("pk", *names).iterator(chunk_size=500):
        found = {name: one_line(getattr(row, name)) for name in names}
        changed = {
            name: text for name, text in found.items() if text != vars(row)[name]
        }
        if changed:
            model.objects.filter(pk=row.pk).update(**changed)


def told_apart(model: Any, field: str, within: str = "") -> Iterator[Rename]:
    """Set the looks of `field`, and number what looks like an earlier row.

    Args:
        within: the field whose rows must differ; nothing means all rows.

    Yields:
        Each row that had to be renamed, with its words before and after.
    """
    taken: set[tuple[Any, str]] = set()
    most = model._meta.get_field(field).max_length  # noqa: SLF001  documented
    for row in model.objects.order_by("pk").iterator(chunk_size=500):
        if not getattr(row, field):
            continue
        before, group = getattr(row, field), getattr(row, within) if within else None
        after = first_free(before, lambda text, g=group: (g, look(text)) in taken, most)
        taken.add((group, look(after)))
        looks = {f"{field}_look": look(after)[:LONGEST]}
        model.objects.filter(pk=row.pk).update(**{field: after}, **looks)
        if after != before:
            yield row, before, after


def first_free(text: str, is_taken: Any, most: int) -> str:
    """Return `text`, or `text` with the first number that nobody has: "Hut (2)"."""
    if not text or not is_taken(text):
        return text
    number = 2
    while True:
        ending = f" ({number})"
        found = text[: most - len(ending)] + ending
        if not is_taken(found):
            return found
        number += 1


def tell(apps: Any, row: Any, thread: str, what: str) -> None:
    """Append to the history that a migration changed a row, and why."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=row._meta.app_label,  # noqa: SLF001  the documented API of models
        model=row._meta.model_name,  # noqa: SLF001  as above
    )
    now = timezone.now()
    apps.get_model("records", "Event").objects.create(
        thread=thread,
        subject_type=kind,
        subject_pk=row.pk,
        subject_words=thread,
        name="tell_apart",
        what=what[:200],
        at=now,
        recorded_at=now,
        why=WHY,
    )
