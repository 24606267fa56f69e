"""Figures that the settings give, as words: no page names one by heart."""

from django.conf import settings


def figure(setting: str, noun: str) -> str:
    """Return a setting with its unit, such as "5 working days" or "one month".

    Args:
        setting: the name of a whole number in the settings.
        noun: its unit, in the singular.
    """
    number = int(getattr(settings, setting))
    return f"one {noun}" if number == 1 else f"{number} {noun}s"
