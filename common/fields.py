"""Fields for figures, amounts, days, times and phone numbers, as people type them.

Each reads by the one reader of its kind; Django's own read more than people mean (1e3)
and less than they paste (£1,000).
"""

from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.days import read_day, read_moment, read_time
from common.numbers import read_number, read_pounds, read_whole
from common.phones import read_phone
from common.wording import time_words

NO_DAY = "Enter a real day, such as 5 March 2026"
NO_MOMENT = "Enter a real day and time, such as 5 March 2026, 2:30pm"
NO_TIME = "Enter a time of day, such as 8:30am or 17:00"
NO_AMOUNT = "Enter an amount in pounds, such as 12,500.00"
NO_PHONE = (
    "Enter a phone number with its area code, such as 01332 496 0123. An extension "
    "goes behind it: ext. 12"
)


class Number(forms.DecimalField):
    """A number with decimals: "1,250.5"."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    read = staticmethod(read_number)

    def to_python(self, value: object) -> Any:
        if isinstance(value, str) and value not in self.empty_values:
            try:
                value = self.read(value)
            except ValueError:
                raise ValidationError(
                    self.error_messages["invalid"], code="invalid"
                ) from None
        return super().to_python(value)


class Pounds(Number):
    """An amount in pounds: "£12,500.00"."""

    default_error_messages = {"invalid": NO_AMOUNT}
    read = staticmethod(read_pounds)


class Whole(forms.IntegerField):
    """A whole number: "210,000"."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: object) -> Any:
        if isinstance(value, str) and value not in self.empty_values:
            try:
                value = read_whole(value)
            except ValueError:
                raise ValidationError(
                    self.error_messages["invalid"], code="invalid"
                ) from None
        return super().to_python(value)


class Day(forms.DateField):
    """A day that is typed, pasted or picked with the browser's own calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": f"{NO_DAY}."}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value not in self.empty_values:
            try:
                value = read_day(value)
            except ValueError:
                raise ValidationError(
                    self.error_messages["invalid"], code="invalid"
                ) from None
        return super().to_python(value)


class Moment(forms.DateTimeField):
    """A day and a time in the UK, typed, pasted or picked."""

    widget = forms.DateTimeInput(
        format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}
    )
    default_error_messages = {"invalid": NO_MOMENT}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value not in self.empty_values:
            try:
                # Django makes it aware again, and refuses an hour that clocks skip.
                value = read_moment(value).replace(tzinfo=None)
            except ValueError:
                raise ValidationError(
                    self.error_messages["invalid"], code="invalid"
                ) from None
        return super().to_python(value)


class TimeOfDay(forms.TimeField):
    """A time of day in the UK, as people type it: "8:30am", "17:00"."""

    widget = forms.TextInput
    default_error_messages = {"invalid": NO_TIME}

    def prepare_value(self, value: Any) -> Any:
        return time_words(value) if isinstance(value, time) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value not in self.empty_values:
            try:
                value = read_time(value)
            except ValueError:
                raise ValidationError(
                    self.error_messages["invalid"], code="invalid"
                ) from None
        return super().to_python(value)


def phone(text: str) -> str:
    """Return a phone number as it is kept; nothing stays nothing.

    Raises:
        ValidationError: it is no phone number.
    """
    try:
        return read_phone(text) if text else ""
    except ValueError:
        raise ValidationError(NO_PHONE, code="invalid") from None
