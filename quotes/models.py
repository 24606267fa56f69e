"""The offer: its lines, its document, the authority to proceed that answers it."""

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from common.clock import last_day_before
from common.money import ZERO
from orders.models import ConnectionRequest
from orders.states import ConnectionType
from parties.models import Nomination
from quotes import policies
from quotes.deadlines import QUOTE_OPEN_DAYS, quote_lapses_at
from quotes.errors import QuoteLapsed
from quotes.pricing import Priced, Total, due_on_completion, priced, total
from quotes.querysets import AuthorityQuerySet, PriceQuerySet, QuoteQuerySet
from quotes.states import OPEN, Basis, ItemKind, Outcome, QuoteState, Stage
from records.models import Document

NOT_YET_ISSUED = (QuoteState.DRAFT, QuoteState.WITHDRAWN)


class Quote(ConcurrentTransitionMixin, models.Model):
    """One version of an offer for one order. Old versions keep what they said."""

    reference = models.CharField(max_length=24, unique=True)
    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="quotes"
    )
    version = models.PositiveSmallIntegerField()
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    state = FSMField(choices=QuoteState, default=QuoteState.DRAFT, protected=True)
    stage = models.CharField(max_length=10, choices=Stage)
    basis = models.CharField(max_length=10, choices=Basis)
    period_years = models.PositiveSmallIntegerField(null=True)
    vat_rate = models.DecimalField("VAT rate, percent", max_digits=5, decimal_places=2)
    open_days = models.PositiveSmallIntegerField(default=QUOTE_OPEN_DAYS)
    delivery_on = models.DateField("estimated delivery date", null=True)
    note = models.TextField("note to the Gateway Party", blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    issue_requested_at = models.DateTimeField(null=True, editable=False)
    rendering_error = models.TextField(blank=True)
    document = models.OneToOneField(
        Document, null=True, on_delete=models.PROTECT, related_name="quote"
    )
    fingerprint = models.CharField(max_length=64, blank=True)
    issued_at = models.DateTimeField(null=True, editable=False)
    lapses_at = models.DateTimeField(null=True, editable=False, db_index=True)
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["order", "-version"]
        verbose_name = "quotation"
        constraints = [
            models.UniqueConstraint(
                fields=["order", "version"], name="quote_version_is_unique_in_the_order"
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=OPEN),
                name="quote_one_open_an_order",
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state=QuoteState.ACCEPTED),
                name="quote_one_accepted_an_order",
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state=QuoteState.DRAFT),
                name="quote_one_draft_an_order",
            ),
            models.CheckConstraint(
                name="quote_issued_has_a_deadline_and_a_document",
                condition=Q(state__in=NOT_YET_ISSUED)
                # A comparison with nothing would pass, so each is named.
                | Q(
                    issued_at__isnull=False,
                    lapses_at__isnull=False,
                    lapses_at__gt=F("issued_at"),
                    document__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("quote", args=[self.reference])

    @property
    def thread(self) -> str:
        return self.order.reference

    @property
    def is_firm(self) -> bool:
        return self.basis == Basis.FIRM

    @property
    def is_updated(self) -> bool:
        return self.stage == Stage.UPDATED

    @property
    def is_being_prepared(self) -> bool:
        """Staff issued it, and its document is on its way: no attempt has failed."""
        return (
            self.state == QuoteState.DRAFT
            and self.issue_requested_at is not None
            and not self.rendering_error
        )

    @property
    def years(self) -> int:
        """Years in the commitment; an order without a period is billed a year ahead."""
        return self.period_years or 1

    @property
    def priced_lines(self) -> list[Priced]:
        return priced(self.lines.all(), self.years, self.vat_rate)

    @property
    def total(self) -> Total:
        return total(self.priced_lines)

    @property
    def due_on_completion(self) -> Decimal:
        return due_on_completion(self.lines.all())

    @property
    def deadline(self) -> datetime:
        """The instant from which the offer is over; an offer not issued has none."""
        if self.lapses_at is None:
            raise ValueError(f"{self} was never issued, so it has no deadline.")
        return self.lapses_at

    @property
    def last_day(self) -> date | None:
        """The last UK day on which the offer can be taken."""
        return last_day_before(self.lapses_at) if self.lapses_at else None

    def is_open_at(self, now: datetime) -> bool:
        return self.lapses_at is not None and now < self.lapses_at

    def require_open(self, at: datetime) -> None:
        """Refuse when the deadline has passed, whether or not its timer has run."""
        if not self.is_open_at(at):
            raise QuoteLapsed(quote=self, last_day=f"{self.last_day:%-d %B %Y}")

    @transition(
        state,
        QuoteState.DRAFT,
        QuoteState.ISSUED,
        permission=policies.may_prepare,
        custom={"done": "Quotation issued"},
    )
    def issue(self, *, at: datetime, document: Document, fingerprint: str) -> None:
        self.document = document
        self.fingerprint = fingerprint
        self.issued_at = at
        self.lapses_at = quote_lapses_at(at, self.open_days)

    @transition(
        state,
        QuoteState.ISSUED,
        QuoteState.AUTHORITY_RECEIVED,
        permission=policies.may_upload,
        custom={"done": "Signed authority to proceed received"},
    )
    def receive_authority(self, *, at: datetime) -> None:
        self.require_open(at)

    @transition(
        state,
        QuoteState.AUTHORITY_RECEIVED,
        QuoteState.ISSUED,
        permission=policies.may_prepare,
        custom={"done": "Authority not effective: the offer is open again"},
    )
    def reopen(self, *, at: datetime) -> None:
        self.require_open(at)

    @transition(
        state,
        QuoteState.AUTHORITY_RECEIVED,
        QuoteState.ACCEPTED,
        permission=policies.may_prepare,
        custom={"done": "Authority verified: quotation accepted"},
    )
    def accept(self, *, at: datetime, given_at: datetime) -> None:
        """Take the offer; it counts from when authority was given, not checked."""
        self.require_open(given_at)
        self.decided_at = given_at

    @transition(
        state,
        [QuoteState.ISSUED, QuoteState.AUTHORITY_RECEIVED],
        QuoteState.LAPSED,
        permission=policies.only_the_portal,
        custom={"done": "Quotation lapsed"},
    )
    def lapse(self, *, at: datetime) -> None:
        self.decided_at = at

    @transition(
        state,
        QuoteState.ISSUED,
        QuoteState.DECLINED,
        permission=policies.may_decline,
        custom={"done": "Quotation declined"},
    )
    def decline(self, *, at: datetime) -> None:
        self.require_open(at)
        self.decided_at = at

    @transition(
        state,
        [QuoteState.DRAFT, QuoteState.ISSUED],
        QuoteState.WITHDRAWN,
        permission=policies.may_prepare,
        custom={"done": "Quotation withdrawn"},
    )
    def withdraw(self, *, at: datetime) -> None:
        self.decided_at = at

    @transition(
        state,
        QuoteState.ACCEPTED,
        QuoteState.SUPERSEDED,
        permission=policies.only_the_portal,
        custom={"done": "Superseded by the updated quotation"},
    )
    def supersede(self, *, at: datetime) -> None:
        """The updated version was accepted and takes its place."""


class QuoteLine(models.Model):
    """One item of an offer, in pounds net of VAT; an annual one is for one year."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=ItemKind)
    description = models.CharField(max_length=300, blank=True)
    net = models.DecimalField(
        max_digits=10, decimal_places=2, validators=[MinValueValidator(ZERO)]
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="quote_line_is_not_negative", condition=Q(net__gte=ZERO)
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Authority(models.Model):
    """A signed authority to proceed, as received, and what DCC found. R-2.11-5."""

    quote = models.ForeignKey(
        Quote, on_delete=models.PROTECT, related_name="authorities"
    )
    document = models.OneToOneField(Document, on_delete=models.PROTECT)
    signatory_name = models.CharField(max_length=150)
    has_access_rules = models.BooleanField()
    access_rules = models.TextField(blank=True)
    has_rack_space = models.BooleanField("rack space confirmed", default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=15, choices=Outcome, default=Outcome.PENDING)
    nomination = models.ForeignKey(Nomination, null=True, on_delete=models.PROTECT)
    reason = models.TextField(blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        verbose_name_plural = "authorities"
        constraints = [
            models.UniqueConstraint(
                fields=["quote"],
                condition=Q(outcome=Outcome.PENDING),
                name="authority_one_pending_a_quote",
            ),
            models.CheckConstraint(
                name="authority_checked_has_its_time",
                condition=Q(outcome=Outcome.PENDING) | Q(checked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="authority_effective_names_its_nomination",
                condition=~Q(outcome=Outcome.EFFECTIVE) | Q(nomination__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Authority of {self.signatory_name} for {self.quote}"

    @property
    def thread(self) -> str:
        return self.quote.order.reference


class Ballpark(models.Model):
    """An indicative price range, in pounds net of VAT. Source: R-2.9.3-2."""

    connection_type = models.CharField(max_length=2, choices=ConnectionType)
    connection_min = models.DecimalField(max_digits=10, decimal_places=2)
    connection_max = models.DecimalField(max_digits=10, decimal_places=2)
    annual_min = models.DecimalField(max_digits=10, decimal_places=2)
    annual_max = models.DecimalField(max_digits=10, decimal_places=2)
    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)

    objects = PriceQuerySet.as_manager()

    class Meta:
        ordering = ["connection_type", "from_on"]

    def __str__(self) -> str:
        return f"{self.get_connection_type_display()} from {self.from_on}"


class VatRate(models.Model):
    """A rate of VAT in percent, in force from a day to a day."""

    percent = models.DecimalField(max_digits=5, decimal_places=2)
    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)

    objects = PriceQuerySet.as_manager()

    class Meta:
        ordering = ["from_on"]
        verbose_name = "VAT rate"

    def __str__(self) -> str:
        return f"{self.percent}% from {self.from_on}"
