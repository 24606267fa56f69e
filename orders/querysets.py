from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from common.dated_rows import holds_on
from orders.states import (
    CLOSED,
    FINISHED,
    FREE_KIND,
    INSTALLED,
    NEVER_SUBMITTED,
    PASSED_TO_CONFIGURER,
    PASSED_TO_INSTALLER,
    Channel,
    EnquiryState,
    OrderState,
    Route,
)
from parties.querysets import OfPartyQuerySet
from parties.states import Role, Standing
from worklist.models import WorkItem
from worklist.states import TURN_OF

if TYPE_CHECKING:
    from orders.models import (
        BankHoliday,
        ConnectionRequest,
        DeskNote,
        Enquiry,
        FormVersion,
        Question,
        RefusedForm,
        Sharer,
    )
    from parties.models import User

PASSED_TO: dict[str, tuple[OrderState, ...]] = {
    Role.INSTALLER: PASSED_TO_INSTALLER,
    Role.CONFIGURER: PASSED_TO_CONFIGURER,
}


Row = TypeVar("Row", bound=models.Model)
# What came on paper is with DCC from its first answer; a draft of a Party is not.
IS_WITH_DCC = ~Q(state__in=NEVER_SUBMITTED) | ~Q(channel=Channel.PORTAL)
# What went to the Party: the rest of the desk's questions is its own.
SENT = Q(round__isnull=False)


class OfOrderQuerySet(OfPartyQuerySet[Row]):
    """Rows of an order, which its Party sees unless the order was moved to another."""

    party_path = "order__party"
    order_path = "order__"

    def shown_to_party(self, party_id: int) -> Q:
        """Keep back what was keyed in for the wrong Party: it is another's. R-1.3-3."""
        is_its_own = Q(**{f"{self.order_path}moved_to__isnull": True})
        return super().shown_to_party(party_id) & is_its_own


class PassedOnQuerySet(OfPartyQuerySet[Row]):
    """Rows of an order, which a supplier sees once the order is passed on to it.

    Afterwards it sees those about which it still owes something, such as equipment to
    repair or to collect.
    """

    order_path = "order__"

    def shown_to_supplier(self, role: str) -> Q:
        passed = PASSED_TO.get(role, ())
        owed = WorkItem.objects.open().filter(turn=TURN_OF.get(role, ""))
        return Q(**{f"{self.order_path}state__in": passed}) | Q(
            **{f"{self.order_path}reference__in": owed.values("thread")}
        )


class DeskOnlyQuerySet(models.QuerySet[Row]):
    """What DCC alone reads."""

    def visible_to(self, user: "User") -> Self:
        """Keep all for DCC and none for anybody else."""
        return self if user.is_dcc else self.none()


class OrderQuerySet(PassedOnQuerySet["ConnectionRequest"]):
    """Orders, of which a supplier sees those that are passed to it."""

    order_path = ""

    def shown_to_party(self, party_id: int) -> Q:
        """Keep back what was keyed in for the wrong Party, as of its rows. R-1.3-3."""
        return super().shown_to_party(party_id) & Q(moved_to__isnull=True)

    def locked(self) -> Self:
        """Lock the order row, which guards all that hangs from it."""
        return self.select_for_update(of=("self",), no_key=True)

    def for_pages(self) -> Self:
        return self.select_related(
            "party", "data_centre", "owner", "submitted_by", "site_review"
        )

    def for_form(self) -> Self:
        """Read what the pages of the form show, with the other form of its pair."""
        joined = self.for_pages().select_related("group")
        return joined.prefetch_related(
            "group__members__data_centre",
            "acknowledgements__by",
            "acknowledgements__keyed_by",
            "sharers",
        )

    def listed(self, now: datetime) -> Self:
        """Keep what lists show: not the drafts that were thrown away for good."""
        return self.exclude(state=OrderState.DISCARDED, discard_final_at__lte=now)

    def in_progress(self) -> Self:
        return self.exclude(state__in=FINISHED)

    def finished(self) -> Self:
        return self.filter(state__in=FINISHED)

    def without_partner(self) -> Self:
        """Keep those that stand alone and have not ended: one can be paired. T18."""
        return self.filter(group=None).exclude(state__in=CLOSED)

    def shared_without_standing(self, day: date) -> Self:
        """Keep those that others use and whose Party is no SEC Party on `day`, UK.

        What was never sent to DCC, and what has ended, concerns nobody.

        Source: R-2.3-7, T1.
        """
        sec_party = self.model.objects.filter(
            holds_on(day, "party__standings__"),
            party__standings__standing=Standing.SEC_PARTY,
        )
        live = self.not_ended().exclude(state__in=NEVER_SUBMITTED)
        return live.filter(is_shared=True).exclude(pk__in=sec_party.values("pk"))

    def closed(self) -> Self:
        return self.filter(state__in=CLOSED)

    def not_ended(self) -> Self:
        """Keep those on their way or in service."""
        return self.exclude(state__in=CLOSED)

    def is_free(self, order: "ConnectionRequest") -> bool:
        """Say whether it is the one LV connection that an RDP has free of charge.

        Only while it is for nothing but registration data and nobody shares it; the
        first order of an RDP that is on its way or in service takes the place.

        Source: R-2.9.2-1, R-2.9.2-3.
        """
        if not order.is_free_kind or order.is_shared or order.sharers.exists():
            return False
        earlier = self.filter(
            party=order.party_id, submitted_at__lt=order.submitted_at, **FREE_KIND
        ).exclude(is_shared=True)
        return not earlier.exclude(state__in=CLOSED).exists()


