"""What a command would tell by e-mail, in the very words, before anything is done."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial

from django.db.models.fields.files import FieldFile

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


@dataclass(frozen=True)
class Rehearsal:
    """What one rehearsal wrote that no rollback takes back, or that is to be shown."""

    letters: list[Letter]
    files: list[FieldFile]


_going_on: ContextVar[Rehearsal | None] = ContextVar("going_on", default=None)


def rehearsed(act: Callable[[], object]) -> list[Letter]:
    """Do `act`, take it back, and return the e-mails that it would owe, in its order.

    Raises:
        Whatever `act` refuses: what is refused is found out before it is confirmed.
    """
    going_on = Rehearsal([], [])
    token = _going_on.set(going_on)
    try:
        with taken_back():
            act()
    finally:
        _going_on.reset(token)
        for file in going_on.files:
            file.delete(save=False)
    return together(going_on.letters)


def note_letter(to: str, subject: str, text: str) -> None:
    """Note an e-mail that is owed, where somebody wants to read it first."""
    going_on = _going_on.get()
    if going_on is not None:
        going_on.letters.append(Letter((to,), subject, text))


def note_file(file: FieldFile) -> None:
    """Note a stored file, whose row is taken back where this is a rehearsal."""
    going_on = _going_on.get()
    if going_on is not None:
        going_on.files.append(file)


def together(letters: list[Letter]) -> list[Letter]:
    """Return them with each text once, to all who get it."""
    found: dict[tuple[str, str], list[str]] = {}
    for letter in letters:
        found.setdefault((letter.subject, letter.text), []).extend(letter.to)
    return [Letter(tuple(to), *words) for words, to in found.items()]
