"""Where things stand in a drawing. Pure: days and places in, positions out."""

from dataclasses import dataclass
from datetime import date

from common.clock import MONTHS_A_YEAR, add_months


@dataclass(frozen=True)
class YearLabel:
    """The name of one year on a bar: its middle, and whether it stands on the fill."""

    number: int
    x: float
    on_fill: bool


@dataclass(frozen=True)
class TimeBar:
    """A bar of months, with a border a year, filled up to today, a window near its end.

    Args:
        starts_on: UK day on which it begins.
        months: how many.
        today: UK day; before or after the bar it is shown at its edge.
        window: first and last UK day of the window.
        left, right: edges in user units.
    """

    starts_on: date
    months: int
    today: date
    window: tuple[date, date]
    left: float = 20
    right: float = 755
    narrow: float = 60

    @property
    def ends_on(self) -> date:
        """The day after the last one."""
        return add_months(self.starts_on, self.months)

    @property
    def years(self) -> int:
        """How many years it has, the last of which may be a shorter one."""
        return -(-self.months // MONTHS_A_YEAR)

    def year_start(self, number: int) -> date:
        """Return where a year begins; the end of the bar for the one after the last."""
        return add_months(self.starts_on, min(number * MONTHS_A_YEAR, self.months))

    def x(self, day: date) -> float:
        whole = (self.ends_on - self.starts_on).days
        part = (day - self.starts_on).days
        at = self.left + (self.right - self.left) * part / whole
        return round(min(max(at, self.left), self.right), 1)

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def today_x(self) -> float:
        return self.x(self.today)

    @property
    def filled(self) -> float:
        return round(self.today_x - self.left, 1)

    @property
    def window_x(self) -> float:
        return self.x(self.window[0])

    @property
    def window_end_x(self) -> float:
        return self.x(self.window[1])

    @property
    def window_width(self) -> float:
        return round(self.window_end_x - self.window_x, 1)

    @property
    def window_middle(self) -> float:
        return round((self.window_x + self.window_end_x) / 2, 1)

    @property
    def borders(self) -> list[tuple[float, bool]]:
        """Where one year meets the next, and whether that is on the fill."""
        edges = [self.x(self.year_start(number)) for number in range(1, self.years)]
        return [(edge, edge < self.today_x) for edge in edges]

    @property
    def labels(self) -> list[YearLabel]:
        return [self.label(number) for number in range(1, self.years + 1)]

    def label(self, number: int) -> YearLabel:
        """Place a year's name where its ground is of one colour and wide enough."""
        start, end = (
            self.x(self.year_start(number - 1)),
            self.x(self.year_start(number)),
        )
        split = min(max(self.today_x, start), end)
        on_fill = split - start >= min(self.narrow, end - start)
        edges = (start, split) if on_fill else (split, end)
        return YearLabel(number, round(sum(edges) / 2, 1), on_fill)


@dataclass(frozen=True)
class WindowBar:
    """The months around a decision: from before its window to after its period.

    Args:
        window: first and last UK day of the time to decide.
        ends_on: UK day after the period.
        today: UK day.
        left, right: edges in user units.
    """

    window: tuple[date, date]
    ends_on: date
    today: date
    left: float = 20
    right: float = 1000
    before: int = 2
    after: int = 3

    def x(self, day: date) -> float:
        begins = add_months(self.window[0], -self.before)
        ends = add_months(max(self.ends_on, self.window[1]), self.after)
        part = (day - begins).days / (ends - begins).days
        at = self.left + (self.right - self.left) * part
        return round(min(max(at, self.left), self.right), 1)

    @property
    def opens_x(self) -> float:
        return self.x(self.window[0])

    @property
    def closes_x(self) -> float:
        return self.x(self.window[1])

    @property
    def open_width(self) -> float:
        return round(max(self.closes_x - self.opens_x, 2), 1)

    @property
    def ends_x(self) -> float:
        return self.x(self.ends_on)

    @property
    def today_x(self) -> float:
        return self.x(self.today)

    @property
    def running(self) -> float:
        return round(self.ends_x - self.left, 1)

    @property
    def then(self) -> float:
        return round(self.right - self.ends_x, 1)

    @property
    def then_middle(self) -> float:
        return round((self.right + self.ends_x) / 2, 1)


@dataclass(frozen=True)
class Look:
    """How a box is drawn: its colours, its corners, and whether its line is broken."""

    fill: str
    stroke: str
    ink: str
    radius: int = 4
    dashes: str = ""
    weight: int = 600


@dataclass(frozen=True)
class Box:
    """A box with its words in the middle, in user units.

    Args:
        x, y: of its upper left corner.
        look: colours and corners.
        small: a second, smaller line below the words.
    """

    x: int
    y: int
    width: int
    height: int
    words: str
    look: Look
    small: str = ""

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def baseline(self) -> float:
        """Where the words stand: centred, or above a smaller line."""
        return self.y + self.height / 2 + (-2.5 if self.small else 4.7)

    @property
    def small_baseline(self) -> float:
        return self.baseline + 15


@dataclass(frozen=True)
class Wire:
    """A line between boxes: an SVG path, how thick, and broken if it stands by."""

    path: str
    stroke: str
    width: float
    dashes: str = ""


@dataclass(frozen=True)
class Label:
    """Words beside a line. `anchor` is SVG's: start, middle or end."""

    x: int
    y: int
    words: str
    anchor: str = "start"


@dataclass(frozen=True)
class Drawing:
    """A drawing with its words for those who do not see it.

    Args:
        name: unique on its page.
        title, description: the text alternative.
        grounds: boxes behind everything else.
        wires, boxes, labels: in the order in which they are laid down.
    """

    name: str
    title: str
    description: str
    width: int
    height: int
    grounds: tuple[Box, ...] = ()
    wires: tuple[Wire, ...] = ()
    boxes: tuple[Box, ...] = ()
    labels: tuple[Label, ...] = ()
