"""The sections of the request form: the headings, and what is accepted under each.

Which answers stand under a heading is declared of each answer.
"""

from typing import NamedTuple

from orders.models.declared import FORM_ANSWERS
from orders.states import AcknowledgementKind

ACKNOWLEDGEMENT = "acknowledged_"


class Section(NamedTuple):
    """One heading, the answers under it, and what is accepted or confirmed there."""

    title: str
    answers: tuple[str, ...]
    accepted: tuple[AcknowledgementKind, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its rows, in order."""
        return (*self.answers, *(f"{ACKNOWLEDGEMENT}{kind}" for kind in self.accepted))


def section(
    slug: str, title: str, *accepted: AcknowledgementKind
) -> tuple[str, Section]:
    """Return a heading with the answers that are declared to stand under it."""
    names = (answer.name for answer in FORM_ANSWERS if answer.section == slug)
    return slug, Section(title, tuple(names), accepted)


FORM = dict(
    (
        section("capacity", "In which capacity you ask"),
        section("connection", "Type and rating"),
        section("period", "Minimum contract period"),
        section("use", "What it is for"),
        section(
            "pair",
            "Its pair",
            AcknowledgementKind.ACTIVE_STANDBY,
            AcknowledgementKind.LAYER_2_SWITCH,
            AcknowledgementKind.LAYER_2_LINK,
            AcknowledgementKind.SMALLER_STANDBY,
        ),
        section("sharing", "Who else uses it", AcknowledgementKind.SHARING),
        section("site", "The data centre"),
        section(
            "room",
            "Room, rack and power",
            AcknowledgementKind.POWER,
            AcknowledgementKind.SPACE,
        ),
        section("building", "The building"),
        section("contacts", "Contacts"),
        section("reference", "Your date and references"),
        section(
            "care",
            "What you take responsibility for",
            AcknowledgementKind.NO_AVAILABILITY,
            AcknowledgementKind.PEP,
            AcknowledgementKind.PROTECTION,
            AcknowledgementKind.NO_DAMAGE,
        ),
    )
)
SHARER = "sharer_"
PLACES = {
    name: place
    for place, name in enumerate(
        name for section in FORM.values() for name in section.names
    )
}
TITLES = {name: part.title for part in FORM.values() for name in part.names}


def title_of(name: str) -> str:
    """Return the heading of a row; nothing for what is about no answer."""
    return FORM["sharing"].title if name.startswith(SHARER) else TITLES.get(name, "")


def place_of(name: str) -> float:
    """Return where a row stands in the form; sharers follow whether it is shared."""
    if name.startswith(SHARER):
        return PLACES["is_shared"] + 0.5
    return PLACES.get(name, len(PLACES))