class SharerQuerySet(OfOrderQuerySet["Sharer"]):
    def shown_to_party(self, party_id: int) -> Q:
        """Return the condition of whom it shares with, and of what is shared with it.

        The other Party knows of it once the connection is installed.

        Source: R-2.3-3, R-2.1.1-2.
        """
        is_there = Q(party=party_id, order__state__in=INSTALLED)
        return super().shown_to_party(party_id) | is_there

    def on(self, day: date) -> Self:
        """Keep those that share on `day`, UK. Source: R-2.3-1."""
        return self.filter(holds_on(day))

    def during(self, first: date, last: date | None) -> Self:
        """Keep those that share on any UK day from `first` to `last`, both inside.

        Args:
            last: None where no end is agreed.

        Source: R-2.3-1.
        """
        found = self.filter(Q(until_on__isnull=True) | Q(until_on__gte=first))
        return found if last is None else found.filter(from_on__lte=last)

    def used_by(self, party_id: int | None, day: date) -> Self:
        """Keep where that Party uses a connection of another one on `day`, UK.

        Nobody who belongs to no Party uses one.

        Source: R-2.1.1-2.
        """
        if party_id is None:
            return self.none()
        installed = self.filter(
            holds_on(day), party=party_id, order__state__in=INSTALLED
        )
        joined = installed.select_related("order__party", "order__connection")
        return joined.order_by("order__party__name", "order")


class EnquiryQuerySet(OfPartyQuerySet["Enquiry"]):
    """What a Party asked the desk, which is none of a supplier’s business."""

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)

    def for_pages(self) -> Self:
        return self.select_related("party", "order", "asked_by", "owner", "answered_by")

    def waiting(self) -> Self:
        """Keep those that the desk has not answered. Source: R-2.8-8."""
        return self.exclude(state=EnquiryState.ANSWERED)


class FormVersionQuerySet(OfOrderQuerySet["FormVersion"]):
    def waiting_for_document(self) -> Self:
        """Keep the forms whose record is still to be made, and did not fail."""
        return self.filter(document=None, rendering_error="")


class QuestionQuerySet(OfOrderQuerySet["Question"]):
    def shown_to_party(self, party_id: int) -> Q:
        """What the desk has not sent is its own. Source: R-3.2-6."""
        return super().shown_to_party(party_id) & SENT

    def unsent(self) -> Self:
        return self.filter(round=None)

    def sent(self) -> Self:
        return self.filter(SENT)

    def open(self) -> Self:
        """Keep what the Party has to answer before it sends the form again."""
        return self.sent().filter(round__closed_at=None)

    def for_pages(self) -> Self:
        """Read a whole conversation at once, the rounds in their order."""
        joined = self.select_related("round", "asked_by", "answered_by")
        return joined.order_by("round__number", "asked_at", "pk")


class DeskNoteQuerySet(DeskOnlyQuerySet["DeskNote"]):
    """What the desk tells itself."""

    def naming(self, user: "User", since: datetime) -> Self:
        """Keep those that name `user` and are not older, the newest first."""
        rows = self.filter(named=user.pk, at__gte=since)
        return rows.select_related("order", "by").order_by("-at", "-pk")


class RefusedFormQuerySet(DeskOnlyQuerySet["RefusedForm"]):
    """Forms that nobody may send: no Party has taken them over."""


class BankHolidayQuerySet(models.QuerySet["BankHoliday"]):
    def days_of(self, division: str) -> "models.QuerySet[BankHoliday, date]":
        """Return the days of a division (ENG, SCT or NIR)."""
        return self.filter(division=division).values_list("day", flat=True)
