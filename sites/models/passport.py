"""How people get into a data centre, kept once a site and never overwritten."""

from datetime import date, time
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from common.wording import time_words
from common.working_days import WorkingCalendar
from parties.models import DataCentre
from sites.querysets import PassportQuerySet
from sites.states import RamsWanted, SiteDays

MOST_NOTICE_DAYS = 60
SUNDAY = 6


class SitePassport(models.Model):
    """One version of what somebody must know to get into a data centre.

    A correction is a new version that says why; what an order was told stays readable.
    The first words of a field are what pages and letters call the fact.

    Source: R-2.13-2, R-2.13-4, R-3.5-2, R-3.5-3.
    """

    data_centre = models.ForeignKey(
        DataCentre, on_delete=models.PROTECT, related_name="passports"
    )
    number = models.PositiveSmallIntegerField(editable=False)

    owner = models.CharField("owner of the building", max_length=200, blank=True)
    landlord = models.CharField(
        "landlord or operator, whose rules come first", max_length=200, blank=True
    )
    days = models.CharField(
        "days on which people are let in", max_length=10, choices=SiteDays, blank=True
    )
    opens_at = models.TimeField("opens", null=True, blank=True)
    closes_at = models.TimeField("closes", null=True, blank=True)
    arrive_by = models.TimeField("arrive by", null=True, blank=True)
    notice_working_days = models.PositiveSmallIntegerField(
        "notice the site needs",
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_NOTICE_DAYS)],
    )
    notice_says = models.CharField(
        "what the notice must say", max_length=200, blank=True
    )
    own_documents = models.TextField(
        "documents that the data centre raises itself", blank=True
    )
    rams = models.CharField(
        "risk assessment and method statement (RAMS)",
        max_length=10,
        choices=RamsWanted,
        blank=True,
    )
    identity = models.CharField("identity checks", max_length=200, blank=True)
    induction = models.CharField("induction", max_length=200, blank=True)
    parking = models.CharField("parking and unloading", max_length=200, blank=True)
    escort = models.CharField("escort", max_length=200, blank=True)
    first_contact = models.CharField(
        "first call on the day", max_length=150, blank=True
    )
    first_phone = models.CharField("phone of the first call", max_length=40, blank=True)
    second_contact = models.CharField("if nobody answers", max_length=150, blank=True)
    second_phone = models.CharField(
        "phone of the second call", max_length=40, blank=True
    )
    rack = models.CharField("rack", max_length=200, blank=True)
    power = models.CharField("power", max_length=200, blank=True)
    rules = models.TextField("other rules of the site", blank=True)

    why = models.TextField("why it was changed", blank=True)
    # Nobody where it was taken over from the notes of an order.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = PassportQuerySet.as_manager()

    class Meta:
        ordering = ["data_centre", "-number"]
        verbose_name = "site passport"
        constraints = [
            models.UniqueConstraint(
                fields=["data_centre", "number"], name="passport_numbers_run_by_site"
            ),
            models.CheckConstraint(
                name="passport_after_the_first_says_why",
                condition=Q(number=1) | ~Q(why=""),
            ),
            models.CheckConstraint(
                name="passport_opens_before_it_closes",
                condition=Q(opens_at=None)
                | Q(closes_at=None)
                | Q(opens_at__lt=F("closes_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.data_centre}, version {self.number}"

    @property
    def facts(self) -> dict[str, Any]:
        """What it says, by field."""
        return {name: getattr(self, name) for name in FACTS}

    @property
    def is_complete(self) -> bool:
        """Whether it says all that nobody can travel without."""
        return all(getattr(self, name) not in (None, "") for name in NEEDED)

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What it says in words, fact by fact; what it does not say is left out."""
        found = ((label(name), words_of(name, self)) for name in FACTS)
        return [(name, words) for name, words in found if words]

    def changes_since(self, older: "SitePassport") -> list[tuple[str, str, str]]:
        """Return what it says otherwise than an older version: fact, before, now."""
        both = ((name, words_of(name, older), words_of(name, self)) for name in FACTS)
        return [(label(name), was, now) for name, was, now in both if was != now]

    def is_open_on(self, day: date, calendar: WorkingCalendar) -> bool:
        """Say whether people are let in on a UK day, as far as it says."""
        if self.days == SiteDays.WORKING:
            return calendar.is_working_day(day)
        return not (self.days == SiteDays.SATURDAYS and day.weekday() == SUNDAY)

    def is_open_at(self, start: time, end: time) -> bool:
        """Say whether a window of UK times lies within its hours, as far as it says."""
        opens, closes = self.opens_at, self.closes_at
        return (opens is None or opens <= start) and (closes is None or end <= closes)


# Without these nobody knows when to come, what to bring and whom to call.
NEEDED = (
    "owner",
    "days",
    "opens_at",
    "closes_at",
    "notice_working_days",
    "rams",
    "first_contact",
    "first_phone",
)
FACTS = tuple(
    field.name
    for field in SitePassport._meta.local_fields  # noqa: SLF001  Django's own, documented
    if field.name not in ("id", "data_centre", "number", "why", "by", "at")
)


def changed_at_site(
    told: SitePassport | None, newest: SitePassport | None
) -> list[tuple[str, str, str]]:
    """Return what a site says otherwise than somebody was told: fact, before, now.

    Nothing where nobody was told anything, or nothing is known of the site.
    """
    return newest.changes_since(told) if newest and told else []


def label(name: str) -> str:
    words = str(getattr(SitePassport, name).field.verbose_name)
    return f"{words[0].upper()}{words[1:]}"


def words_of(name: str, passport: SitePassport) -> str:
    """Return one fact as people read it; nothing where it is not known."""
    value: Any = getattr(passport, name)
    if value in (None, ""):
        return ""
    if isinstance(value, time):
        return time_words(value)
    if name == "notice_working_days":
        return f"{value} working day{'' if value == 1 else 's'}" if value else "None"
    display = getattr(passport, f"get_{name}_display", None)
    return str(display() if display else value)
