"""When somebody comes to a site: the day and the times, asked back where unusual."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django import forms

from common.asking_back import AsksBack
from common.forms import PortalForm, SplitDateField
from common.staff_fields import words
from common.wording import time_words
from common.working_days import WorkingCalendar
from sites.findings import unusual_visit
from sites.forms.passport import time_of_day
from sites.models import SitePassport


class VisitTimes(AsksBack):
    """The base of forms with the day of a visit, `on`, and its two times.

    It asks back what does not go with the site; `know_site` tells it what is known.
    """

    passport: SitePassport | None = None
    today: date | None = None

    def unusual(self, answers: dict[str, Any]) -> Iterable[str]:
        if answers.get("on") and self.today:
            yield from unusual_visit(
                answers["on"],
                window_of(answers),
                passport=self.passport,
                calendar=self.calendar,
                today=self.today,
            )

    def clean(self) -> dict[str, Any]:
        """Put both times into one answer, `window`; None where neither is given."""
        answers: dict[str, Any] = super().clean()
        begin, end = answers.pop("from_time", None), answers.pop("until_time", None)
        times = {"from_time": begin, "until_time": end}
        if not self.errors.keys() & times:
            for name, wrong in disagreeing_times(begin, end):
                self.add_error(name, wrong)
        return {**answers, "window": window_of(times)}


def window_of(answers: dict[str, Any]) -> Any:
    """Return from when until when, as UK times; None unless both are given."""
    window = answers.get("from_time"), answers.get("until_time")
    return window if all(window) else None


def disagreeing_times(begin: Any, end: Any) -> Iterator[tuple[str, str]]:
    if bool(begin) != bool(end):
        missing = "until_time" if begin else "from_time"
        yield missing, "Enter both times, or neither"
    elif begin and end <= begin:
        yield "until_time", f"Enter a time after {time_words(begin)}"


def know_site(
    form: forms.Form,
    passport: SitePassport | None,
    calendar: WorkingCalendar,
    today: date,
) -> None:
    """Tell a form with a visit's day what is known of its site and of working days."""
    if isinstance(form, VisitTimes | SlotTimes):
        form.passport, form.calendar, form.today = passport, calendar, today


MOST_SLOTS = 3


class SlotTimes(AsksBack):
    """The base of forms that offer up to three days, each with its two times.

    It asks back what does not go with the site, as `VisitTimes` does.
    """

    passport: SitePassport | None = None
    today: date | None = None
    needs_one = True

    def unusual(self, answers: dict[str, Any]) -> Iterable[str]:
        for on, *window in self.offered(answers):
            if self.today and all(window):
                yield from unusual_visit(
                    on,
                    (window[0], window[1]),
                    passport=self.passport,
                    calendar=self.calendar,
                    today=self.today,
                )

    def offered(self, answers: dict[str, Any]) -> Iterator[tuple[Any, Any, Any]]:
        """Yield day and times of each of the three that has anything typed."""
        for number in range(1, MOST_SLOTS + 1):
            names = (f"on_{number}", f"from_{number}", f"until_{number}")
            slot = tuple(answers.get(name) for name in names)
            if any(slot):
                yield slot[0], slot[1], slot[2]

    def clean(self) -> dict[str, Any]:
        """Put all that is offered into one answer, `slots`."""
        answers: dict[str, Any] = super().clean()
        slots = list(self.offered(answers))
        others = {
            name: value
            for name, value in answers.items()
            if not name.startswith(("on_", "from_", "until_"))
        }
        if not self.errors:
            self.check(slots)
        return {**others, "slots": slots}

    def check(self, slots: list[tuple[Any, Any, Any]]) -> None:
        if not slots and self.needs_one:
            self.add_error("on_1", "Offer at least one day")
        for number, (on, begin, end) in enumerate(slots, 1):
            if not all((on, begin, end)):
                words = "Enter the day, from when and until when"
                self.add_error(f"on_{number}", words)
            elif end <= begin:
                words = f"Enter a time after {time_words(begin)}"
                self.add_error(f"until_{number}", words)


class GivesUpOwnForm(PortalForm):
    """The base of what a Party says when it gives up the day of its visit.

    It asks for the tick only where that costs. Source: R-3.5-7.
    """

    is_understood = forms.BooleanField(
        error_messages={"required": "Tick that you understand what it costs"}
    )

    def __init__(self, data: Any = None, *, costs: str) -> None:
        """Take what the tick says; empty where giving it up is free of charge."""
        super().__init__(data)
        tick = self.fields.pop("is_understood")
        if costs:
            tick.label = costs
            self.fields["is_understood"] = tick


class MoveOwnForm(GivesUpOwnForm, VisitTimes):  # type: ignore[misc]  # its renderer, as that of PortalForm
    """To which day a Party moves its visit, and why. Source: R-3.5-7, R-2.9.1-11."""

    on = SplitDateField(
        label="New day",
        help_text="For example 27 3 2026",
        error_messages={"required": "Enter the new day"},
    )
    from_time = time_of_day("From what time?", hint="Such as 8am")
    until_time = time_of_day(
        "Until what time?", hint="Such as 1pm. Leave both empty to keep the times"
    )
    reason = words(
        "Why does it move?", "DCC and whoever comes read it", "Say why it moves", rows=3
    )


class CallOffOwnForm(GivesUpOwnForm):
    """Why nobody is to come to a Party on that day. Source: R-3.5-7."""

    reason = words(
        "Why can it not go ahead?",
        "DCC and whoever was to come read it",
        "Say why it cannot go ahead",
        rows=3,
    )


class ChooseDayForm(PortalForm, SlotTimes):  # type: ignore[misc]  # its renderer, as that of PortalForm
    """Which of the days that are offered a Party chooses, or what it proposes."""

    needs_one = False
    slot = forms.ChoiceField(
        label="Which of them suits the site?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a day, or propose others"},
    )

    def __init__(self, data: Any = None, *, slots: Sequence[tuple[str, str]]) -> None:
        """Offer what the other side offers, as key and words; none: only propose."""
        super().__init__(data)
        if slots:
            none = ("none", "None of these: I propose other days below")
            choice: Any = self.fields["slot"]
            choice.choices = [*slots, none]
        else:
            del self.fields["slot"]
        for number in range(1, MOST_SLOTS + 1):
            self.ask_for(number)

    def ask_for(self, number: int) -> None:
        which = ("First", "Second", "Third")[number - 1]
        self.fields[f"on_{number}"] = SplitDateField(
            label=f"{which} day that you propose", required=False
        )
        self.fields[f"from_{number}"] = time_of_day("From what time?")
        self.fields[f"until_{number}"] = time_of_day("Until what time?")

    def clean(self) -> dict[str, Any]:
        """Refuse an answer that neither chooses nor proposes."""
        answers = super().clean()
        if not self.errors and self.proposes(answers) and not answers["slots"]:
            self.add_error("on_1", "Propose at least one day")
        return answers

    def proposes(self, answers: dict[str, Any]) -> bool:
        return bool(answers.get("slot", "none") == "none")


class DisputeForm(PortalForm):
    """Why a Party holds that the next visit is not its to pay for."""

    reason = words(
        "Why should the next visit be free of charge?",
        "DCC Operations reads it, decides, and tells you its reasons",
        "Say why it should be free of charge",
    )
