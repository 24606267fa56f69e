"""Two requests that belong together, who else uses a connection, what was accepted."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.clock import uk_date
from common.dated import span_words
from common.dated_rows import Dated, ends_after_it_begins
from common.look import LookField
from common.wording import day_words
from orders.querysets import SharerQuerySet
from orders.states import (
    AcknowledgementKind,
    Option,
    PairRole,
    SharingReason,
    Use,
)
from parties.models import Party
from parties.states import Standing

PAIRED = (Option.MEDIUM, Option.HIGH)
# The two services that a pair can split between its links. Source: R-2.4.3-1.
SERVICES = (Use.DUIS, Use.SSI)


class ResilienceGroup(models.Model):
    """A pair: two requests of one Party, and the resilience that they give together.

    Source: R-2.4.1-1, R-2.4.2-1.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="pairs")
    option = models.CharField(max_length=10, choices=Option)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pair_is_medium_or_high", condition=Q(option__in=PAIRED)
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_option_display()} of {self.party}"


def split_uses(order: Any) -> tuple[Use, Use] | None:
    """Return its own service and the other's, where a pair splits SSI and DUIS.

    Each link is then primary for its own service and stands by for the other's, so
    that neither is the back-up. None for any other pair and for one by itself.

    Source: R-2.4.3-1, T17.
    """
    partner = order.partner
    if partner is None:
        return None
    own, other = (
        [use for use in SERVICES if use in form.uses] for form in (order, partner)
    )
    if len(own) != 1 or len(other) != 1 or own == other:
        return None
    return own[0], other[0]


def role_words(order: Any) -> str:
    """Return "Primary", "Back-up", or "Primary for SSI, standby for DUIS"."""
    split = split_uses(order) if order.role else None
    if split is None:
        return str(PairRole(order.role).label) if order.role else ""
    own, other = (use.upper() for use in split)
    return f"Primary for {own}, standby for {other}"


def place_in_pair(order: object) -> str:
    """Return "Back-up of a pair", or what each of a pair that is split is for."""
    words = role_words(order)
    return f"{words}, in a pair" if split_uses(order) else f"{words} of a pair"


class Sharer(Dated):
    """An organisation that uses, or is to use, a connection which is not its own.

    The form of an order names it, or its Gateway Party once the connection is there.
    After that a row is ended and stays, as the history of who shared it.

    Args:
        acknowledged: to which words whoever added it said yes; empty for one of a
            form, whose acknowledgement stands with the order.

    Source: R-2.3-1, R-2.3-6.
    """

    order = models.ForeignKey(
        "orders.ConnectionRequest", on_delete=models.PROTECT, related_name="sharers"
    )
    name = models.CharField(max_length=200)
    name_look = LookField(of="name")
    standing = models.CharField(max_length=20, choices=Standing)
    party = models.ForeignKey(
        Party, null=True, on_delete=models.PROTECT, related_name="shares"
    )
    reason = models.CharField(max_length=20, choices=SharingReason)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    acknowledged = models.TextField("what was accepted", blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField("why it ends", blank=True)

    objects = SharerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "name_look", "from_on"],
                name="one_sharer_of_a_name_from_a_day",
            ),
            models.CheckConstraint(
                name="sharing_that_was_ended_says_by_whom_until_when_and_why",
                condition=Q(
                    ended_at__isnull=True, ended_by__isnull=True, ended_because=""
                )
                | Q(
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                    until_on__isnull=False,
                )
                & ~Q(ended_because=""),
            ),
            ends_after_it_begins("sharing_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> str:
        """Return all that the form says of it, wherever it is shown."""
        standing, reason = self.get_standing_display(), self.get_reason_display()
        return f"{self.name}, {standing}, {span_words(self)}. {reason}"


class Acknowledgement(models.Model):
    """What a person of the Party accepted or confirmed on the form, and when.

    What stood on paper is the sender's own, from when the paper came; who of DCC keyed
    it in, and when, stands beside it.

    Source: R-1.3-7, R-4.1-4, R-2.3-6, R-4.2-4 to -7, R-4.3-4 to -6, R-5.2.1-4.
    """

    order = models.ForeignKey(
        "orders.ConnectionRequest",
        on_delete=models.PROTECT,
        related_name="acknowledgements",
    )
    what = models.CharField(max_length=30, choices=AcknowledgementKind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    keyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    keyed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(keyed_by__isnull=True, keyed_at__isnull=True)
                | Q(keyed_by__isnull=False, keyed_at__isnull=False),
                name="who_keyed_an_acknowledgement_and_when",
            ),
            models.UniqueConstraint(
                fields=["order", "what"], name="one_acknowledgement_of_a_kind_an_order"
            ),
        ]

    def __str__(self) -> str:
        return self.get_what_display()

    @property
    def whose(self) -> str:
        """Return who said it, and for what stood on paper who keyed it in."""
        if self.keyed_by is None or self.keyed_at is None:
            return str(self.by)
        keyed_on = day_words(uk_date(self.keyed_at))
        return f"{self.by}, on paper; keyed in by {self.keyed_by} on {keyed_on}"
