"""The bands at the top of an order's page: all that is owed now, most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from common.time_left import TimeLeft
from worklist.contacts.needs import Need

CALM = "You need do nothing"


@dataclass(frozen=True)
class Band:
    """One thing at the top of an order's page.

    Args:
        title: what to do, or that there is nothing to do.
        lines: paragraphs.
        if_nothing: what happens if nobody acts, as a sentence.
        url, button: where it is done; without a button, `look` leads there.
        tone: "you", "colleagues" or "calm": who has to act.
        left: until when; `since` when the clock waits for the Party instead.
        who: who may do it, where the reader may not.
        others: which colleagues can do it too.
        paper: where the PDF to sign is.
        sections: of the guidance.
        ends_today: whether it is a right, and today its last day.
    """

    title: str
    lines: list[str] = field(default_factory=list)
    if_nothing: str = ""
    url: str = ""
    button: str = ""
    look: str = ""
    tone: str = "calm"
    left: TimeLeft | None = None
    since: date | None = None
    who: str = ""
    others: str = ""
    paper: str = ""
    sections: tuple[str, ...] = ()
    ends_today: bool = False

    @property
    def is_calm(self) -> bool:
        return self.tone == "calm"


def bands_of(needs: Iterable[Need]) -> list[Band]:
    """Return what is owed in an order: first by its Party, then by all others.

    Where the Party owes nothing, the first band says that it need do nothing.
    """
    each = list(needs)
    party = [party_band(need) for need in each if need.kind.is_of_party]
    others = gathered(other_band(need) for need in each if not need.kind.is_of_party)
    if others and not party and not is_visit(each[0]):
        first = others[0]
        others[0] = replace(first, title=f"{CALM}: {first.title}")
    return [*party, *(capital(band) for band in others)]


def is_visit(need: Need) -> bool:
    """Whether somebody comes: nothing is to be done, but somebody has to be there."""
    return bool(need.kind.is_appointment)


def party_band(need: Need) -> Band:
    words = need.words
    return Band(
        words.what,
        words.why,
        if_nothing=words.if_nothing,
        url=words.url,
        button=words.button if need.is_mine else "",
        look=words.look,
        tone="you" if need.is_mine else "colleagues",
        left=need.left,
        since=need.since,
        who=need.why_not,
        others=need.others if need.is_mine else "",
        paper=words.paper if need.is_mine else "",
        sections=words.sections,
        ends_today=need.ends_today,
    )


def other_band(need: Need) -> Band:
    words = need.words
    return Band(
        words.what,
        words.why,
        if_nothing=words.if_nothing,
        url=words.url,
        look=words.look,
        left=need.left,
        sections=words.sections,
    )


def gathered(bands: Iterable[Band]) -> list[Band]:
    """Tell once what several steps of others come to."""
    found: dict[str, Band] = {}
    for band in bands:
        known = found.get(band.title)
        if known is not None:
            lines = [*known.lines, *band.lines]
            band = replace(band, lines=lines, left=known.left or band.left)  # noqa: PLW2901  one band of both
        found[band.title] = band
    return list(found.values())


def capital(band: Band) -> Band:
    return replace(band, title=f"{band.title[0].upper()}{band.title[1:]}")
