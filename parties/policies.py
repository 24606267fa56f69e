"""Who is nominated, and who at DCC or a supplier does what."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from common.clock import uk_date
from common.prepared import prepared
from parties.states import Purpose, Role
from records.behalf import OnBehalf

SHARES_CALENDAR: frozenset[str] = frozenset({Purpose.SUBMIT, Purpose.AUTHORISE})

if TYPE_CHECKING:
    from parties.models import Nomination, User
    from parties.querysets import NominationQuerySet


def signed_in(request: HttpRequest) -> "User":
    """Return who signed in.

    Raises:
        PermissionDenied: nobody has, on a page that lets only people in.
    """
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def has_role(user: "User", *roles: str) -> bool:
    return bool(user.is_active and user.is_staff and user.role in roles)


def is_operations(user: "User") -> bool:
    return has_role(user, Role.OPERATIONS)


def is_desk(user: "User") -> bool:
    """DCC Operations can do all that the Service Desk can."""
    return has_role(user, Role.OPERATIONS, Role.SERVICE_DESK)


def is_nominated(user: "User", party_id: int, purpose: str) -> bool:
    """Say whether `user` is a nominated contact of the Party for `purpose` today.

    Being of the Party is not enough, and a nomination counts only between its days.
    What the desk records for somebody counts from the day it came.

    Source: R-2.2-5, R-2.11-4.
    """
    if isinstance(user, OnBehalf):
        return is_desk(user.recorder) and was_nominated(user, party_id, purpose)
    if not user.is_active or user.party_id != party_id:
        return False
    today = uk_date(timezone.now())
    return bool(nominated_for(user.pk, today, purpose=purpose))


@prepared
def nominated_for(
    user: int, day: date, *, purpose: str
) -> "models.QuerySet[Nomination, tuple[int]]":
    rows: NominationQuerySet = apps.get_model("parties", "Nomination").objects.all()
    held = rows.filter(user=user, purpose=purpose).in_force(day)
    return held.order_by().values_list("pk")[:1]


def was_nominated(said: OnBehalf, party_id: int, purpose: str) -> bool:
    """Say whether who said something was nominated when it came (T35)."""
    held = said.person.nominations.held_at(said.entitled_at)
    return bool(held.filter(purpose=purpose, user__party=party_id).exists())


def may_submit_for(user: "User", party_id: int) -> bool:
    return is_nominated(user, party_id, Purpose.SUBMIT)


def may_authorise_for(user: "User", party_id: int) -> bool:
    return is_nominated(user, party_id, Purpose.AUTHORISE)


def may_share_calendar(user: "User", party_id: int) -> bool:
    """Whoever is nominated for anything decides who follows the Party's dates."""
    return any(is_nominated(user, party_id, one) for one in SHARES_CALENDAR)


def shares_calendar(purposes: Collection[str]) -> bool:
    """Say the same of whoever is nominated for these purposes today."""
    return not SHARES_CALENDAR.isdisjoint(purposes)


def may_edit_contacts(user: "User", subject: object = None) -> bool:
    """The Service Desk keeps people, nominations and accounts. Source: R-1.3-1."""
    return is_desk(user)


def may_confirm_nominations(user: "User", party_id: int) -> bool:
    """Whoever may authorise for the Party answers for its people; or the desk for it.

    That it is they is our own rule. Source: R-2.2-6, R-1.3-1.
    """
    return is_desk(user) or may_authorise_for(user, party_id)
