from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import FilteredRelation, Q

from common.clock import uk_date
from common.dated_rows import DatedQuerySet, holds_on

if TYPE_CHECKING:
    from parties.models import DataCentre, Nomination, Party, User


class PartyQuerySet(models.QuerySet["Party"]):
    def visible_to(self, user: "User") -> Self:
        """Keep what `user` may know of: staff all, a contact their own Party."""
        return self if user.is_dcc else self.filter(pk=user.party_id)

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class NominationQuerySet(DatedQuerySet["Nomination"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_dcc else self.filter(user__party=user.party_id or 0)

    def of_party(self, party_id: int, *purposes: str) -> Self:
        """Keep all that a Party ever nominated, for any of `purposes`, with people."""
        rows = self.filter(user__party=party_id, purpose__in=purposes)
        return rows.select_related("user").order_by("user__name", "from_on")

    def in_force(self, today: date) -> Self:
        """Keep those whose person may act for the Party today: who may still sign in.

        With `PeopleQuerySet.nominated` this is the only answer to who is nominated;
        pages, findings, e-mails, checks and reminders ask it. Source: R-2.2-5, R-2.11-4
        """
        return self.valid_on(today).filter(user__is_active=True)

    def held_at(self, instant: datetime) -> Self:
        """Keep those whose person could act for the Party at `instant`, aware.

        A sign-in that was closed later undoes nothing that was signed before, and one
        that was opened again gives no effect to what was signed meanwhile.

        Source: R-2.11-4, R-2.11-5.
        """
        begun = Q(user__closures__closed_at__lte=instant)
        over = Q(user__closures__opened_at__lte=instant)
        lasting = Q(user__closures__opened_at=None)
        rows = self.valid_on(uk_date(instant)).annotate(
            then=FilteredRelation("user__closures", condition=begun & ~over),
            later=FilteredRelation("user__closures", condition=~begun & lasting),
        )
        may_now_or_could = Q(user__is_active=True) | Q(later__isnull=False)
        return rows.filter(may_now_or_could, then=None)


class DataCentreQuerySet(models.QuerySet["DataCentre"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_dcc else self.filter(party=user.party_id)


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
            holds_on(day, "nominations__"),
            is_active=True,
            party=party_id,
            nominations__purpose=purpose,
        ).distinct()

    def ever_nominated(self, party_id: int) -> Self:
        """Keep the people whom a Party ever nominated, for anything."""
        return self.filter(party=party_id, nominations__isnull=False).distinct()
