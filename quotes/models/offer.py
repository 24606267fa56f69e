"""The offer: what it keeps, how long it is open, and its moves."""

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django_fsm import transition

from common.clock import last_day_before, uk_date
from common.guarded_state import GuardedState, StateField
from common.wording import day_words
from orders.models import ConnectionRequest
from quotes import policies
from quotes.deadlines import quote_lapses_at
from quotes.errors import QuoteLapsed
from quotes.pricing import Priced, Total, due_on_completion, priced, total
from quotes.querysets import QuoteQuerySet
from quotes.states import OPEN, Basis, QuoteStage, QuoteState, Receipt
from records.models import Document

NOT_YET_ISSUED = (QuoteState.DRAFT, QuoteState.WITHDRAWN)
CAN_LAPSE = Q(state=QuoteState.ISSUED)


class Quote(GuardedState, models.Model):
    """One version of an offer for one order. Old versions keep what they said."""

    reference = models.CharField(max_length=24, unique=True)
    order = models.ForeignKey(
        ConnectionRequest, on_delete=models.PROTECT, related_name="quotes"
    )
    version = models.PositiveSmallIntegerField()
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    state = StateField(choices=QuoteState, default=QuoteState.DRAFT)
    stage = models.CharField(max_length=10, choices=QuoteStage)
    basis = models.CharField(max_length=10, choices=Basis)
    period_years = models.PositiveSmallIntegerField(
        "minimum period in years", null=True
    )
    vat_rate = models.DecimalField("VAT rate, percent", max_digits=5, decimal_places=2)
    open_days = models.PositiveSmallIntegerField("days to accept")
    delivery_on = models.DateField("estimated delivery date", null=True)
    note = models.TextField("note to the Gateway Party", blank=True)
    change_reason = models.TextField(
        "why it differs from the version before", blank=True
    )
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
    received_at = models.DateTimeField(null=True, editable=False)
    received_by = models.CharField(
        "what shows receipt", max_length=10, choices=Receipt, blank=True
    )
    lapses_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["order", "-version"]
        verbose_name = "quotation"
        indexes = [
            models.Index(
                fields=["lapses_at", "id"],
                condition=CAN_LAPSE,
                name="quote_due_to_lapse",
            ),
        ]
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
                name="quote_issued_has_its_time_and_a_document",
                condition=Q(state__in=NOT_YET_ISSUED)
                | Q(issued_at__isnull=False, document__isnull=False),
            ),
            models.CheckConstraint(
                name="quote_deadline_follows_receipt",
                condition=Q(
                    received_at__isnull=True, received_by="", lapses_at__isnull=True
                )
                # A comparison with nothing would pass, so each is named.
                | Q(
                    issued_at__isnull=False,
                    received_at__isnull=False,
                    received_at__gte=F("issued_at"),
                    received_by__in=Receipt.values,
                    lapses_at__isnull=False,
                    lapses_at__gt=F("received_at"),
                ),
            ),
            models.CheckConstraint(
                name="quote_lapsed_was_received",
                condition=~Q(state=QuoteState.LAPSED) | Q(received_at__isnull=False),
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
        return self.stage == QuoteStage.UPDATED

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
        """The instant from which the offer is over; none before it is received."""
        if self.lapses_at is None:
            raise ValueError(f"{self} was not received, so it has no deadline.")
        return self.lapses_at

    @property
    def last_day(self) -> date | None:
        """The last UK day on which the offer can be taken; none before receipt."""
        return last_day_before(self.lapses_at) if self.lapses_at else None

    @property
    def issued_on(self) -> date | None:
        return uk_date(self.issued_at) if self.issued_at else None

    @property
    def received_on(self) -> date | None:
        """The UK day of receipt, which is not counted."""
        return uk_date(self.received_at) if self.received_at else None

    @property
    def is_unreceived(self) -> bool:
        """It is open, and nothing shows yet that anybody has it. Source: T29."""
        return self.state == QuoteState.ISSUED and self.received_at is None

    @property
    def is_received_late(self) -> bool:
        """Receipt was on a later UK day than issue, which moves the last day. T29."""
        return self.received_on is not None and self.received_on != self.issued_on

    def is_open_at(self, now: datetime) -> bool:
        """Say whether it can be taken at `now`; while nobody has it, its time waits."""
        if self.lapses_at is None:
            return self.issued_at is not None
        return now < self.lapses_at

    def require_open(self, at: datetime) -> None:
        """Refuse when the deadline has passed, whether or not its timer has run."""
        if not self.is_open_at(at):
            raise QuoteLapsed(quote=self, last_day=day_words(self.last_day))

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

    def record_receipt(self, at: datetime, how: str) -> bool:
        """Start the clock with the first receipt; return whether this is news.

        Two tell of it, the outbox and the pages, and either may be the one that is
        written down first: the earlier receipt counts, in whatever order they come.

        Source: R-2.11-1, R-3.4-1, T29.
        """
        if self.received_at is not None and self.received_at <= at:
            return False
        self.received_at, self.received_by = at, how
        self.lapses_at = quote_lapses_at(at, self.open_days)
        return True

    @transition(
        state,
        QuoteState.ISSUED,
        QuoteState.AUTHORITY_RECEIVED,
        permission=policies.may_hand_in,
        custom={"done": "Authority to proceed received"},
    )
    def hand_in_authority(self, *, at: datetime) -> None:
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
        QuoteState.LAPSED,
        QuoteState.AUTHORITY_RECEIVED,
        permission=policies.may_key,
        custom={"done": "Lapse set aside: authority had come in time by e-mail"},
    )
    def set_lapse_aside(self, *, at: datetime, given_at: datetime) -> None:
        """The offer had been taken when its time ran out; nobody had entered it yet."""
        self.require_open(given_at)
        self.decided_at = None

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
        QuoteState.LAPSED,
        QuoteState.DECLINED,
        permission=policies.may_decline_late,
        custom={"done": "Lapse set aside: it had been declined in time"},
    )
    def decline_late(self, *, at: datetime) -> None:
        """The Party had declined before its time ran out; nobody had entered it yet."""
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
