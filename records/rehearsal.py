"""What a command would tell by e-mail, in the very words, before anything is done."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial

from common.pages import Answers, CommandPage, Person, Result, Subject
from records.unit import taken_back


@dataclass(frozen=True)
class Letter:
    """One e-mail as it would go: the same words to each address of `to`."""

    to: tuple[str, ...]
    subject: str
    text: str


class ReadFirst(CommandPage[Subject, Person, Result]):
    """A page whose e-mails can be read, word for word, before they go."""

    reads_first = True

    def letters_first(
        self, subject: Subject, user: Person, answers: Answers
    ) -> list[Letter]:
        return rehearsed(partial(self.run, subject, user, {**answers}))


_written: ContextVar[list[Letter] | None] = ContextVar("written", default=None)


def rehearsed(act: Callable[[], object]) -> list[Letter]:
    """Do `act`, take it back, and return the e-mails that it would owe, in its order.

    Raises:
        Whatever `act` refuses: what is refused is found out before it is confirmed.
    """
    written: list[Letter] = []
    token = _written.set(written)
    try:
        with taken_back():
            act()
    finally:
        _written.reset(token)
    return together(written)


def note_letter(to: str, subject: str, text: str) -> None:
    """Note an e-mail that is owed, where somebody wants to read it first."""
    written = _written.get()
    if written is not None:
        written.append(Letter((to,), subject, text))


def is_rehearsed() -> bool:
    """Say whether all of it is about to be taken back, which no stored file can be."""
    return _written.get() is not None


def together(letters: list[Letter]) -> list[Letter]:
    """Return them with each text once, to all who get it."""
    found: dict[tuple[str, str], list[str]] = {}
    for letter in letters:
        found.setdefault((letter.subject, letter.text), []).extend(letter.to)
    return [Letter(tuple(to), *words) for words, to in found.items()]
