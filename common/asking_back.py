"""Asking "is that right?" of what is possible but unusual, before anything is done."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from common.money import pounds
from common.wording import long_day_words
from common.working_days import WorkingCalendar

DAY_BEGINS, DAY_ENDS = time(8), time(18)
# A digit too many or too few is ten times; half and double catch it with room to spare.
FAR = 2
YES = "Yes, that is right"


class AsksBack(forms.Form):
    """A form, for contacts or the desk, that may ask once more before it is valid.

    What is answered with yes is what was asked: another unusual day is asked about
    again.
    """

    is_right = forms.BooleanField(required=False, label=YES, widget=forms.HiddenInput)
    asked_question = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calendar = WorkingCalendar(())
        # Below what it is about.
        for name in ("is_right", "asked_question"):
            self.fields[name] = self.fields.pop(name)

    def unusual(self, answers: dict[str, Any]) -> Iterable[str]:
        """Yield what is unusual about well-formed answers, as whole sentences."""
        return ()

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        is_right = answers.pop("is_right", False)
        asked = answers.pop("asked_question", "")
        words = " ".join(filter(None, self.unusual(answers)))
        mark = hashlib.sha256(words.encode()).hexdigest()[:16]
        if words and not (is_right and asked == mark):
            self.ask(words, mark)
        return answers

    def ask(self, words: str, mark: str) -> None:
        """Show the question with a box that is not ticked yet."""
        sent: Any = self.data
        typed = sent.copy()
        typed.pop(self.add_prefix("is_right"), None)
        typed[self.add_prefix("asked_question")] = mark
        self.data = typed
        self.fields["is_right"].widget = forms.CheckboxInput()
        self.add_error("is_right", f"{words} Is that right?")


def only_asks(form: forms.Form) -> bool:
    """Say whether all that keeps a form from being valid is an open question."""
    return isinstance(form, AsksBack) and set(form.errors) == {"is_right"}


def know(form: forms.Form, calendar: WorkingCalendar) -> None:
    """Tell a form that asks back which days are working days."""
    if isinstance(form, AsksBack):
        form.calendar = calendar


def unusual_day(day: date, calendar: WorkingCalendar) -> str:
    """Return a sentence about a day on which people seldom work; nothing of others."""
    if calendar.is_working_day(day):
        return ""
    return f"{long_day_words(day)} is no working day."


def unusual_time(moment: datetime) -> str:
    """Return a sentence about a UK time at which people seldom work."""
    local = timezone.localtime(moment)
    if DAY_BEGINS <= local.time() < DAY_ENDS:
        return ""
    return f"{local:%H:%M} is outside of 08:00 to 18:00."


def unusual_amount(now: Decimal, before: Decimal) -> str:
    """Return a sentence about an amount in pounds that is far from the one before."""
    if now > before * FAR:
        return f"{pounds(now)} is more than twice the {pounds(before)} before it."
    if now * FAR < before:
        return f"{pounds(now)} is less than half of the {pounds(before)} before it."
    return ""
