from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.core.signing import BadSignature, Signer
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from common.dated_rows import DatedQuerySet
from common.search import Terms
from orders.models import ConnectionRequest
from orders.querysets import PASSED_TO, PassedOnQuerySet
from orders.states import ON_SITE, OrderState
from parties.querysets import NOTHING, OfPartyQuerySet
from parties.states import Role
from sites.states import (
    LIVE_COST,
    NOT_MADE,
    OPEN,
    TO_COME,
    TOOK_PLACE,
    AccessDocumentState,
    AccessItemState,
    ClaimState,
    DamageState,
    ItemCostState,
    VisitState,
)

if TYPE_CHECKING:
    from sites.models import (
        AccessEntry,
        AccessLogCopy,
        AccessLogPlace,
        DutyEvidence,
        EquipmentType,
        ItemCost,
        SiteDuty,
        SitePassport,
        VisitClaim,
    )

# Whoever has the address of a gate pass may read it, and nobody can guess one.
GATE_SIGNER = Signer(salt="sites.gate", sep=".")
SEARCHED = ("person", "company", "purpose", "escort", "equipment")


def related(model: Any, name: str) -> Any:
    """Return the model of the rows that hang from another; it is not made yet here."""
    return model._meta.get_field(name).related_model  # noqa: SLF001  Django's own, documented


class OnSiteQuerySet(PassedOnQuerySet[Any]):
    """Rows that hang from an order by `order`."""

    party_path = "order__party"
    order_path = "order__"


class AccessQuerySet(OnSiteQuerySet):
    def for_pages(self) -> Self:
        people = self.select_related("confirmed_by", "passport__data_centre")
        return people.select_related("order__party", "order__data_centre")


class CompletionQuerySet(OnSiteQuerySet):
    def waiting_for_certificate(self) -> Self:
        """Keep those whose certificate is still to be made, and did not fail."""
        return self.filter(certificate=None, rendering_error="")


class DamageQuerySet(OnSiteQuerySet):
    """Reports of damage: for the Party, DCC and whoever repairs."""

    def open(self) -> Self:
        return self.exclude(state=DamageState.CLOSED)

    def for_pages(self) -> Self:
        return self.select_related("order__party", "order__data_centre", "item", "by")


class DutyQuerySet(QuerySet["SiteDuty"]):
    """The catalogue, which everybody may read."""

    def of_order(self, order: ConnectionRequest) -> Self:
        """Keep what is asked of a connection: some of it of pairs alone."""
        option = order.group.option if order.group is not None else ""
        return self.filter(Q(option="") | Q(option=option))


