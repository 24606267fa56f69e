"""What stands in an e-mail for facts that nobody has yet.

A kind that was never sent is read by its own template all the same: real rows where
there are some, such as the order that staff name, and for each other fact its name in
square brackets. A day, an instant and an amount are told by the filter that writes
them, so that they read as they will: they are examples, and nothing else is invented.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch

from common.clock import uk_date
from records.commands.notices import worded
from records.when_sent import ROWS

VARIABLE = re.compile(r"{{\s*([\w.]+)\s*((?:\|[^}]*)?)}}")
INCLUDED = re.compile(r'{% include "emails/([\w.]+)"')
IN_TAG = re.compile(r"{%(.*?)%}", re.DOTALL)
IN_QUOTES = re.compile(r"\"[^\"]*\"|'[^']*'")
NAME = re.compile(r"(?<![\w.])[a-z_]+")
PAIRS = re.compile(r"{% for (\w+), (\w+) in (\w+) %}")
# What a name says of the kind of value, and not of what is written.
NOISE = re.compile(r"\bget | (?:display|words|word|label)\b")
EXAMPLE_NET, EXAMPLE_SPEED = Decimal("1000.00"), Decimal(80)
# What addresses are made of, or the end of one.
IN_ADDRESSES: dict[str, object] = {
    "reference": "REF-0000",
    **dict.fromkeys(("pk", "number", "report_id"), 0),
    **dict.fromkeys(("page", "desk_url", "gate_url", "get_absolute_url"), "/"),
}
# What a real row lacks that has not come so far as the words of a kind take it to be.
UNFIT = (AttributeError, TypeError, NoReverseMatch)
WRITERS = r"uk_time|uk_date|uk_day|date|pounds|floatformat"


class Blank:
    """Answers any name with a blank of that name: `[the session’s name]`."""

    def __init__(self, name: str, examples: dict[str, object]) -> None:
        self.name, self.examples = name, examples

    def __getitem__(self, name: str) -> object:
        if name.isdecimal():
            return self
        found = self.examples.get(name)
        return (
            found if found is not None else Blank(f"{self.name} {name}", self.examples)
        )

    def __str__(self) -> str:
        return f"[{NOISE.sub('', self.name.replace('_', ' ')).strip()}]"

    def __iter__(self) -> Iterator["Blank"]:
        yield self

    def __len__(self) -> int:
        return 1


def source_of(kind: str) -> dict[str, str]:
    """Return the words of a kind as they are kept: of its subject and of its body."""
    folder = settings.BASE_DIR / "templates" / "emails" / kind
    return {part: whole(folder / f"{part}.txt") for part in ("subject", "body")}


def whole(path: Path) -> str:
    """Return a template with what it includes behind it."""
    text = path.read_text()
    names = dict.fromkeys(INCLUDED.findall(text))
    return "\n".join([text, *(whole(path.parents[1] / name) for name in names)])


def examples_in(text: str, at: datetime) -> dict[str, object]:
    """Return an example of each value that a filter writes, by the last of its name."""
    of = {"uk_time": at, "pounds": EXAMPLE_NET, "floatformat": EXAMPLE_SPEED}
    days = dict.fromkeys(("uk_date", "uk_day", "date"), uk_date(at))
    found: dict[str, object] = {**IN_ADDRESSES}
    for name, filters in VARIABLE.findall(text):
        last = name.rsplit(".", 1)[-1]
        for writer in re.findall(rf"\|({WRITERS})\b", filters):
            found.setdefault(last, (of | days)[writer])
            if writer == "uk_time":
                found[last] = at
    return found


def names_in(text: str) -> set[str]:
    """Return what a template asks for by name."""
    tags = " ".join(IN_QUOTES.sub("", tag) for tag in IN_TAG.findall(text))
    written = {name.split(".")[0] for name, _ in VARIABLE.findall(text)}
    return written | set(NAME.findall(tags))


def rows_for(names: set[str], thread: str) -> dict[str, Any]:
    """Return the rows of one order, or of the newest that has what is named."""
    found: dict[str, Any] = {}
    for name in reversed(ROWS):
        row: Any = ROWS[name](thread) if name in names else None
        if row is not None:
            found[name], thread = row, thread or row.thread
    return found


def facts_for(kind: str, at: datetime, rows: dict[str, Any]) -> dict[str, Any]:
    """Return facts for a kind: these rows, and blanks for whatever they are not."""
    text = "\n".join(source_of(kind).values())
    examples = examples_in(text, at)
    facts = {
        name: rows.get(name) or examples.get(name) or Blank(name, examples)
        for name in names_in(text)
    }
    for one, other, pairs in PAIRS.findall(text):
        facts[pairs] = [(facts[one], facts[other])]
    return facts


def with_blanks(kind: str, thread: str, at: datetime) -> dict[str, str]:
    """Return the subject and the text of a kind, from real rows and from blanks."""
    names = names_in("\n".join(source_of(kind).values()))
    try:
        return worded(kind, facts_for(kind, at, rows_for(names, thread)))
    except UNFIT:
        return worded(kind, facts_for(kind, at, {}))
