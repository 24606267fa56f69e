"""Who may do what to work on site. Each is called with the row and the person."""

from typing import TYPE_CHECKING, Any

from orders import policies as order_policies
from parties.policies import has_role
from parties.states import Role
from sites.states import AccessItemOwner, DamageState

if TYPE_CHECKING:
    from orders.models import ConnectionRequest
    from parties.models import User
    from sites.models import AccessItem, ItemCost, SiteVisit, VisitClaim


def may_work_on_site(subject: Any, user: "User") -> bool:
    """The Gateway Connection Provider, or Operations for it. Source: R-1.3-3."""
    return order_policies.may_work_on_site(subject, user)


def may_arrange_access(order: "ConnectionRequest | None", user: "User") -> bool:
    """Whoever talks to the site: the Service Desk too. Source: R-2.13-1."""
    return has_role(user, Role.OPERATIONS, Role.SERVICE_DESK, Role.INSTALLER)


def may_rearrange(visit: "SiteVisit", user: "User") -> bool:
    """The Party's submitters move their own visits; staff move any."""
    staff = may_arrange_access(visit, user)
    return staff or order_policies.may_submit(visit.order, user)


def may_move_own(visit: "SiteVisit", user: "User") -> bool:
    """The Party's submitters on their own page; staff move it at the desk."""
    return order_policies.may_submit(visit.order, user)


def may_settle_claim(claim: "VisitClaim | None", user: "User") -> bool:
    """Operations alone: no supplier says what a Party is charged."""
    return has_role(user, Role.OPERATIONS)


def may_dispute(claim: "VisitClaim", user: "User") -> bool:
    """The Party's submitters, who arrange its visits, and its authorisers, who pay."""
    order = claim.visit.order
    return order_policies.may_submit(order, user) or order_policies.may_authorise(
        order, user
    )


def may_correct(subject: Any, user: "User") -> bool:
    """Operations alone: what was recorded may have cost somebody something."""
    return has_role(user, Role.OPERATIONS)


def only_the_portal(subject: Any, user: "User") -> bool:
    return False


def may_write_access_log(order: "ConnectionRequest", user: "User") -> bool:
    """The Party answers for who is at its equipment, so its submitters write it.

    Source: R-5.2.2-2.
    """
    return order_policies.may_submit(order, user)


def may_read_access_log(order: "ConnectionRequest", user: "User") -> bool:
    """The Party's people and DCC: it names who came. Source: R-5.2.2-3."""
    return user.is_dcc or user.party_id == order.party_id


def may_report_damage(order: "ConnectionRequest", user: "User") -> bool:
    """The Party answers for what happens to it, and the desk is told. R-5.2.2-4."""
    is_desk = has_role(user, Role.OPERATIONS, Role.SERVICE_DESK)
    return is_desk or order_policies.may_submit(order, user)


def may_decide_damage(subject: Any, user: "User") -> bool:
    """Operations alone: no supplier says who bears a repair. Source: R-5.2.2-4."""
    return has_role(user, Role.OPERATIONS)


def may_close_damage(report: Any, user: "User") -> bool:
    """Whoever repairs it says how it ended; of one without repair, Operations."""
    return has_role(user, Role.OPERATIONS) or (
        has_role(user, Role.INSTALLER) and report.state == DamageState.REPAIR
    )


def may_keep_evidence(order: "ConnectionRequest", user: "User") -> bool:
    """The Party answers for its site, and DCC keeps what it is shown. R-5.2.2-1."""
    is_desk = has_role(user, Role.OPERATIONS, Role.SERVICE_DESK)
    return is_desk or order_policies.may_submit(order, user)


def may_write_passport(order: "ConnectionRequest", user: "User") -> bool:
    """The Party's submitters, and whoever talks to the site for them. R-3.5-2."""
    return may_arrange_access(order, user) or order_policies.may_submit(order, user)


def may_settle_item(item: "AccessItem", user: "User") -> bool:
    """Whoever it is for, and DCC for anybody. Source: R-2.13-4."""
    if item.owner == AccessItemOwner.PARTY and order_policies.may_submit(
        item.order, user
    ):
        return True
    if item.owner == AccessItemOwner.INSTALLER and has_role(user, Role.INSTALLER):
        return True
    return has_role(user, Role.OPERATIONS, Role.SERVICE_DESK)


def may_price_item(cost: "ItemCost | None", user: "User") -> bool:
    """DCC's desk says what a special document costs, and no supplier. R-2.13-5."""
    return has_role(user, Role.OPERATIONS, Role.SERVICE_DESK)


def may_answer_cost(cost: "ItemCost", user: "User") -> bool:
    """Whoever may authorise orders that day commits the Party to pay. R-2.13-5."""
    return order_policies.may_authorise(cost.item.order, user)


def may_answer_paths(order: "ConnectionRequest", user: "User") -> bool:
    """Whoever may authorise the order that day. Source: T34."""
    return order_policies.may_authorise(order, user)


def may_check_document(subject: Any, user: "User") -> bool:
    """DCC's Operations and Service Desk: nobody approves what they sent themselves."""
    return has_role(user, Role.OPERATIONS, Role.SERVICE_DESK)