class EvidenceQuerySet(OfPartyQuerySet["DutyEvidence"]):
    """What a Party shows of its site: for the Party and DCC, and no supplier."""

    party_path = "order__party"

    def newest(self) -> Self:
        """Keep the newest for each thing of each order."""
        later = self.model._default_manager.filter(  # noqa: SLF001  Django's own
            order=OuterRef("order"), duty=OuterRef("duty"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(later)).select_related("by", "document")


class CorrectionQuerySet(OnSiteQuerySet):
    def for_pages(self) -> Self:
        return self.select_related("by", "visit")


class SiteVisitQuerySet(OnSiteQuerySet):
    def opened_by(self, token: str) -> Self:
        """Keep the one that the signed address of a gate pass names.

        What nobody signed is not even looked up.
        """
        try:
            reference = GATE_SIGNER.unsign(token)
        except BadSignature:
            return self.none()
        return self.filter(reference=reference).select_related("order__data_centre")

    def for_pages(self) -> Self:
        return self.select_related(
            "order__party", "order__data_centre", "replaces", "claim__visit"
        )

    def for_its_page(self) -> Self:
        """Read all that the page of one visit says of it at once."""
        around = ("order__access", "replacement", "passport__data_centre")
        rows = self.for_pages().select_related(*around, "own_claim", "photo")
        return rows.select_related("result")

    def booked(self) -> Self:
        """Keep the visits to come, the next one first."""
        return self.filter(state=VisitState.CONFIRMED).order_by("on", "pk")

    def to_come(self) -> Self:
        """Keep those to come or under way, the next one first."""
        return self.filter(state__in=TO_COME).order_by("on", "pk")

    def open(self) -> Self:
        """Keep those whose day is still to be agreed too."""
        return self.filter(state__in=OPEN).order_by("on", "pk")

    def not_made_and_not_replaced(self) -> Self:
        """Keep those whose work still wants another visit, the latest first."""
        over = self.filter(state__in=NOT_MADE, replacement__isnull=True)
        return over.order_by("-pk")


class VisitClaimQuerySet(OfPartyQuerySet["VisitClaim"]):
    """Claims say amounts, which no supplier is told."""

    party_path = "visit__order__party"

    def due_to_charge(self, today: date) -> Self:
        """Keep those that nothing can be said against, whose next visit took place.

        Args:
            today: a UK day.

        Source: T11.
        """
        final = Q(state=ClaimState.UPHELD) | Q(
            state=ClaimState.CONFIRMED, dispute_until__lt=today
        )
        made = self.filter(final, next_visits__state__in=TOOK_PLACE)
        return made.distinct().order_by("pk")


class ItemCostQuerySet(OfPartyQuerySet["ItemCost"]):
    """What something costs before a visit, which no supplier is told."""

    party_path = "item__order__party"

    def live(self) -> Self:
        """Keep what waits for an answer, or is charged once its item is done."""
        return self.filter(state__in=LIVE_COST)

    def due_to_charge(self) -> Self:
        """Keep what was accepted and is done, and is not charged yet."""
        return self.filter(state=ItemCostState.DUE).order_by("pk")

    def for_pages(self) -> Self:
        people = self.select_related("asked_by", "answered_by")
        return people.select_related("item__order__party", "item__order__data_centre")


class PassportQuerySet(PassedOnQuerySet["SitePassport"]):
    """What gets people into sites; a supplier's are those of orders passed to it."""

    party_path = "data_centre__party"

    def shown_to_supplier(self, role: str) -> Q:
        # Several orders of one site are passed on; its versions are read once.
        passed = ConnectionRequest.objects.filter(state__in=PASSED_TO.get(role, ()))
        return Q(data_centre__in=passed.values("data_centre"))

    def of_site(self, data_centre_id: int | None) -> Self:
        """Keep the versions of one site, the newest first."""
        return self.filter(data_centre=data_centre_id).order_by("-number")

    def newest_of(self, data_centre_id: int | None) -> "SitePassport | None":
        """Return what is known of one site now; None where nobody wrote it."""
        return self.of_site(data_centre_id).select_related("data_centre").first()


class AccessLogQuerySet(OfPartyQuerySet["AccessEntry"]):
    """The names of people who came: for the Party and DCC, and no supplier."""

    party_path = "order__party"

    def for_pages(self) -> Self:
        return self.select_related("by", "correction__by", "corrects")

    def search(self, terms: Terms) -> Self:
        """Keep the entries in which each word stands somewhere."""
        found = self
        for word in terms.words:
            each = (Q(**{f"{name}__icontains": word}) for name in SEARCHED)
            found = found.filter(reduce(or_, each))
        return found


class LogPlaceQuerySet(OfPartyQuerySet["AccessLogPlace"]):
    party_path = "order__party"


class LogCopyQuerySet(OfPartyQuerySet["AccessLogCopy"]):
    """Logs as PDFs, which say who came: for the Party and DCC, and no supplier."""

    party_path = "order__party"

    def waiting(self) -> Self:
        """Keep those whose PDF is still to be made, and did not fail."""
        return self.filter(document=None, rendering_error="")


class AccessItemQuerySet(OnSiteQuerySet):
    """What has to be there before a visit: for the Party, DCC and whoever visits."""

    def shown_to_supplier(self, role: str) -> Q:
        shown = super().shown_to_supplier(role)
        return shown if role == Role.INSTALLER else NOTHING

    def open(self) -> Self:
        """Keep what is not settled yet, the first due first."""
        return self.filter(state=AccessItemState.OPEN).order_by("due_on", "pk")

    def for_pages(self) -> Self:
        people = self.select_related("added_by", "closed_by", "order__party")
        return people.prefetch_related("documents__document__by", "costs__answered_by")

    def due_to_reopen(self, today: date) -> Self:
        """Keep what is done by a document that does not hold for the next visit.

        Where none is booked, it has to hold today, a UK day.

        Source: R-2.13-4.
        """
        papers: Any = related(self.model, "documents")
        visits: Any = related(ConnectionRequest, "visits")
        newest = papers.objects.filter(
            item=OuterRef("pk"), state=AccessDocumentState.APPROVED
        ).order_by("-pk")
        next_one = visits.objects.filter(order=OuterRef("order")).to_come()
        dated = self.annotate(
            until=Subquery(newest.values("valid_until")[:1]),
            visit_on=Subquery(next_one.values("on")[:1]),
        )
        over = Q(until__lt=today) | Q(until__lt=F("visit_on"))
        done = dated.filter(over, state=AccessItemState.DONE)
        return done.filter(order__state__in=ON_SITE).order_by("pk")


class AccessDocumentQuerySet(AccessItemQuerySet):
    """The files for it, seen by the same people."""

    party_path = "item__order__party"
    order_path = "item__order__"


class EquipmentTypeQuerySet(DatedQuerySet["EquipmentType"]):
    def for_order(self, order: ConnectionRequest) -> Self:
        """Keep what is installed for its type of connection, as ever was or will be.

        An item may be older than today's catalogue, or be recorded late.
        """
        return self.filter(connection_type=order.connection_type)
