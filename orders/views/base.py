"""What several pages of a request need."""

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.access import UserRequest
from common.clock import uk_date
from orders import policies
from orders.errors import NotNominated
from orders.models import ConnectionRequest
from parties.models import Party, User
from parties.policies import may_submit_for
from parties.states import Purpose

ASK_AND_ANSWER = require_http_methods(["GET", "HEAD", "POST"])


def order_or_404(request: UserRequest, reference: str) -> ConnectionRequest:
    visible = ConnectionRequest.objects.visible_to(request.user).for_form()
    order: ConnectionRequest = get_object_or_404(visible, reference=reference)
    return order


def typed(request: UserRequest) -> QueryDict | None:
    """Return what was sent; None makes a form that shows no errors yet."""
    return request.POST if request.method == "POST" else None


def authorisers(user: User, party_id: int) -> list[User]:
    """Return who may authorise for the Party today, as far as `user` may know.

    Source: R-2.11-4.
    """
    today = uk_date(timezone.now())
    people = User.objects.visible_to(user)
    return list(people.nominated(party_id, Purpose.AUTHORISE, today))


def nobody_authorises(user: User, party_id: int) -> bool:
    """Say whether to warn a contact that nobody can sign yet. Source: R-2.11-6."""
    return user.party_id == party_id and not authorisers(user, party_id)


def require_submitter(user: User, party: Party) -> None:
    if not may_submit_for(user, party.pk):
        raise PermissionDenied(str(NotNominated(party=party)))


def require_filler(user: User, order: ConnectionRequest) -> None:
    if not policies.may_fill_in(order, user):
        raise PermissionDenied(str(NotNominated(party=order.party)))
