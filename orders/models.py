"""What is asked for. The order row is the one that is locked for all above it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from orders import policies
from orders.querysets import BankHolidayQuerySet, OrderQuerySet
from orders.states import CLOSED, ConnectionType, LineKind, OrderState, Route
from parties.models import DataCentre, Party

PERIODS = (1, 3)
HV_STEP_MBPS = 10
# Above any ceiling that the settings may name, so that raising it needs no migration.
HV_CEILING_MBPS = 1000
REQUIRED_ANSWERS = {
    "connection_type": "type of connection",
    "data_centre_id": "data centre",
    "technical_contact_name": "technical contact",
    "technical_contact_email": "technical contact's e-mail",
    "site_contact_name": "site contact",
    "site_contact_phone": "site contact's phone",
    "uses": "intended use",
}
BEFORE_ACCEPTANCE = (OrderState.DRAFT, OrderState.SUBMITTED, OrderState.RETURNED)


class ConnectionRequest(ConcurrentTransitionMixin, models.Model):
    """One order for one connection. Source: R-1-1, R-1.3-6."""

    reference = models.CharField(max_length=20, unique=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="orders")
    route = models.CharField(max_length=3, choices=Route)
    state = FSMField(choices=OrderState, default=OrderState.DRAFT, protected=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="orders_owned",
    )
    copied_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    guidance_version = models.CharField(max_length=10, blank=True)

    connection_type = models.CharField(max_length=2, choices=ConnectionType, blank=True)
    hv_rating_mbps = models.PositiveSmallIntegerField(null=True)
    minimum_period_years = models.PositiveSmallIntegerField(null=True)
    data_centre = models.ForeignKey(
        DataCentre, null=True, on_delete=models.PROTECT, related_name="orders"
    )
    technical_contact_name = models.CharField(max_length=150, blank=True)
    technical_contact_email = models.EmailField(blank=True)
    technical_contact_phone = models.CharField(max_length=40, blank=True)
    site_contact_name = models.CharField(max_length=150, blank=True)
    site_contact_phone = models.CharField(max_length=40, blank=True)
    uses = models.JSONField(default=list)
    is_registration_only = models.BooleanField(null=True)
    customer_reference = models.CharField(max_length=40, blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    returned_at = models.DateTimeField(null=True, editable=False)
    returned_because = models.TextField(blank=True)
    accepted_at = models.DateTimeField(null=True, editable=False)
    quote_due_on = models.DateField(null=True, editable=False, db_index=True)
    surveyed_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "order"
        indexes = [models.Index(fields=["party", "state"])]
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
                condition=Q(state=OrderState.DRAFT)
                | Q(
                    submitted_at__isnull=False,
                    submitted_by__isnull=False,
                    data_centre__isnull=False,
                )
                & ~Q(connection_type=""),
            ),
            models.CheckConstraint(
                name="order_past_acceptance_has_its_dates",
                condition=Q(state__in=[*BEFORE_ACCEPTANCE, OrderState.WITHDRAWN])
                | Q(accepted_at__isnull=False, quote_due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="order_closed_has_its_time",
                condition=~Q(state__in=CLOSED) | Q(closed_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["party", "customer_reference"],
                condition=~Q(customer_reference=""),
                name="order_customer_reference_is_unique_in_the_party",
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
        """What is ordered, and to where: "HV 20 Mbps to Thornby Park, Derby"."""
        kind = "A connection"
        if self.connection_type == ConnectionType.HV:
            kind = f"HV {self.hv_rating_mbps} Mbps"
        elif self.connection_type == ConnectionType.LV:
            kind = "LV"
        return f"{kind} to {self.data_centre}" if self.data_centre else kind

    @property
    def rack_units(self) -> int:
        """The space that the equipment takes, in rack units. Source: R-3.7-2."""
        return ConnectionType(self.connection_type).rack_units

    @property
    def is_editable(self) -> bool:
        return self.state in (OrderState.DRAFT, OrderState.RETURNED)

    @property
    def missing_answers(self) -> list[str]:
        """Name what DCC cannot do without, whichever way the answers came.

        Source: R-2.5-1, R-2.6-3, R-2.2-6, R-2.1.1-1, R-2.3-4.
        """
        needed = dict(REQUIRED_ANSWERS)
        if self.connection_type == ConnectionType.HV:
            needed["hv_rating_mbps"] = "rating"
        if self.route == Route.H15:
            needed["minimum_period_years"] = "minimum contract period"
        return [words for name, words in needed.items() if not getattr(self, name)]

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED

    def close(self, at: datetime) -> None:
        self.closed_at = at

    @transition(
        state,
        [OrderState.DRAFT, OrderState.RETURNED],
        OrderState.SUBMITTED,
        permission=policies.may_submit,
        custom={"done": "Request submitted"},
    )
    def submit(self, *, at: datetime, submitter: Any, guidance_version: str) -> None:
        self.submitted_at = at
        self.submitted_by = submitter
        self.guidance_version = guidance_version

    @transition(
        state,
        OrderState.SUBMITTED,
        OrderState.ACCEPTED,
        permission=policies.may_check,
        custom={"done": "Form complete: accepted"},
    )
    def accept(self, *, at: datetime, quote_due_on: Any) -> None:
        self.accepted_at = at
        self.quote_due_on = quote_due_on

    @transition(
        state,
        OrderState.SUBMITTED,
        OrderState.RETURNED,
        permission=policies.may_clarify,
        custom={"done": "Returned with questions"},
    )
    def return_for_correction(self, *, at: datetime, because: str) -> None:
        self.returned_at = at
        self.returned_because = because

    @transition(
        state,
        [
            OrderState.SUBMITTED,
            OrderState.RETURNED,
            OrderState.ACCEPTED,
            OrderState.QUOTED,
        ],
        OrderState.WITHDRAWN,
        permission=policies.may_withdraw,
        custom={"done": "Withdrawn by the Gateway Party"},
    )
    def withdraw(self, *, at: datetime) -> None:
        self.close(at)

    @transition(
        state,
        OrderState.ACCEPTED,
        OrderState.UNAVAILABLE,
        permission=policies.may_check,
        custom={"done": "Closed: LV is not available at the site"},
    )
    def close_unavailable(self, *, at: datetime) -> None:
        self.close(at)

    @transition(
        state,
        OrderState.ACCEPTED,
        OrderState.QUOTED,
        permission=policies.only_the_portal,
        custom={"done": "Quotation open for a decision"},
    )
    def quote(self, *, at: datetime) -> None:
        """The offer is open; its own clock is the quote's."""

    @transition(
        state,
        OrderState.QUOTED,
        OrderState.ACCEPTED,
        permission=policies.may_check,
        custom={"done": "Back to desk review: the quotation is to be issued anew"},
    )
    def reopen(self, *, at: datetime, quote_due_on: Any) -> None:
        self.quote_due_on = quote_due_on

    @transition(
        state,
        OrderState.QUOTED,
        OrderState.AUTHORISED,
        permission=policies.may_check,
        custom={"done": "Authority to proceed given"},
    )
    def authorise(self, *, at: datetime) -> None:
        """Access is to be arranged next."""

    @transition(
        state,
        [OrderState.QUOTED, OrderState.SURVEY],
        OrderState.LAPSED,
        permission=policies.only_the_portal,
        custom={"done": "Lapsed: no authority within the time allowed"},
    )
    def lapse(self, *, at: datetime) -> None:
        self.close(at)

    @transition(
        state,
        OrderState.QUOTED,
        OrderState.DECLINED,
        permission=policies.may_authorise,
        custom={"done": "Quotation declined"},
    )
    def decline(self, *, at: datetime) -> None:
        self.close(at)

    @transition(
        state,
        OrderState.AUTHORISED,
        OrderState.SURVEY,
        permission=policies.may_work_on_site,
        custom={"done": "Survey begun"},
    )
    def begin_survey(self, *, at: datetime) -> None:
        """Only an indicative quote leads here; the command asks for it."""

    @transition(
        state,
        [OrderState.AUTHORISED, OrderState.SURVEY],
        OrderState.INSTALL,
        permission=policies.may_work_on_site,
        custom={"done": "Installation begun"},
    )
    def begin_installation(self, *, at: datetime) -> None:
        """Only a firm, accepted quote leads here; the command asks for it."""

    @transition(
        state,
        OrderState.SURVEY,
        OrderState.DECLINED,
        permission=policies.may_authorise,
        custom={"done": "Updated quotation refused"},
    )
    def refuse(self, *, at: datetime) -> None:
        self.close(at)

    @transition(
        state,
        [OrderState.AUTHORISED, OrderState.SURVEY, OrderState.INSTALL],
        OrderState.CANCELLED,
        permission=policies.may_authorise,
        custom={"done": "Cancelled by the Gateway Party"},
    )
    def cancel(self, *, at: datetime) -> None:
        self.close(at)

    @transition(
        state,
        OrderState.INSTALL,
        OrderState.CONFIGURING,
        permission=policies.may_check,
        custom={"done": "Installation complete"},
    )
    def complete_installation(self, *, at: datetime) -> None:
        """The connection, its period and its first charges follow by signal."""

    @transition(
        state,
        OrderState.CONFIGURING,
        OrderState.CONFIGURED,
        permission=policies.may_configure,
        custom={"done": "Configured: in service"},
    )
    def configure(self, *, at: datetime) -> None:
        """In service; what follows is the connection's own story."""


class SiteReview(models.Model):
    """What the Electronic Site Review found, the latest one. Source: R-3.2-8."""

    order = models.OneToOneField(
        ConnectionRequest, on_delete=models.PROTECT, related_name="site_review"
    )
    is_type_available = models.BooleanField()
    line_kind = models.CharField(max_length=10, choices=LineKind, blank=True)
    is_survey_needed = models.BooleanField()
    notes = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Site review of {self.order}"

    @property
    def thread(self) -> str:
        return self.order.reference


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
        return f"{self.name}, {self.day:%-d %B %Y}"
