"""What has to be there or done before anybody may come to an order's site."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import transition

from common.guarded_state import GuardedState, StateField
from common.lines import one_line
from common.wording import day_words, plural
from orders.models import ConnectionRequest
from parties.models import User
from sites import policies
from sites.models.passport import SitePassport
from sites.querysets import AccessItemQuerySet
from sites.states import (
    AccessItemKind,
    AccessItemOwner,
    AccessItemState,
    RamsWanted,
)

if TYPE_CHECKING:
    from sites.models.item_cost import ItemCost

LONGEST = 200


class AccessItem(GuardedState, models.Model):
    """One thing that somebody sees to before anybody may come, until a day.

    The last day is our own: the guidance names none.

    Source: R-2.13-3, R-2.13-4.
    """

    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="access_items"
    )
    # Counted by order: pages name it by this.
    number = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField(max_length=20, choices=AccessItemKind)
    what = models.CharField("what is needed", max_length=LONGEST)
    owner = models.CharField("who sees to it", max_length=20, choices=AccessItemOwner)
    due_on = models.DateField("last day")
    note = models.TextField(blank=True)
    # Nothing is made or done before DCC says what it costs, and that is accepted.
    may_cost = models.BooleanField("it may cost its Party something", default=False)
    state = StateField(choices=AccessItemState, default=AccessItemState.OPEN)
    # The version of the site's passport that asks for it; none where somebody added it.
    passport = models.ForeignKey(
        SitePassport, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, editable=False)
    # Nobody where the site's passport asks for it no longer.
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField("how it was settled", blank=True)

    objects = AccessItemQuerySet.as_manager()

    class Meta:
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "number"], name="access_item_numbers_run_by_order"
            ),
            models.CheckConstraint(
                name="access_item_settled_says_when",
                condition=Q(state=AccessItemState.OPEN, closed_at__isnull=True)
                | ~Q(state=AccessItemState.OPEN) & Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="access_item_no_longer_needed_says_why",
                condition=~Q(state=AccessItemState.DROPPED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def thread(self) -> str:
        return self.order.reference

    @property
    def is_open(self) -> bool:
        return bool(self.state == AccessItemState.OPEN)

    @property
    def is_being_checked(self) -> bool:
        """Whether DCC has a document for it to look at, so that its owner waits."""
        return any(paper.is_sent for paper in self.documents.all())

    @property
    def cost(self) -> "ItemCost | None":
        """The latest amount that was asked for it, whatever became of it."""
        return max(self.costs.all(), key=lambda cost: cost.pk, default=None)

    @property
    def waits_for_price(self) -> bool:
        """Whether DCC still has to say what it costs. Source: R-2.13-5."""
        is_said = self.cost is not None and not self.cost.is_over
        return self.is_open and self.may_cost and not is_said

    @property
    def waits_for_answer(self) -> bool:
        """Whether an authoriser of its Party has to answer what it costs."""
        return self.is_open and self.cost is not None and self.cost.is_asked

    @property
    def waits_for_cost(self) -> bool:
        return self.waits_for_price or self.waits_for_answer

    @property
    def valid_until(self) -> date | None:
        """The last day of the newest document that was approved; none: no end."""
        approved = [paper for paper in self.documents.all() if paper.is_approved]
        return (
            max(approved, key=lambda paper: paper.pk).valid_until if approved else None
        )

    @property
    def owner_words(self) -> str:
        """Who sees to it, by name."""
        if self.owner == AccessItemOwner.PARTY:
            return str(self.order.party)
        if self.owner == AccessItemOwner.INSTALLER:
            return str(settings.INSTALLER_NAME)
        return AccessItemOwner.DCC.label

    @property
    def whose_and_until(self) -> str:
        """What it is, whose, and until when, as a refusal names it."""
        return f"{self.what} ({self.owner_words}, by {day_words(self.due_on)})"

    @transition(
        state,
        AccessItemState.OPEN,
        AccessItemState.DONE,
        permission=policies.may_settle_item,
        custom={"done": "Needed before a visit: done"},
    )
    def settle(self, *, at: datetime, person: User | None, because: str) -> None:
        self.closed_at, self.closed_by, self.reason = at, person, because

    @transition(
        state,
        AccessItemState.OPEN,
        AccessItemState.DROPPED,
        permission=policies.may_settle_item,
        custom={"done": "No longer needed before a visit"},
    )
    def drop(self, *, at: datetime, person: User | None, because: str) -> None:
        self.closed_at, self.closed_by, self.reason = at, person, because

    @transition(
        state,
        AccessItemState.DONE,
        AccessItemState.OPEN,
        permission=policies.only_the_portal,
        custom={"done": "Needed before a visit after all"},
    )
    def reopen(self, *, at: datetime, until: date, because: str) -> None:
        self.closed_at = self.closed_by = None
        self.reason = ""
        self.opened_at, self.due_on, self.note = at, until, because


@dataclass(frozen=True)
class SiteNeed:
    """One thing that a site's passport asks for before anybody may come."""

    kind: AccessItemKind
    what: str
    owner: AccessItemOwner
    note: str = ""
    may_cost: bool = False


def asked_by(passport: SitePassport) -> Iterator[SiteNeed]:
    """Yield what a version of a site's passport asks for before a visit.

    Source: R-2.13-3, R-2.13-4, R-2.13-5, R-3.5-2, R-3.5-5.
    """
    for line in filter(None, map(one_line, passport.own_documents.splitlines())):
        yield SiteNeed(
            AccessItemKind.OWN_DOCUMENT,
            line[:LONGEST],
            AccessItemOwner.PARTY,
            "The data centre raises it itself.",
        )
    if passport.rams in RAMS:
        wanted = RAMS[RamsWanted(passport.rams)]
        is_custom = passport.rams == RamsWanted.CUSTOM
        yield SiteNeed(AccessItemKind.RAMS, *wanted, may_cost=is_custom)
    if passport.induction:
        what = "Induction booked with the site"
        note = passport.induction
        yield SiteNeed(AccessItemKind.INDUCTION, what, AccessItemOwner.PARTY, note)
    if passport.notice_says:
        days = plural(passport.notice_working_days or 0, "working day")
        what = f"For the site’s notice: {passport.notice_says}"[:LONGEST]
        note = f"The site wants to know {days} before a visit."
        yield SiteNeed(AccessItemKind.NOTICE, what, AccessItemOwner.INSTALLER, note)


# What each answer asks for, of whom, and what that costs.
RAMS: dict[RamsWanted, tuple[str, AccessItemOwner, str]] = {
    RamsWanted.STANDARD: (
        "Standard RAMS handed in to the site",
        AccessItemOwner.INSTALLER,
        "It is free of charge.",
    ),
    RamsWanted.CUSTOM: (
        "RAMS written for this site, and accepted by it",
        AccessItemOwner.INSTALLER,
        "It may cost something, and nothing is written before that is accepted.",
    ),
}
