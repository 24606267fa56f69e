"""How much bandwidth a forecast needs. Pure: a forecast in, every line of the sum out.

Each line is rounded up to what is shown and carried on so, hence a reader who repeats
the lines with a pocket calculator comes to the same end.
"""

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from orders.models import HV_STEP_MBPS
from orders.states import ConnectionType

# What standard broadband carries towards DCC, "up to": the least that LV can be.
LV_UPLOAD_MBPS = Decimal("2.5")
# A line is sold as "up to": advice leaves a fifth of it free. Our own margin.
LV_ADVISED_MBPS = LV_UPLOAD_MBPS * 4 / 5
# What superfast broadband carries towards DCC, where there is any.
LV_BEST_UPLOAD_MBPS = Decimal(10)
TIMES = "\N{MULTIPLICATION SIGN}"
BITS_A_BYTE = 8
THOUSAND = 1000
SECONDS_AN_HOUR = 3600
HOURS_A_DAY = 24
PERCENT = 100


@dataclass(frozen=True)
class Traffic:
    """One kind of message: how often a meter has it, and how large one is."""

    words: str
    a_day: Decimal
    size_bytes: int


@dataclass(frozen=True)
class Forecast:
    """The six factors in figures.

    Source: R-2.8-2, R-2.8-3, R-2.8-4, R-2.8-5, R-2.8-6, R-2.8-7.

    Args:
        parties: how many use the connection.
        meters: that each of them serves, on average.
        growth: per cent on top of the meters.
        traffic: messages by kind, with their sizes.
        peak_share: per cent of a day's messages that fall into its busiest hours.
        peak_hours: how many hours those are.
        headroom: per cent on top, for encryption, protocols and bursts.
        testing_mbps: what testing takes at the same time.
    """

    parties: int
    meters: int
    growth: Decimal
    traffic: tuple[Traffic, ...]
    peak_share: Decimal
    peak_hours: int
    headroom: Decimal = Decimal(0)
    testing_mbps: Decimal = Decimal(0)


@dataclass(frozen=True)
class SumLine:
    """One line of the sum as a reader sees it: what, how, and what comes out."""

    words: str
    how: str
    result: str


@dataclass(frozen=True)
class Suggestion:
    """What a need in Mbps suggests; without a type, it is more than may be ordered."""

    need_mbps: Decimal
    connection_type: ConnectionType | None
    rating_mbps: int | None = None

    @property
    def words(self) -> str:
        if self.connection_type == ConnectionType.HV:
            return f"HV, {self.rating_mbps} Mbps"
        return "LV" if self.connection_type else "More than one HV connection carries"


@dataclass(frozen=True)
class Worked:
    """The whole sum: its lines, its end, and its end without the testing."""

    lines: tuple[SumLine, ...]
    suggestion: Suggestion
    without_testing: Suggestion

    @property
    def need(self) -> str:
        return figure(self.suggestion.need_mbps)

    @property
    def need_without_testing(self) -> str:
        return figure(self.without_testing.need_mbps)

    @property
    def differs_without_testing(self) -> bool:
        return self.suggestion.words != self.without_testing.words

    @property
    def is_near_lv(self) -> bool:
        """Whether the best of LV might carry it, which nobody can promise."""
        return self.suggestion.need_mbps <= LV_BEST_UPLOAD_MBPS


def figure(number: Decimal | int) -> str:
    """Return a number as people write it, without needless noughts: 1,234.5."""
    plain = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def up(amount: Fraction, places: int = 0) -> Decimal:
    """Return `amount` rounded up to `places` decimals, exactly."""
    scale: int = 10**places
    return Decimal(math.ceil(amount * scale)) / scale


def raised_by(percent: Decimal) -> Decimal:
    """Return the factor that adds `percent`."""
    return Decimal(1) + percent / PERCENT


