"""Who may move an offer. Each is called with the quote and the person."""

from typing import TYPE_CHECKING, Any

from orders import policies as order_policies
from parties.policies import is_desk, is_operations
from records.behalf import OnBehalf

if TYPE_CHECKING:
    from parties.models import User
    from quotes.models import Quote


def may_prepare(quote: "Quote | None", user: "User") -> bool:
    """DCC Operations makes, issues, verifies and withdraws. Source: R-1.3-1."""
    return is_operations(user)


def may_decline(quote: "Quote", user: "User") -> bool:
    """Only a nominated authoriser decides. Source: R-2.11-4, R-3.4-5."""
    return order_policies.may_authorise(quote.order, user)


def may_decline_late(quote: "Quote", user: "User") -> bool:
    """Only the desk can know that it was declined before it lapsed (T35)."""
    return isinstance(user, OnBehalf) and may_decline(quote, user)


def may_accept(quote: "Quote", user: "User") -> bool:
    """Nobody accepts for another: that stays the signed quotation. Source: R-2.11-4."""
    return not isinstance(user, OnBehalf) and may_decline(quote, user)


def may_upload(quote: "Quote", user: "User") -> bool:
    """A submitter may bring the paper; who signed it is checked by DCC (T27)."""
    return not isinstance(user, OnBehalf) and order_policies.may_withdraw(
        quote.order, user
    )


def may_confirm(authority: Any, user: "User") -> bool:
    """Whoever may upload may hand in, replace or throw away what was uploaded."""
    return may_upload(authority.quote, user)


def may_key(quote: "Quote", user: "User") -> bool:
    """The Service Desk enters a scan that came to it by e-mail. Source: R-2.11-3."""
    return is_desk(user)


def may_hand_in(quote: "Quote", user: "User") -> bool:
    """Whether by upload, by e-mail or in the portal; each route asks its own."""
    return may_upload(quote, user) or may_key(quote, user)


def only_the_portal(quote: "Quote", user: "User") -> bool:
    return False
