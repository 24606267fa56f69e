from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import F, Prefetch, Q

from common.dated_rows import DatedQuerySet
from orders.querysets import OfOrderQuerySet
from parties.querysets import OfPartyQuerySet
from quotes.states import (
    OPEN,
    UNDECIDED,
    AuthorityOutcome,
    AuthorityRoute,
    HandIn,
    QuoteState,
)

if TYPE_CHECKING:
    from orders.models import ConnectionRequest
    from parties.models import User
    from quotes.models import Authority, ChargingDecision, Preview, Quote


# What was ever open for a decision.
ISSUED = Q(issued_at__isnull=False)


class QuoteQuerySet(OfOrderQuerySet["Quote"]):
    def shown_to_party(self, party_id: int) -> Q:
        """A Party reads no offer that is not issued yet."""
        return super().shown_to_party(party_id) & ISSUED

    def issued(self) -> Self:
        """Keep what was ever open for a decision."""
        return self.filter(ISSUED)

    def for_pages(self) -> Self:
        joins = ("order__party", "order__data_centre", "document", "previous")
        return self.select_related(*joins).prefetch_related("lines")

    def open(self) -> Self:
        """Keep offers that wait for a decision or for the check of one."""
        return self.filter(state__in=OPEN)

    def undecided(self) -> Self:
        return self.filter(state__in=UNDECIDED)

    def due_to_lapse(self, now: datetime) -> Self:
        """Keep the open offers whose deadline is at or before `now`.

        One with an authority in hand waits for its check, and one with an upload that
        nobody has confirmed yet for that: what counts is when it was given.
        """
        due = self.filter(state=QuoteState.ISSUED, lapses_at__lte=now)
        return due.exclude(authorities__state=HandIn.UPLOADED)

    def waiting_for_document(self) -> Self:
        """Keep drafts that staff issued and whose document is not there yet."""
        return self.filter(
            state=QuoteState.DRAFT,
            issue_requested_at__isnull=False,
            rendering_error="",
        )


class ChargingDecisionQuerySet(OfOrderQuerySet["ChargingDecision"]):
    """What DCC decided to charge an RDP for, and why."""


class PriceQuerySet(DatedQuerySet[Any]):
    def for_order(self, order: "ConnectionRequest") -> Self:
        """Keep the prices that fit an order, those of its very rating first."""
        of_type = Q(connection_type__in=["", order.connection_type])
        of_rating = Q(hv_rating_mbps__isnull=True) | Q(
            hv_rating_mbps=order.hv_rating_mbps
        )
        nearest = (
            F("hv_rating_mbps").desc(nulls_last=True),
            F("connection_type").desc(),
        )
        return self.filter(of_type, of_rating).order_by("kind", *nearest)


class PriceItemQuerySet(PriceQuerySet):
    def valid_on(self, day: date) -> Self:
        """Keep the prices of a UK day; one that was put right is none of any day."""
        return super().valid_on(day).filter(correction__isnull=True)


class PreviewQuerySet(models.QuerySet["Preview"]):
    def waiting(self) -> Self:
        """Keep those that a worker is still to make."""
        return self.filter(
            made_at__isnull=True, error="", quote__state=QuoteState.DRAFT
        )

    def of_draft(self, quote: "Quote | None") -> "Preview | None":
        """Return how far the preview of a draft is, without what it shows."""
        if quote is None:
            return None
        pages = apps.get_model("quotes", "PreviewPage").objects.defer("picture")
        rows = self.filter(quote=quote).defer("content")
        return rows.prefetch_related(Prefetch("pages", queryset=pages)).first()


class AuthorityQuerySet(models.QuerySet["Authority"]):
    def pending(self) -> Self:
        return self.filter(outcome=AuthorityOutcome.PENDING)

    def handed_in(self) -> Self:
        """Keep what DCC has had to check; not what was replaced or never came."""
        return self.filter(state=HandIn.HANDED_IN)

    def waiting(self) -> Self:
        """Keep uploads that nobody has handed in yet."""
        return self.filter(state=HandIn.UPLOADED)

    def on_their_way(self) -> Self:
        """Keep what waits to be handed in, or to be checked."""
        return self.filter(
            Q(state=HandIn.UPLOADED) | Q(outcome=AuthorityOutcome.PENDING)
        )

    def due_in(self, now: datetime) -> Self:
        """Keep uploads whose time to be confirmed is over at `now`."""
        return self.waiting().filter(hands_in_at__lte=now)

    def for_pages(self) -> Self:
        files = apps.get_model("quotes", "SignedFile").objects.all()
        read = Prefetch("files", files.select_related("document"))
        return self.select_related("uploaded_by").prefetch_related(read)

    def unread(self) -> Self:
        """Keep those whose scan a worker is still to read, if anybody will look."""
        with_scan = self.exclude(route=AuthorityRoute.BROWSER)
        of_use = with_scan.filter(state__in=(HandIn.UPLOADED, HandIn.HANDED_IN))
        return of_use.filter(read_at=None, reading_error="")


class PagePictureQuerySet(OfPartyQuerySet[Any]):
    """Pictures of pages that were uploaded, for who looks at the scan."""

    party_path = "document__signed_files__authority__quote__order__party"

    def visible_to(self, user: "User") -> Self:
        """Keep each once, though two files may hold the same document."""
        found = super().visible_to(user)
        return found if user.is_dcc else found.distinct()
