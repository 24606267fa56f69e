from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from parties.models import User


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that hold from a day to a day, both included; no last day means open."""

    def valid_on(self, day: date) -> Self:
        open_or_later = Q(until_on__isnull=True) | Q(until_on__gte=day)
        return self.filter(open_or_later, from_on__lte=day)


class PartyQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """Keep what `user` may know of: staff all, a contact their own Party."""
        return self if user.is_dcc else self.filter(pk=user.party_id)

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class NominationQuerySet(DatedQuerySet):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_dcc else self.filter(user__party=user.party_id or 0)


class DataCentreQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_dcc else self.filter(party=user.party_id)


class PeopleQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """Keep colleagues; DCC sees everybody, a supplier only itself."""
        if user.is_dcc:
            return self
        if user.party_id is None:
            return self.filter(pk=user.pk)
        return self.filter(party=user.party_id)

    def nominated(self, party_id: int, purpose: str, day: date) -> Self:
        """Keep the active people of a Party nominated for `purpose` on `day`."""
        open_or_later = Q(nominations__until_on__isnull=True) | Q(
            nominations__until_on__gte=day
        )
        return self.filter(
            open_or_later,
            is_active=True,
            party=party_id,
            nominations__purpose=purpose,
            nominations__from_on__lte=day,
        ).distinct()
