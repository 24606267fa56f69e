from collections.abc import Iterable
from typing import TYPE_CHECKING

from parties.policies import is_desk
from parties.states import Role
from worklist.kinds import WorkKind
from worklist.states import OF_THE_PARTY, TURN_OF, Turn

if TYPE_CHECKING:
    from parties.models import User
    from worklist.models import WorkItem


def may_look_after(kind: WorkKind, user: "User") -> bool:
    """Say whether a kind of work can be the part of `user`.

    Operations and Service Desk see to all that DCC and its suppliers owe; Billing and
    each supplier to their own. What a Party owes, and what goes by itself, is nobody's
    to take.

    Source: R-1.3-1, R-1.3-3.
    """
    if kind.turn in (*OF_THE_PARTY, Turn.PORTAL):
        return False
    if is_desk(user):
        return True
    if not (user.is_active and user.is_staff):
        return False
    own = TURN_OF.get(Role(user.role))
    return own is not None and (kind.turn == own or own in kind.also)


def not_part_of(items: "Iterable[WorkItem]", user: "User | None") -> "list[WorkItem]":
    """Return what of some things can never be the part of `user`; of nobody, nothing.

    Source: R-1.3-1, R-1.3-3.
    """
    if user is None:
        return []
    return [item for item in items if not may_look_after(item.declared, user)]
