"""Figures that the settings give, as words: no page names one by heart."""

from django.conf import settings

# What LOWER_RATE_FROM may be, in words.
LOWER_RATE_FROM = {"renewal": "the renewal", "year": "the next year of the contract"}


def lower_rate_from() -> str:
    """Return from when a lower rate costs less, in words. Source: T13."""
    return LOWER_RATE_FROM[settings.LOWER_RATE_FROM]


def figure(setting: str, noun: str) -> str:
    """Return a setting with its unit, such as "5 working days" or "one month".

    Args:
        setting: the name of a whole number in the settings.
        noun: its unit, in the singular.
    """
    number = int(getattr(settings, setting))
    return f"one {noun}" if number == 1 else f"{number} {noun}s"
