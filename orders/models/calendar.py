"""The days on which nobody works."""

from django.db import models

from common.wording import day_words
from orders.querysets import BankHolidayQuerySet


class BankHoliday(models.Model):
    """A day that is no working day in a division. Seeded, then kept by staff."""

    class Division(models.TextChoices):
        ENGLAND = "ENG", "England and Wales"
        SCOTLAND = "SCT", "Scotland"
        NORTHERN_IRELAND = "NIR", "Northern Ireland"

    division = models.CharField(max_length=3, choices=Division)
    day = models.DateField()
    name = models.CharField(max_length=100)

    objects = BankHolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "day"], name="one_bank_holiday_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {day_words(self.day)}"

    @property
    def thread(self) -> str:
        return "BANK-HOLIDAYS"
