"""The band at the top of a page: what to do now. Pure."""

from dataclasses import dataclass, field
from datetime import date

from common.time_left import TimeLeft


@dataclass(frozen=True)
class Now:
    """The band at the top of an order's page.

    Args:
        title: what to do, or that there is nothing to do.
        lines: paragraphs.
        if_nothing: what happens if nobody acts, as a sentence.
        url, button: where it is done.
        is_calm: nobody waits for the reader.
        left: until when; `since` when the clock waits for the reader instead.
        paper: where the PDF to sign is.
        sections: of the guidance.
    """

    title: str
    lines: list[str] = field(default_factory=list)
    if_nothing: str = ""
    url: str = ""
    button: str = ""
    is_calm: bool = True
    left: TimeLeft | None = None
    since: date | None = None
    paper: str = ""
    sections: tuple[str, ...] = ()
