"""What the offers of an order are, for its pages and steps."""

from django.utils.functional import cached_property

from orders.file import FilePart, OrderFile
from quotes.models import (
    Authority,
    ChargingDecision,
    Quote,
    is_for_dcc_to_decide,
)
from quotes.states import Outcome, QuoteState


class QuotesOfOrder(FilePart):
    @property
    def is_for_dcc_to_decide(self) -> bool:
        return is_for_dcc_to_decide(self.order)

    @cached_property
    def charging_decisions(self) -> list[ChargingDecision]:
        """What DCC decided about the charges of an RDP's HV, the newest first."""
        if not self.is_for_dcc_to_decide:
            return []
        seen = ChargingDecision.objects.visible_to(self.file.user)
        return list(seen.filter(order=self.order).select_related("by"))

    @property
    def charging(self) -> ChargingDecision | None:
        return next(iter(self.charging_decisions), None)

    @cached_property
    def versions(self) -> list[Quote]:
        """The versions, newest first, with their lines. None before acceptance."""
        if self.order.accepted_at is None:
            return []
        versions = self.order.quotes.select_related("document", "previous")
        return self.file.own(versions.prefetch_related("lines").order_by("-version"))

    def in_state(self, *states: str) -> Quote | None:
        return next((quote for quote in self.versions if quote.state in states), None)

    @property
    def draft(self) -> Quote | None:
        return self.in_state(QuoteState.DRAFT)

    @property
    def open(self) -> Quote | None:
        return self.in_state(QuoteState.ISSUED, QuoteState.AUTHORITY_RECEIVED)

    @property
    def accepted(self) -> Quote | None:
        return self.in_state(QuoteState.ACCEPTED)

    @property
    def last_issued(self) -> Quote | None:
        return next((quote for quote in self.versions if quote.issued_at), None)

    @cached_property
    def authorities(self) -> list[Authority]:
        if self.last_issued is None:
            return []
        found = Authority.objects.filter(quote__order=self.order)
        joins = ("quote__document", "nomination__user", "uploaded_by", "checked_by")
        joined = found.for_pages().select_related(*joins)
        rows = list(joined.order_by("-received_at", "-pk"))
        for row in rows:
            row.quote.order = self.order
        return rows

    @property
    def waiting_upload(self) -> Authority | None:
        """What the Party uploaded and has not handed in yet."""
        return next((row for row in self.authorities if row.is_waiting), None)

    @property
    def pending_authority(self) -> Authority | None:
        pending = (row for row in self.authorities if row.outcome == Outcome.PENDING)
        return next(pending, None)


def quotes_of(file: OrderFile) -> QuotesOfOrder:
    return file.part(QuotesOfOrder)
