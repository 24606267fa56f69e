from typing import NamedTuple

from django.db.models import TextChoices

from orders.states import Option


class MessageKind(TextChoices):
    """What meters and their Parties exchange with DCC, told apart by size.

    Source: R-2.8-5, R-2.8-6.
    """

    ROUTINE = "routine", "Routine requests, such as meter readings"
    OTHER = "other", "Other messages, such as alerts"
    COMPLEX = "complex", "Complex requests, such as tariff changes"

    @property
    def short(self) -> str:
        return str(self.label).partition(",")[0]

    @property
    def such_as(self) -> str:
        """An example, as a sentence."""
        return str(self.label).partition(", ")[2].capitalize()

    @property
    def factor(self) -> int:
        """Under which of the six factors the guidance has it: frequency, complexity."""
        return 5 if self == self.COMPLEX else 4


PAIRS = (Option.MEDIUM, Option.HIGH)


class OptionFacts(NamedTuple):
    """One line of the guidance's comparison of the three options. Source: R-4-1."""

    option: Option
    name: str
    short: str
    sites: int
    connections: int
    tunnels: int
    resilience: str
    cost: str
    complexity: str


OPTIONS = (
    OptionFacts(
        Option.LOW, "Low", "One data centre, one connection", 1, 1, 1, *["Low"] * 3
    ),
    OptionFacts(
        Option.MEDIUM,
        "Medium",
        "One data centre, two connections",
        *(1, 2, 2),
        *("Medium", "High", "Medium"),
    ),
    OptionFacts(
        Option.HIGH, "High", "Two data centres, two connections", 2, 2, 2, *["High"] * 3
    ),
)
