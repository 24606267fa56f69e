from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Exists, FilteredRelation, OuterRef, Q

from common.clock import uk_date
from common.dated_rows import holds_on
from parties.states import Purpose, Role

if TYPE_CHECKING:
    from parties.models import (
        CalendarFeed,
        DataCentre,
        Invitation,
        Nomination,
        NominationsQuestion,
        Party,
        PartyCalendarFeed,
        User,
    )

FEED_SIGNER = Signer(salt="parties.calendar", sep=".")
INVITATION_SIGNER = Signer(salt="parties.invitation", sep=".")
# The condition that no row meets.
NOTHING = Q(pk__in=())
Row = TypeVar("Row", bound=models.Model)
Rows = TypeVar("Rows", bound=models.QuerySet[Any])


class OfPartyQuerySet(models.QuerySet[Row]):
    """Rows that a Party owns, each seen by DCC and by the Party's own people.

    A class of them says by which path its rows name their Party, and what else it
    shows or keeps back: to the Party, or to DCC's suppliers, who see nothing unless it
    says so.
    """

    party_path = "party"

    def visible_to(self, user: "User") -> Self:
        """Keep what `user` may know of. Each page starts here; the rest is a 404.

        Source: R-1.3-1, R-1.3-3.
        """
        if user.is_dcc:
            return self
        if user.is_staff:
            return self.filter(self.shown_to_supplier(user.role))
        if user.party_id is None:
            return self.none()
        return self.shown_to_people_of(user.party_id)

    def shown_to_people_of(self, party_id: int) -> Self:
        """Keep what all people of a Party may know of."""
        return self.filter(self.shown_to_party(party_id))

    def shown_to_supplier(self, role: str) -> Q:
        """Return the condition of what a supplier sees: nothing, prices above all."""
        return NOTHING

    def shown_to_party(self, party_id: int) -> Q:
        """Return the condition of what the people of a Party see: what is its own."""
        return Q(**{self.party_path: party_id})


class PartyQuerySet(OfPartyQuerySet["Party"]):
    party_path = "pk"

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)

    def to_ask_about_nominations(
        self,
        unconfirmed: "models.QuerySet[Nomination]",
        asked_of: "NominationsQuestionQuerySet",
    ) -> Self:
        """Keep those that have any of these and are not being asked already."""
        asked = Exists(asked_of.open().filter(party=OuterRef("pk")))
        return self.filter(~asked, pk__in=unconfirmed.values("user__party"))


def may_act_on(day: date, nomination: str = "", person: str = "user__") -> Q:
    """Return the condition that somebody may act for a Party on `day`, UK.

    A nomination holds from day to day, and its person may still sign in. This is the
    only answer to who is nominated: pages, findings, e-mails, checks and reminders ask
    it, for one purpose or for any.

    Args:
        nomination: the path from a row to the nomination.
        person: the path from a row to the person.

    Source: R-2.2-5, R-2.11-4.
    """
    return holds_on(day, nomination) & Q(**{f"{person}is_active": True})


class NominationQuerySet(OfPartyQuerySet["Nomination"]):
    party_path = "user__party"

    def of_party(self, party_id: int, *purposes: str) -> Self:
        """Keep all that a Party ever nominated, for any of `purposes`, with people."""
        rows = self.filter(user__party=party_id, purpose__in=purposes)
        return rows.select_related("user").order_by("user__name", "from_on")

    def in_force(self, today: date) -> Self:
        """Keep those whose person may act for the Party today."""
        return self.filter(may_act_on(today))

    def unconfirmed(self, today: date) -> Self:
        """Keep those in force beyond today that nobody has confirmed for a year."""
        lasting = Q(until_on=None) | Q(until_on__gt=today)
        return self.in_force(today).filter(lasting, confirm_from__lte=today)

    def held_at(self, instant: datetime) -> Self:
        """Keep those whose person could act for the Party at `instant`, aware.

        A sign-in that was closed later undoes nothing that was signed before, and one
        that was opened again gives no effect to what was signed meanwhile.

        Source: R-2.11-4, R-2.11-5.
        """
        begun = Q(user__closures__closed_at__lte=instant)
        over = Q(user__closures__opened_at__lte=instant)
        lasting = Q(user__closures__opened_at=None)
        rows = self.filter(holds_on(uk_date(instant))).annotate(
            then=FilteredRelation("user__closures", condition=begun & ~over),
            later=FilteredRelation("user__closures", condition=~begun & lasting),
        )
        may_now_or_could = Q(user__is_active=True) | Q(later__isnull=False)
        return rows.filter(may_now_or_could, then=None)


