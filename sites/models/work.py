"""Access to an order's site, and what was found and installed there."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from common.constraints import both_positive_or_none
from orders.models import ConnectionRequest, ResilienceGroup
from parties.models import User
from records.models import Document
from sites.models.passport import SitePassport
from sites.models.visit import SiteVisit
from sites.querysets import AccessQuerySet, OnSiteQuerySet
from sites.states import PathAnswer, StageKind


class SiteAccess(models.Model):
    """How an order's site lets people in, since when that is agreed, and the space.

    Source: R-3.5-1, R-3.5-3, R-2.13-1, R-3.7-2.
    """

    order = models.OneToOneField(
        ConnectionRequest, on_delete=models.PROTECT, related_name="access"
    )
    has_rules = models.BooleanField("the site has rules for visits")
    rules = models.TextField(blank=True)
    agreed_at = models.DateTimeField(null=True, editable=False)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    notes = models.TextField(blank=True)
    # What the Party confirmed for this order, of all versions that the site has.
    passport = models.ForeignKey(
        SitePassport, null=True, on_delete=models.PROTECT, related_name="accesses"
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    space_confirmed_at = models.DateTimeField(null=True, editable=False)
    space_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "site access"
        constraints = [
            models.CheckConstraint(
                name="access_agreed_names_who_agreed_it",
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="access_confirmed_names_version_person_and_time",
                condition=Q(
                    passport__isnull=True,
                    confirmed_at__isnull=True,
                    confirmed_by__isnull=True,
                )
                | Q(
                    passport__isnull=False,
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="access_with_rules_says_which",
                condition=Q(has_rules=False) | ~Q(rules=""),
            ),
            models.CheckConstraint(
                name="access_space_names_who_confirmed_it",
                condition=Q(
                    space_confirmed_at__isnull=True, space_confirmed_by__isnull=True
                )
                | Q(space_confirmed_at__isnull=False, space_confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Access for {self.order}"

    @property
    def thread(self) -> str:
        return self.order.reference

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None

    @staticmethod
    def of(order: ConnectionRequest) -> "SiteAccess | None":
        """Return how an order's site lets people in; none before its authority."""
        return getattr(order, "access", None)

    @staticmethod
    def is_agreed_for(access: "SiteAccess | None") -> bool:
        """Whether the site lets people in for an order, which may have no access yet.

        Source: R-2.13-1.
        """
        return access is not None and access.is_agreed

    @property
    def is_confirmed(self) -> bool:
        """Somebody said for this order how people get in. Source: R-2.13-1."""
        return self.confirmed_at is not None

    @property
    def has_space(self) -> bool:
        """The Gateway Party confirmed the rack space. Source: R-3.7-2."""
        return self.space_confirmed_at is not None


