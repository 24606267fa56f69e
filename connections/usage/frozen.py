"""A report as it is kept: figures as JSON and back, the same for ever."""

from dataclasses import asdict
from datetime import date
from typing import Any

from connections.usage.figures import (
    DayUse,
    HourUse,
    LineUse,
    Trend,
    UsageReport,
    WeekUse,
)


def frozen(report: UsageReport) -> dict[str, Any]:
    """Return a report as what JSON knows; days in ISO 8601."""
    return dict(of_json(asdict(report)))


def of_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: of_json(one) for name, one in value.items()}
    return [of_json(one) for one in value] if isinstance(value, list) else value


def thawed(kept: dict[str, Any]) -> UsageReport:
    """Return a kept report as it was worked out."""
    days = {name: day_of(kept[name]) for name in ("first_day", "last_day")}
    uses = {name: use_of_json(kept[name]) for name in ("up", "down")}
    return UsageReport(**{**kept, **days, **uses})


def day_of(text: str) -> date:
    return date.fromisoformat(text)


def use_of_json(kept: dict[str, Any]) -> LineUse:
    trend = kept["trend"]
    meets_on = trend and trend["meets_on"] and day_of(trend["meets_on"])
    return LineUse(
        **{
            **kept,
            "highest_on": day_of(kept["highest_on"]),
            "days": [
                DayUse(**{**day, "day": day_of(day["day"])}) for day in kept["days"]
            ],
            "hours": [HourUse(**hour) for hour in kept["hours"]],
            "weeks": [
                WeekUse(day_of(week["first_day"]), week["level"])
                for week in kept["weeks"]
            ],
            "trend": Trend(trend["a_week"], meets_on or None) if trend else None,
        }
    )