def suggest(need_mbps: Decimal, ceiling_mbps: int) -> Suggestion:
    """Return the type and rating that carry `need_mbps`. The Party may choose others.

    LV only where its slowest line would do in its slower direction with a fifth to
    spare, since "up to" is no promise; else HV at the next step of 10. Above the
    ceiling nothing can be ordered, so nothing is named.

    Source: R-2.6-2, R-2.6-3, R-2.6-12, R-2.8-1.
    """
    if need_mbps <= LV_ADVISED_MBPS:
        return Suggestion(need_mbps, ConnectionType.LV)
    rating = math.ceil(need_mbps / HV_STEP_MBPS) * HV_STEP_MBPS
    if rating > ceiling_mbps:
        return Suggestion(need_mbps, None)
    return Suggestion(need_mbps, ConnectionType.HV, rating)


def work_out(forecast: Forecast, ceiling_mbps: int) -> Worked:
    """Return the need of a forecast line by line, and what it suggests.

    Source: R-2.8-1, R-2.8-2, R-2.8-3, R-2.8-4, R-2.8-5, R-2.8-6, R-2.8-7.
    """
    meters, lines = grown_meters(forecast)
    day, more = volume_a_day(forecast, meters)
    steady, rest = steady_load(forecast, day)
    lines += more + rest
    factor = raised_by(forecast.headroom)
    busy = up(Fraction(steady) * Fraction(factor), 2)
    how = f"{figure(steady)} {TIMES} {figure(factor)}"
    lines.append(
        SumLine("With room for encryption and bursts", how, f"{figure(busy)} Mbps")
    )
    testing = forecast.testing_mbps
    need = up(Fraction(busy) + Fraction(testing), 2)
    how = f"{figure(busy)} + {figure(testing)}"
    lines.append(SumLine("With testing at the same time", how, f"{figure(need)} Mbps"))
    return Worked(
        tuple(lines), suggest(need, ceiling_mbps), suggest(busy, ceiling_mbps)
    )


def grown_meters(forecast: Forecast) -> tuple[int, list[SumLine]]:
    """Return the meters of all Parties with growth. Source: R-2.8-2, R-2.8-4."""
    now = forecast.parties * forecast.meters
    factor = raised_by(forecast.growth)
    grown = int(up(now * Fraction(factor)))
    return grown, [
        SumLine(
            "Meters of all Parties",
            f"{figure(forecast.parties)} {TIMES} {figure(forecast.meters)}",
            figure(now),
        ),
        SumLine(
            "With growth", f"{figure(now)} {TIMES} {figure(factor)}", figure(grown)
        ),
    ]


def volume_a_day(forecast: Forecast, meters: int) -> tuple[int, list[SumLine]]:
    """Return the kilobytes of a day, of 1,000 bytes each. Source: R-2.8-5, R-2.8-6."""
    lines, volumes = [], []
    for kind in forecast.traffic:
        messages = int(up(meters * Fraction(kind.a_day)))
        volume = int(up(Fraction(messages * kind.size_bytes, THOUSAND)))
        volumes.append(volume)
        how = (
            f"{figure(meters)} {TIMES} {figure(kind.a_day)} = {figure(messages)} "
            f"messages, {TIMES} {figure(kind.size_bytes)} bytes ÷ 1,000"
        )
        lines.append(SumLine(f"{kind.words}, a day", how, f"{figure(volume)} kB"))
    if len(volumes) > 1:
        how = " + ".join(figure(volume) for volume in volumes)
        lines.append(SumLine("All together, a day", how, f"{figure(sum(volumes))} kB"))
    return sum(volumes), lines


def steady_load(forecast: Forecast, day: int) -> tuple[Decimal, list[SumLine]]:
    """Return the Mbps of the busiest hours, evenly spread. Source: R-2.8-5."""
    share, hours = forecast.peak_share, forecast.peak_hours
    peak = int(up(day * Fraction(share) / PERCENT))
    seconds = hours * SECONDS_AN_HOUR
    load = up(Fraction(peak * BITS_A_BYTE, seconds * THOUSAND), 2)
    busiest = "the busiest hour" if hours == 1 else f"the busiest {hours} hours"
    return load, [
        SumLine(
            f"In {busiest}",
            f"{figure(day)} {TIMES} {figure(share)}%",
            f"{figure(peak)} kB",
        ),
        SumLine(
            "Evenly spread over that time",
            f"{figure(peak)} kB {TIMES} 8 bits ÷ {figure(seconds)} s ÷ 1,000",
            f"{figure(load)} Mbps",
        ),
    ]
