"""What a form is to say otherwise, as a contact told DCC (T35), and until when."""

from dataclasses import dataclass, field
from typing import Any

from orders.models.answers import REOPENS_REVIEW, UNTIL_BUILT
from orders.models.sections import ACKNOWLEDGEMENT
from orders.states import ON_SITE, UNDER_WAY

SITE = "data_centre_id"
# Which other form it belongs with: pairs are made and parted by their own commands.
PAIRED = "related_reference"


def may_be_corrected(name: str, state: str) -> bool:
    """Say whether an answer can be corrected while its order is in a state.

    Once somebody has signed, only what neither the review nor the price rests on; our
    own rule.

    Args:
        name: of an answer, by its column or its field, or of an acknowledgement.
    """
    if state in ON_SITE:
        return name in UNTIL_BUILT
    return state not in UNDER_WAY or name != PAIRED


@dataclass(frozen=True)
class Corrections:
    """What a form is to say otherwise.

    Args:
        answers: by the order's own names, already well formed.
        ticked: kinds of acknowledgement that the contact made themselves.
        taken_back: kinds that they take back.
        new_site: the facts of a data centre that is not in the register yet.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    ticked: frozenset[str] = frozenset()
    taken_back: frozenset[str] = frozenset()
    new_site: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The order's names of all that is corrected, acknowledgements too."""
        site = [SITE] if self.new_site else []
        boxes = (f"{ACKNOWLEDGEMENT}{kind}" for kind in self.ticked | self.taken_back)
        return [*self.answers, *site, *sorted(boxes)]

    @property
    def reopens_review(self) -> bool:
        """Whether the site review or the price rests on any of it."""
        return not REOPENS_REVIEW.isdisjoint(self.names)
