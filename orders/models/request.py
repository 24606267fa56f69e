"""The request: one order for one connection, what it keeps and what must be true."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from common.guarded_state import GuardedState, StateField
from common.look import LookField
from orders.models.answers import HV_CEILING_MBPS, HV_STEP_MBPS, Answers
from orders.models.declared import PERIODS
from orders.models.form_moves import FormMoves
from orders.models.offer_moves import OfferMoves
from orders.models.pairing import ResilienceGroup
from orders.models.site_moves import SiteMoves
from orders.querysets import OrderQuerySet
from orders.states import (
    CLOSED,
    INSTALLED,
    NEVER_SUBMITTED,
    Channel,
    ConnectionType,
    Option,
    OrderState,
    PairRole,
    Route,
)
from parties.models import Party
from records.models import Document

BEFORE_ACCEPTANCE = (OrderState.DRAFT, OrderState.SUBMITTED, OrderState.RETURNED)
MAY_LACK_ACCEPTANCE = (
    *BEFORE_ACCEPTANCE,
    OrderState.WITHDRAWN,
    OrderState.DISCARDED,
)


class ConnectionRequest(GuardedState, FormMoves, OfferMoves, SiteMoves, Answers):
    """One order for one connection. Source: R-1-1, R-1.3-6.

    Its moves stand by phase in bases of their own: they are those of one state column.
    """

    # What `orders.findings` read ahead of it for a list of forms; none on its own.
    hanging: Any = None

    reference = models.CharField(max_length=20, unique=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="orders")
    customer_reference_look = LookField(of="customer_reference")
    state = StateField(choices=OrderState, default=OrderState.DRAFT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="orders_owned",
    )
    copied_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    # The order of an LV connection that this one is to take over from. It is not
    # cancelled by that.
    replaces = models.ForeignKey(
        "self",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    # The order of the right Party that a form became which was keyed in for the wrong
    # one: the wrong one sees no more of it.
    moved_to = models.OneToOneField(
        "self",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="moved_from",
    )
    guidance_version = models.CharField(max_length=10, blank=True)
    is_capacity_asked = models.BooleanField(default=False, editable=False)

    group = models.ForeignKey(
        ResilienceGroup, null=True, on_delete=models.PROTECT, related_name="members"
    )
    role = models.CharField(max_length=10, choices=PairRole, blank=True)
    channel = models.CharField(
        max_length=10, choices=Channel, default=Channel.PORTAL, editable=False
    )
    sender_email = models.EmailField(blank=True, editable=False)
    received_at = models.DateTimeField(null=True, editable=False)
    keyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    form_document = models.OneToOneField(
        Document, null=True, on_delete=models.PROTECT, related_name="request"
    )

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "order"
        indexes = [
            models.Index(fields=["party", "state"]),
            # What reports count by month.
            models.Index(fields=["submitted_at"], name="order_by_time_sent"),
            models.Index(fields=["closed_at"], name="order_by_time_closed"),
        ]
        constraints = [
            models.CheckConstraint(
                name="order_hv_has_a_rating_and_lv_none",
                condition=Q(connection_type="", hv_rating_mbps=None)
                | Q(connection_type=ConnectionType.LV, hv_rating_mbps=None)
                # Nothing is in any range, so it is named.
                | Q(
                    connection_type=ConnectionType.HV,
                    hv_rating_mbps__isnull=False,
                    hv_rating_mbps__in=range(
                        HV_STEP_MBPS, HV_CEILING_MBPS + 1, HV_STEP_MBPS
                    ),
                ),
            ),
            models.CheckConstraint(
                name="order_period_is_one_or_three_years_and_none_for_an_rdp",
                condition=Q(minimum_period_years=None)
                | Q(route=Route.H15, minimum_period_years__in=PERIODS),
            ),
            models.CheckConstraint(
                name="order_past_draft_was_submitted",
                condition=Q(state__in=NEVER_SUBMITTED)
                | Q(
                    submitted_at__isnull=False,
                    submitted_by__isnull=False,
                    data_centre__isnull=False,
                )
                & ~Q(connection_type=""),
            ),
            models.CheckConstraint(
                name="order_past_acceptance_has_its_dates",
                condition=Q(state__in=MAY_LACK_ACCEPTANCE)
                | Q(accepted_at__isnull=False, quote_due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="order_closed_has_its_time",
                condition=~Q(state__in=CLOSED) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="order_thrown_away_and_no_other_can_be_put_back",
                condition=Q(state=OrderState.DISCARDED, discard_final_at__isnull=False)
                | ~Q(state=OrderState.DISCARDED) & Q(discard_final_at=None),
            ),
            models.UniqueConstraint(
                fields=["party", "customer_reference_look"],
                condition=~Q(customer_reference="") & ~Q(state=OrderState.DISCARDED),
                name="order_customer_reference_is_unique_in_the_party",
            ),
            models.CheckConstraint(
                name="order_in_a_pair_has_a_role_and_another_none",
                condition=Q(group=None, role="") | Q(group__isnull=False) & ~Q(role=""),
            ),
            models.UniqueConstraint(
                fields=["group", "role"], name="one_primary_and_one_backup_a_pair"
            ),
            models.CheckConstraint(
                name="order_keyed_in_names_its_sender_and_when_it_came",
                condition=Q(channel=Channel.PORTAL)
                | Q(received_at__isnull=False, keyed_by__isnull=False)
                & ~Q(sender_email=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("order", args=[self.reference])

    @property
    def thread(self) -> str:
        return self.reference

    @property
    def title(self) -> str:
        place = str(self.data_centre or "")
        return title_words(self.connection_type, self.hv_rating_mbps, place)

    @property
    def rack_units(self) -> int:
        """The space that the equipment takes, in rack units. Source: R-3.7-2."""
        return ConnectionType(self.connection_type).rack_units

    @property
    def is_editable(self) -> bool:
        return self.state in (OrderState.DRAFT, OrderState.RETURNED)

    @property
    def partner(self) -> "ConnectionRequest | None":
        """The other request of its pair, or None. Source: R-2.4.1-1, R-2.14-2."""
        if self.hanging is not None:
            read: ConnectionRequest | None = self.hanging.partner
            return read
        members = self.group.members.all() if self.group else ()
        return next((row for row in members if row.pk != self.pk), None)

    @property
    def option(self) -> Option:
        """The resilience option that it belongs to; one by itself is Low. R-2.4.1-1."""
        return Option(self.group.option) if self.group else Option.LOW

    @property
    def is_installed(self) -> bool:
        """Whether the connection is there: who shares it may use it."""
        return self.state in INSTALLED


def title_words(connection_type: str, rating: int | None, place: str) -> str:
    """Return what is ordered and where, as lists and files name it."""
    kind = "A connection"
    if connection_type == ConnectionType.HV:
        kind = f"HV {rating} Mbps"
    elif connection_type == ConnectionType.LV:
        kind = "LV"
    return f"{kind} to {place}" if place else kind
