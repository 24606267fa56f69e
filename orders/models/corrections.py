"""What a form is to say otherwise, as a contact told DCC (T35), and until when."""

from dataclasses import dataclass, field
from typing import Any

from orders.models.sections import ACKNOWLEDGEMENT

SITE = "data_centre_id"


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
