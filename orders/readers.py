"""Who gets an e-mail of which kind.

It is declared once beside the words of each kind, and asked twice: where an e-mail is
owed, and on the page of the step that owes it. So what a page promises is what happens.
"""

from typing import NamedTuple

from parties.states import Purpose

SUBMITTERS = (Purpose.SUBMIT,)
AUTHORISERS = (Purpose.AUTHORISE,)
EVERYBODY = (Purpose.AUTHORISE, Purpose.SUBMIT)


class Readers(NamedTuple):
    """For what of the Gateway Party's people are nominated, and who else, in words."""

    purposes: tuple[Purpose, ...] = ()
    others: str = ""


READERS: dict[str, Readers] = {}


def read_by(purposes: tuple[Purpose, ...], *kinds: str, others: str = "") -> None:
    """Declare who reads e-mails of these kinds.

    Where one kind has other readers by what it is about, that stands after a colon.
    """
    READERS.update(dict.fromkeys(kinds, Readers(purposes, others)))
