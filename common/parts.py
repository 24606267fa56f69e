"""What a page hands to the shared template parts: plain facts, no models."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from common.time_left import TimeLeft


@dataclass(frozen=True)
class Step:
    """One step of a timeline.

    Args:
        name: in plain words, sentence case.
        who: who does it, or did ("by DCC", "your turn").
        state: "done", "now", "late", "next", or "never" where nothing is planned.
        day: the actual day, the last day, or the planned one.
        planned: whether `day` is only a plan.
        day_note: the due or planned day and the difference, under `day`.
        cause: who or what moved it, set before `why` ("Moved by the carrier").
        why: the reason or the result, as a sentence.
    """

    name: str
    who: str = ""
    state: str = "next"
    day: date | None = None
    planned: bool = False
    day_note: str = ""
    cause: str = ""
    why: str = ""

    @property
    def state_words(self) -> str:
        words = {"done": "done", "now": "now", "late": "late", "never": "not planned"}
        return words.get(self.state, "to come")


@dataclass(frozen=True)
class Phase:
    """Some steps of a timeline under one heading, numbered from `start`.

    Args:
        title: the heading.
        steps: of this phase, in their order.
        progress: how far the phase is, in few words, beside the heading.
        start: the number of its first step.
    """

    title: str
    steps: list[Step]
    progress: str = ""
    start: int = 1


@dataclass(frozen=True)
class Tag:
    """A few words in a coloured box; `kind` is its colour: "you", "dcc", "state"."""

    words: str
    kind: str


@dataclass(frozen=True)
class MoneyRow:
    """One line of a table of money: decimals are pounds, None is a dash."""

    label: str
    cells: list[Decimal | str | None]
    small: str = ""


@dataclass(frozen=True)
class MoneyTable:
    """Amounts excluding VAT unless the caption says otherwise.

    Args:
        caption: read out before the table, not shown.
        heads: one for the label and one for each cell.
        rows: the lines.
        total: the line in bold.
        after: lines below the total, such as VAT.
        text_columns: positions among the cells, from 0, that hold words.
    """

    caption: str
    heads: list[str]
    rows: list[MoneyRow]
    total: MoneyRow | None = None
    after: list[MoneyRow] = field(default_factory=list)
    text_columns: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Task:
    """One section of a form in its task list.

    Args:
        name: of the section.
        status: in words, such as "Completed".
        url: empty when it cannot be started yet.
        hint: what was answered so far.
        tone: "done", "todo", "problem" or "blocked".
    """

    name: str
    status: str
    url: str = ""
    hint: str = ""
    tone: str = "todo"


@dataclass(frozen=True)
class Answer:
    """One row of check answers. `change` is where it can be changed, if it can."""

    question: str
    answer: str | list[str]
    change: str = ""

    @property
    def is_many(self) -> bool:
        return isinstance(self.answer, list)


@dataclass(frozen=True)
class PaperLink:
    """One document in a list of documents; one being prepared has no `url` yet."""

    name: str
    url: str
    small: str = ""


@dataclass(frozen=True)
class NeedsLine:
    """One line of what is to be done, by the reader or by a colleague.

    Args:
        left: nothing where there is no day, or the clock waits `since` one.
        url, button: where it is done, and what the button says.
        if_nothing: what happens if nobody acts, as a sentence.
        today: whether a right ends today.
        secondary: whether its button is a quiet one.
        may: who can do it too.
        who: of a colleague, who has a link alone; it is theirs `because` of something.
    """

    left: TimeLeft | None
    what: str
    where: str
    url: str
    button: str
    if_nothing: str = ""
    since: date | None = None
    today: bool = False
    secondary: bool = False
    may: str = ""
    who: str = ""
    because: str = ""


@dataclass(frozen=True)
class Action:
    """Something that can be done on a page now, and its cost in words."""

    words: str
    url: str


@dataclass(frozen=True)
class End:
    """What became of an order, and the page that leads on from it, if any does."""

    title: str
    lines: list[str] = field(default_factory=list)
    url: str = ""
    button: str = ""
    sections: tuple[str, ...] = ()
