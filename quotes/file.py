"""What the offers of an order are, for its pages and steps."""

from django.db.models import QuerySet
from django.utils.functional import cached_property

from common.errors import DomainError
from common.prepared import hand_out, prepared
from orders.file import FilePart, OrderFile
from orders.states import OrderState
from parties.models import User
from quotes.commands.prepare import stage_and_basis
from quotes.facts import lines_of
from quotes.models import (
    Authority,
    ChargingDecision,
    Quote,
    SignedFile,
    is_for_dcc_to_decide,
)
from quotes.querysets import AuthorityQuerySet, QuoteQuerySet
from quotes.states import OPEN, AuthorityOutcome, Basis, QuoteStage, QuoteState

# Where an offer may be open, so that the Party's page names its amount.
PRICED = (OrderState.QUOTED, OrderState.SURVEY)
NOT_NEEDED = "not needed: your price is firm"
NOT_EXPECTED = "not needed, as far as DCC’s desk review shows"
PERHAPS = "Only if your site needs a survey."


class QuotesOfOrder(FilePart):
    @property
    def is_for_dcc_to_decide(self) -> bool:
        return is_for_dcc_to_decide(self.order)

    @cached_property
    def charging_decisions(self) -> list[ChargingDecision]:
        """What DCC decided about the charges of an RDP's HV, the newest first."""
        if not self.is_for_dcc_to_decide or self.order.accepted_at is None:
            return []
        pk, party, role = self.order.pk, *self.file.reader
        return decisions_of(pk, party, role=role)

    @property
    def charging(self) -> ChargingDecision | None:
        return next(iter(self.charging_decisions), None)

    @property
    def is_charging_open(self) -> bool:
        """Say whether DCC has still to decide about the charges of an RDP's HV."""
        return self.is_for_dcc_to_decide and self.charging is None

    @cached_property
    def readiness(self) -> tuple[Basis | None, str]:
        """Of which basis the next offer is to be; else why there can be none yet."""
        try:
            _, basis = stage_and_basis(self.order)
        except DomainError as refusal:
            return None, str(refusal)
        return basis, ""

    @cached_property
    def versions(self) -> list[Quote]:
        """The versions that the person may know of, newest first, with their lines.

        There is none before the form is accepted, and no draft for a contact.
        """
        if self.order.accepted_at is None:
            return []
        is_told = self.file.is_for_party
        is_priced = not is_told or self.order.state in PRICED
        found = self.file.own(versions_of(self.order.pk, is_told=is_told))
        if is_priced:
            hand_out(found, "lines", lines_of(tuple(quote.pk for quote in found)))
        return found

    @cached_property
    def offers(self) -> list[Quote]:
        """Those that were issued, the oldest first, with the authorities for each."""
        issued = [quote for quote in reversed(self.versions) if quote.issued_at]
        authorities = authorities_for(tuple(quote.pk for quote in issued))
        hand_out(issued, "authorities", authorities)
        files = files_of(tuple(row.pk for row in authorities))
        hand_out(authorities, "files", files)
        return issued

    def latest(self, stage: QuoteStage) -> Quote | None:
        """Return the latest offer of a stage that was not taken back."""
        standing = [
            quote
            for quote in self.offers
            if quote.stage == stage and quote.state != QuoteState.WITHDRAWN
        ]
        return standing[-1] if standing else None

    @property
    def initial(self) -> Quote | None:
        """The latest offer after desk review that was not taken back."""
        return self.latest(QuoteStage.INITIAL)

    @property
    def updated(self) -> Quote | None:
        """The latest offer after the survey that was not taken back."""
        return self.latest(QuoteStage.UPDATED)

    @property
    def standing(self) -> Quote | None:
        """The offer that tells what is to come: the updated one, once there is one."""
        return self.updated or self.initial

    @property
    def needs_survey(self) -> bool | None:
        """Whether a survey is needed; None while nobody knows."""
        if self.initial is not None:
            return not self.initial.is_firm
        review = self.file.review
        return review.is_survey_needed if review else None

    @property
    def no_survey_words(self) -> str:
        """Say why the steps of a survey are left out, if they are."""
        words = NOT_NEEDED if self.initial is not None else NOT_EXPECTED
        return words if self.needs_survey is False else ""

    @property
    def perhaps_words(self) -> str:
        """Say so while nobody knows whether the site needs a survey."""
        return PERHAPS if self.needs_survey is None else ""

    def in_state(self, *states: str) -> Quote | None:
        return next((quote for quote in self.versions if quote.state in states), None)

    @property
    def draft(self) -> Quote | None:
        return self.in_state(QuoteState.DRAFT)

    @property
    def open(self) -> Quote | None:
        return self.in_state(*OPEN)

    @property
    def accepted(self) -> Quote | None:
        return self.in_state(QuoteState.ACCEPTED)

    @property
    def last_issued(self) -> Quote | None:
        return next((quote for quote in self.versions if quote.issued_at), None)

    @cached_property
    def authorities(self) -> list[Authority]:
        """All that came for its offers, the newest first."""
        found = [row for quote in self.offers for row in quote.authorities.all()]
        return sorted(found, key=lambda row: (row.received_at, row.pk), reverse=True)

    @property
    def waiting_upload(self) -> Authority | None:
        """What the Party uploaded and has not handed in yet."""
        return next((row for row in self.authorities if row.is_waiting), None)

    @property
    def pending_authority(self) -> Authority | None:
        pending = (
            row for row in self.authorities if row.outcome == AuthorityOutcome.PENDING
        )
        return next(pending, None)


@prepared
def versions_of(order: int, *, is_told: bool) -> QuoteQuerySet:
    """Ask for the versions, newest first: all, or those that the Party may know of."""
    found: QuoteQuerySet = Quote.objects.filter(order=order)
    if is_told:
        found = found.issued()
    return found.select_related("document", "previous").order_by("-version")


@prepared
def authorities_for(quotes: tuple[int, ...]) -> AuthorityQuerySet:
    """Ask for what came for some offers, the newest first, with who is named in it."""
    found: AuthorityQuerySet = Authority.objects.filter(quote__pk__in=quotes)
    return found.select_related("nomination__user", "uploaded_by", "checked_by")


@prepared
def files_of(authorities: tuple[int, ...]) -> QuerySet[SignedFile]:
    rows = SignedFile.objects.filter(authority__pk__in=authorities)
    return rows.select_related("document").order_by("position")


@prepared
def decisions_of(order: int, party: int, *, role: str) -> QuerySet[ChargingDecision]:
    seen = ChargingDecision.objects.visible_to(User.like(party, role))
    return seen.filter(order=order).select_related("by")


@prepared
def on_their_way(quote: int) -> AuthorityQuerySet:
    return Authority.objects.filter(quote=quote).on_their_way().for_pages()


@prepared
def last_handed_in(quote: int) -> AuthorityQuerySet:
    return Authority.objects.filter(quote=quote).handed_in()[:1]


def quotes_of(file: OrderFile) -> QuotesOfOrder:
    return file.part(QuotesOfOrder)