class SurveyResult(models.Model):
    """What a survey found. Mbps from the Party's view. Source: R-3.6-1, R-2.6-7."""

    visit = models.OneToOneField(
        SiteVisit, on_delete=models.PROTECT, related_name="result"
    )
    # Of an order for LV: T33.
    is_lv_available = models.BooleanField(default=True)
    # UK day on which it was made, which may be another than was booked.
    surveyed_on = models.DateField("day of the survey")
    is_circuit_possible = models.BooleanField()
    is_equipment_possible = models.BooleanField()
    expected_down_mbps: Any = models.DecimalField(
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    expected_up_mbps: Any = models.DecimalField(
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    # Unknown of older surveys, which nobody asked.
    has_civil_works = models.BooleanField("civil works are needed", null=True)
    civil_works = models.TextField("which civil works", blank=True)
    notes = models.TextField(blank=True)
    # As whoever surveyed wrote it; it may come later.
    report = models.ForeignKey(
        Document, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="survey_says_which_civil_works_or_none",
                condition=Q(has_civil_works=True) & ~Q(civil_works="")
                | Q(has_civil_works=False, civil_works="")
                | Q(has_civil_works__isnull=True, civil_works=""),
            ),
            both_positive_or_none(
                "survey_bandwidth_is_positive_and_both_ways_or_none",
                "expected_down_mbps",
                "expected_up_mbps",
            ),
        ]

    def __str__(self) -> str:
        return f"Survey of {self.visit.order}"

    @property
    def thread(self) -> str:
        return self.visit.order.reference

    @property
    def is_possible(self) -> bool:
        return self.is_circuit_possible and self.is_equipment_possible


class InstallationStage(models.Model):
    """A stage of installation that is complete; a circuit names who provides it.

    Source: R-2.12-1, R-3.7-3, R-1.3-4, R-2.6-7.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="stages"
    )
    stage = models.CharField(max_length=10, choices=StageKind)
    visit = models.OneToOneField(
        SiteVisit, on_delete=models.PROTECT, related_name="stage"
    )
    done_on = models.DateField()
    test_result = models.TextField(blank=True)
    # Of an LV circuit, as its test measured them; from the Party's view. T31.
    measured_down_mbps: Any = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, validators=[MinValueValidator(0)]
    )
    measured_up_mbps: Any = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, validators=[MinValueValidator(0)]
    )
    provider = models.CharField("telecom provider", max_length=100, blank=True)
    provider_reference = models.CharField(
        "the provider's order reference", max_length=60, blank=True
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    objects = OnSiteQuerySet.as_manager()

    class Meta:
        ordering = ["done_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "stage"], name="stage_is_complete_once_an_order"
            ),
            models.CheckConstraint(
                name="stage_circuit_names_its_provider",
                condition=~Q(stage=StageKind.CIRCUIT)
                | ~Q(provider="") & ~Q(provider_reference=""),
            ),
            both_positive_or_none(
                "stage_bandwidth_is_positive_and_both_ways_or_none",
                "measured_down_mbps",
                "measured_up_mbps",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} of {self.order}"

    @property
    def thread(self) -> str:
        return self.order.reference


class PathCheck(models.Model):
    """What the two routes of a pair have in common, and what their Party says to it.

    Source: R-4.2-2, T34.
    """

    group = models.OneToOneField(
        ResilienceGroup, on_delete=models.PROTECT, related_name="path_check"
    )
    has_common_points = models.BooleanField()
    which = models.TextField("common connection points", blank=True)
    # What an authoriser of the Party said to them; another check asks anew.
    answer = models.CharField(max_length=10, choices=PathAnswer, blank=True)
    answer_words = models.TextField("in their words", blank=True)
    acknowledged = models.TextField("what was accepted", blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="path_check_says_which_points_are_common_or_none",
                condition=Q(has_common_points=False, which="")
                | Q(has_common_points=True) & ~Q(which=""),
            ),
            models.CheckConstraint(
                name="path_check_answered_names_person_time_and_words",
                condition=Q(answer="", answer_words="", answered_at__isnull=True)
                | Q(has_common_points=True)
                & Q(answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(answer_words=""),
            ),
            models.CheckConstraint(
                name="path_check_accepted_keeps_what_was_accepted",
                condition=~Q(answer=PathAnswer.ACCEPTED) | ~Q(acknowledged=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Path check of {self.group}"

    @property
    def is_settled(self) -> bool:
        """Nothing is in common, or the Party accepts what is. Source: T34."""
        return not self.has_common_points or self.answer == PathAnswer.ACCEPTED

    @property
    def waits_for_answer(self) -> bool:
        return self.has_common_points and not self.answer

    @property
    def to_acknowledge(self) -> str:
        """Return what an authoriser accepts. Source: T34."""
        return (
            "The two routes of the pair have these connection points in common, and "
            f"one fault there can cut both connections: {self.which}"
        )

    def holds_back(
        self, order: ConnectionRequest, other: ConnectionRequest, done: set[int]
    ) -> bool:
        """Say whether `order` is the second link, which waits for what it found.

        Our reading: the second is the one whose equipment is not in where that of the
        other is, or else the one that was asked for later.

        Args:
            done: the keys of the orders of the pair whose equipment is in.

        Source: T34.
        """
        if self.is_settled or other.is_closed or order.pk in done:
            return False
        return other.pk in done or order.pk > other.pk

    def answered(self, answer: PathAnswer, said: str, by: User, at: datetime) -> None:
        is_accepted = answer == PathAnswer.ACCEPTED
        self.answer, self.answer_words = answer, said
        self.acknowledged = self.to_acknowledge if is_accepted else ""
        self.answered_at, self.answered_by = at, by