class DataCentreQuerySet(OfPartyQuerySet["DataCentre"]):
    """Premises of a Party."""


class PeopleQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """Keep colleagues; DCC sees everybody, a supplier only itself."""
        if user.is_dcc:
            return self
        if user.party_id is None:
            return self.filter(pk=user.pk)
        return self.filter(party=user.party_id)

    def nominated(self, party_id: int, purpose: str, day: date) -> Self:
        """Keep the people of a Party nominated for `purpose`, who may sign in.

        Source: R-2.2-5, R-2.11-4.
        """
        return self.filter(
            may_act_on(day, "nominations__", person=""),
            party=party_id,
            nominations__purpose=purpose,
        ).distinct()

    def senders(self, day: date) -> Self:
        """Keep whoever is nominated by any Party to submit, and may sign in."""
        submits = Q(nominations__purpose=Purpose.SUBMIT)
        held = may_act_on(day, "nominations__", person="")
        return self.filter(submits & held).distinct()

    def at_work(self) -> Self:
        """Keep the staff who look after work: whoever only reads has none."""
        working = self.filter(is_active=True, is_staff=True)
        return working.exclude(role=Role.AUDITOR).order_by("name")

    def ever_nominated(self, party_id: int) -> Self:
        """Keep the people whom a Party ever nominated, for anything."""
        return self.filter(party=party_id, nominations__isnull=False).distinct()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unused(self) -> Self:
        """Keep those that were neither used nor ended; they may have expired."""
        return self.filter(used_at=None, ended_at=None)

    def opened_by(self, token: str) -> Self:
        """Keep the one that a signed address names, of somebody who may sign in."""
        people = self.filter(user__is_active=True).select_related("user__party")
        return with_signed_key(people, token, INVITATION_SIGNER)


class NominationsQuestionQuerySet(OfPartyQuerySet["NominationsQuestion"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)

    def answered(self, unconfirmed: "models.QuerySet[Nomination]") -> Self:
        """Keep the open ones of Parties that have none of these left to confirm."""
        return self.open().exclude(party__in=unconfirmed.values("user__party"))


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def opened_by(self, token: str) -> Self:
        """Keep the one that a signed address names, of somebody who may sign in."""
        people = self.filter(user__is_active=True, user__party__isnull=False)
        return with_signed_key(people, token).select_related("user__party")


class PartyCalendarFeedQuerySet(models.QuerySet["PartyCalendarFeed"]):
    def opened_by(self, token: str, today: date) -> Self:
        """Keep the one that a signed address names, of a Party that is still there.

        It is while anybody is nominated to act for it today, UK.
        """
        path = "party__people__nominations__"
        nominated = may_act_on(today, path, "party__people__")
        # Whoever only receives invoices does not act for it.
        nominated &= ~Q(**{f"{path}purpose": Purpose.BILLING})
        rows = with_signed_key(self.filter(nominated).distinct(), token)
        return rows.select_related("party", "made_by")


def with_signed_key(rows: Rows, token: str, signer: Signer = FEED_SIGNER) -> Rows:
    """Keep the link that a signed address names; any other is not even looked up."""
    try:
        return rows.filter(key=signer.unsign(token))
    except BadSignature:
        return rows.none()
