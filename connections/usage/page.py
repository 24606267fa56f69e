"""One direction of a report as it is shown, on a page and on paper. Pure."""

from dataclasses import dataclass
from datetime import date

from common.wording import long_day_words
from connections.usage.charts import MEGABIT, ReportCharts, charts_of, hour_words, mbps
from connections.usage.figures import DAY, HourUse, LineUse, UsageReport
from connections.usage.readings import readings_of_a_day
from connections.usage.says import DIRECTIONS, TO_DCC, Advice, advice_on

USUAL_READINGS = 288
# What stands in a table where there is no figure, and before one that fell.
NONE, MINUS = "\u2013", "\u2212"


@dataclass(frozen=True)
class Tile:
    """One figure of a report, in words."""

    name: str
    figure: str
    note: str
    is_soon: bool = False


@dataclass(frozen=True)
class WeekRow:
    """A week of the table, with how far it is from the week before it."""

    first_day: date
    level: str
    change: str


@dataclass(frozen=True)
class ReportShown:
    """Everything that a reader sees of one direction.

    Args:
        report: what was worked out.
        direction: `up` or `down`.
        made_on: the UK day on which it was made.
        lead_days: calendar days that a change of rate takes; None where none is to be
            had.
    """

    report: UsageReport
    direction: str
    made_on: date
    lead_days: int | None

    @property
    def use(self) -> LineUse:
        use: LineUse = getattr(self.report, self.direction)
        return use

    @property
    def towards(self) -> str:
        return DIRECTIONS[self.direction]

    @property
    def other_direction(self) -> str:
        return next(name for name in DIRECTIONS if name != self.direction)

    @property
    def other_towards(self) -> str:
        return DIRECTIONS[self.other_direction]

    @property
    def other_highest(self) -> str:
        use: LineUse = getattr(self.report, self.other_direction)
        return mbps(use.highest)

    @property
    def advice(self) -> Advice:
        return advice_on(self.use, today=self.made_on, lead_days=self.lead_days)

    @property
    def charts(self) -> ReportCharts:
        span = (self.report.first_day, self.report.last_day)
        return charts_of(self.use, span, ask_by=self.advice.ask_by, today=self.made_on)

    @property
    def rating(self) -> str:
        return mbps(self.use.rating)

    @property
    def tiles(self) -> list[Tile]:
        use, busy = self.use, self.use.busy_hour
        found = [
            Tile(
                "95th percentile of these days",
                f"{mbps(use.level)} Mbps",
                f"{use.of_rating(use.level)}% of the {self.rating} it carries",
            ),
            Tile(
                "Highest five minutes",
                f"{mbps(use.highest)} Mbps",
                f"{use.of_rating(use.highest)}%, on {long_day_words(use.highest_on)}",
            ),
        ]
        if busy is not None:
            average = f"{mbps(busy.average)} Mbps on average"
            found.append(Tile("Busy hour of a working day", span_of(busy), average))
        return [*found, *self.meeting]

    @property
    def meeting(self) -> list[Tile]:
        """When use meets the rating, where a trend says so."""
        advice, trend = self.advice, self.use.trend
        if advice.meets_on is None or trend is None:
            return []
        rise = f"at {mbps(trend.a_week)} Mbps more each week"
        day = f"{advice.meets_on.day} {advice.meets_on:%B %Y}"
        return [Tile("95th percentile meets what it carries", day, rise, is_soon=True)]

    @property
    def weeks(self) -> list[WeekRow]:
        found, before = [], None
        for week in self.use.weeks:
            change = NONE if before is None else signed(week.level - before)
            found.append(WeekRow(week.first_day, mbps(week.level), change))
            before = week.level
        return found

    @property
    def readings_words(self) -> str:
        return f"{self.report.readings:,}"

    @property
    def missing_words(self) -> str:
        missing = self.report.missing
        return f"{missing:,} missing" if missing else "none missing"

    @property
    def clock_words(self) -> str:
        """Say on which days the clocks changed, and what that did to the readings."""
        count = (self.report.last_day - self.report.first_day).days + 1
        days = [self.report.first_day + DAY * number for number in range(count)]
        found = {day: readings_of_a_day(day) for day in days}
        return "".join(
            f" {long_day_words(day)} has {number}: the clocks went "
            f"{'back' if number > USUAL_READINGS else 'forward'}."
            for day, number in found.items()
            if number != USUAL_READINGS
        )

    @property
    def quiet_words(self) -> str:
        """Say when use is lowest, which is when testing leaves most room."""
        quiet, busy = self.use.quiet_hour, self.use.busy_hour
        if quiet is None or busy is None:
            return "No working day has a reading, so no hour is known."
        return (
            f"Use is highest from {span_of(busy)}. Testing from {span_of(quiet)} would "
            "leave most room."
        )

    @property
    def above_words(self) -> str:
        above = len(self.use.above)
        if not above:
            return f"No reading came above the {self.rating} Mbps that it carries."
        days = "1 day" if above == 1 else f"{above} days"
        return f"On {days} a reading came above the {self.rating} Mbps that it carries."

    @property
    def hours(self) -> list[tuple[str, str, str]]:
        """Each hour with its average, and that as a share of what it carries."""
        return [
            (
                hour_words(one.hour),
                NONE if one.average is None else mbps(one.average),
                NONE if one.average is None else f"{self.use.of_rating(one.average)}%",
            )
            for one in self.use.hours
        ]

    @property
    def days(self) -> list[tuple[date, str, str]]:
        return [(one.day, mbps(one.level), mbps(one.highest)) for one in self.use.days]


def span_of(hour: HourUse) -> str:
    return f"{hour_words(hour.hour)} to {hour_words(hour.hour + 1)}"


def signed(bits: int) -> str:
    """Return "+0.3", or the same with a minus sign."""
    sign = MINUS if bits < 0 else "+"
    rate = abs(bits) / MEGABIT
    return f"{sign}{rate:.1f}" if f"{rate:.1f}" != "0.0" else "0.0"


def first_direction(report: UsageReport) -> str:
    """Return the direction that comes nearer to what the line carries that way."""
    up, down = report.up, report.down
    is_up = up.level * down.rating >= down.level * up.rating
    return TO_DCC if is_up else next(name for name in DIRECTIONS if name != TO_DCC)
