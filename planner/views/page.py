"""What the page of a plan shows, kept or not: cards, the sum, the cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from common.drawings import Drawing
from common.parts import Answer, MoneyRow, MoneyTable
from orders.models import PERIODS
from orders.states import ConnectionType, Option, Use
from planner.drawings import drawing_of
from planner.forms import LINKS, SHEET, PlanForm, period
from planner.pricing import Price, Prices, each_price, total_price
from planner.sizing import Worked, work_out
from planner.states import OPTIONS, PAIRS, MessageKind, OptionFacts

HV, LV = ConnectionType.HV, ConnectionType.LV
NAMES = ("Main connection", "Back-up connection")
ALONE = "The connection"
# Each way to lay out an option, for as long as the types are open.
WAYS = {
    False: {"One LV connection": [LV], "One HV connection": [HV]},
    True: {
        "Two LV connections": [LV, LV],
        "HV with an LV back-up": [HV, LV],
        "Two HV connections": [HV, HV],
    },
}


@dataclass(frozen=True)
class Card:
    """One option beside the others: what it is, its drawing, and how to choose it."""

    facts: OptionFacts
    drawing: Drawing
    is_chosen: bool
    query: str


class PlanPage:
    """A plan as its page asks for it.

    Args:
        form: bound to what was typed, or empty.
        prices: by type, as in force on the plan's day.
        sizes: the staff's assumptions by kind, to be named beside the inputs.
    """

    def __init__(
        self, form: PlanForm, prices: Prices, sizes: Mapping[str, Any] | None = None
    ) -> None:
        form.is_valid()
        self.form, self.prices, self.sizes = form, prices, sizes or {}
        self.worked = self.work_out()

    def work_out(self) -> Worked | None:
        forecast = self.form.forecast
        return work_out(forecast, self.form.ceiling_mbps) if forecast else None

    def chosen(self, name: str) -> Any:
        return self.form.figure_of(name)

    @property
    def option(self) -> Option | None:
        chosen = self.chosen("option")
        return Option(chosen) if chosen else None

    @property
    def is_pair(self) -> bool:
        return self.option in PAIRS

    @property
    def is_uneven(self) -> bool:
        """Whether the two of a pair were chosen to differ. Source: R-4.2-7, R-4.3-6."""
        main, backup = (self.words_of(role) for role in LINKS)
        return bool(self.is_pair and main and backup and main != backup)

    @property
    def name(self) -> str:
        return next((o.name.lower() for o in OPTIONS if o.option == self.option), "")

    @property
    def has_errors(self) -> bool:
        return bool(self.form.errors)

    @property
    def answers(self) -> dict[str, Any]:
        return self.form.answers if self.form.is_bound else {}

    @property
    def cards(self) -> list[Card]:
        """The three options. Choosing one keeps all else that was sent."""
        typed = self.form.typed
        cards = []
        for facts in OPTIONS:
            typed["option"] = facts.option.value
            drawing = drawing_of(facts.option, *map(self.words_of, LINKS))
            is_chosen = facts.option == self.option
            cards.append(Card(facts, drawing, is_chosen, typed.urlencode()))
        return cards

    def words_of(self, link: str) -> str:
        """Return what was chosen for a connection: "HV 20 Mbps"; empty if open."""
        kind, _, rating = (self.chosen(link) or "").partition("-")
        return f"{kind.upper()} {rating} Mbps" if rating else kind.upper()

    def type_of(self, link: str) -> ConnectionType | None:
        kind = (self.chosen(link) or "").partition("-")[0]
        return ConnectionType(kind) if kind else None

    @property
    def sheet(self) -> list[tuple[Any, Any]]:
        """The inputs of the worksheet, each with any assumption."""
        return [(self.form[name], self.assumed(name)) for name in SHEET]

    def assumed(self, name: str) -> Any:
        kind = name.removesuffix("_bytes")
        return self.sizes.get(kind) if name.endswith("_bytes") else None

    @property
    def unsized(self) -> list[MessageKind]:
        return self.form.kinds_without_size if self.form.is_bound else []

    @property
    def to_be_made(self) -> list[tuple[str, list[Answer]]]:
        """The requests that would come of the plan, with what each would say."""
        names = NAMES if self.is_pair else (ALONE,)
        return [
            (name, self.carried_over(role))
            for name, role in zip(names, LINKS, strict=False)
        ]

    def carried_over(self, role: str) -> list[Answer]:
        years, uses = self.chosen("years"), dict(Use.choices)
        chosen = [str(uses[use]) for use in self.chosen("uses") or []]
        return [
            Answer("Type and rating", self.words_of(role)),
            Answer("Minimum contract period", period(int(years)) if years else ""),
            Answer("What it is for", chosen or ""),
        ]

    # The cost

    @property
    def kinds(self) -> list[ConnectionType]:
        """The types that the cost is for: chosen, else suggested; empty while open."""
        suggested = self.worked and self.worked.suggestion.connection_type
        main = self.type_of("main") or suggested
        if not main or self.option is None:
            return []
        backup = self.type_of("backup") or main
        return [main, backup] if self.is_pair else [main]

    @property
    def is_suggested(self) -> bool:
        """Whether the cost is for a type that is only suggested, not chosen."""
        return bool(self.kinds) and not self.chosen("main")

    @property
    def has_prices(self) -> bool:
        return {HV, LV} <= set(self.prices)

    def each(self, kinds: list[ConnectionType]) -> list[Price]:
        is_free = bool(self.chosen("is_rdp"))
        return each_price(kinds, self.prices, lv_is_free=is_free)

    @property
    def costs(self) -> MoneyTable:
        """The cost by connection with its total, or each way while types are open."""
        kinds = self.kinds
        return self.chosen_costs(kinds) if kinds else self.open_costs()

    def chosen_costs(self, kinds: list[ConnectionType]) -> MoneyTable:
        prices = self.each(kinds)
        names = NAMES if self.is_pair else (ALONE,)
        rows = [
            cost_row(f"{name}, {kind.value.upper()}", price)
            for name, kind, price in zip(names, kinds, prices, strict=True)
        ]
        total = cost_row("Both", total_price(prices)) if self.is_pair else None
        return cost_table(rows, total)

    def open_costs(self) -> MoneyTable:
        pairs = [self.is_pair] if self.option else [False, True]
        return cost_table(
            [
                cost_row(words, total_price(self.each(kinds)))
                for is_pair in pairs
                for words, kinds in WAYS[is_pair].items()
            ]
        )

    @property
    def with_lv_backup(self) -> str:
        """What two HV connections would cost over three years with an LV back-up."""
        if self.kinds != [HV, HV]:
            return ""
        return str(total_price(self.each([HV, LV])).over(PERIODS[-1]))

    @property
    def over_chosen_years(self) -> str:
        """What the chosen period costs; an RDP commits to none. Source: T30."""
        years = "" if self.chosen("is_rdp") else self.chosen("years")
        return str(total_price(self.each(self.kinds)).over(int(years))) if years else ""


def cost_row(words: str, price: Price) -> MoneyRow:
    spans = [str(price.over(years)) for years in PERIODS]
    return MoneyRow(words, [str(price.connection), str(price.annual), *spans])


def cost_table(rows: list[MoneyRow], total: MoneyRow | None = None) -> MoneyTable:
    spans = [f"Over {period(years)}" for years in PERIODS]
    heads = ["Item", "To connect, once", "Each year", *spans]
    return MoneyTable("Indicative cost, excluding VAT", heads, rows, total)
