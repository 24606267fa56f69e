"""What several pages of a request need."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.access import UserRequest
from common.clock import uk_date
from common.prepared import one_or_404, prepared
from orders import policies
from orders.errors import NotNominated
from orders.models import ConnectionRequest
from orders.querysets import OrderQuerySet
from parties.models import Party, User
from parties.policies import may_submit_for
from parties.querysets import PeopleQuerySet
from parties.states import Purpose

ASK_AND_ANSWER = require_http_methods(["GET", "HEAD", "POST"])


def order_or_404(request: UserRequest, reference: str) -> ConnectionRequest:
    user = request.user
    return one_or_404(forms_called(reference, user.party_id or 0, role=user.role))


@prepared
def forms_called(reference: str, party: int, *, role: str) -> OrderQuerySet:
    visible = ConnectionRequest.objects.visible_to(User.like(party, role))
    return visible.for_form().filter(reference=reference)


def typed(request: UserRequest) -> QueryDict | None:
    """Return what was sent; None makes a form that shows no errors yet."""
    return request.POST if request.method == "POST" else None


def authorisers(user: User, party_id: int) -> list[User]:
    """Return who may authorise for the Party today, as far as `user` may know.

    Source: R-2.11-4.
    """
    today = uk_date(timezone.now())
    asked = (user.pk, user.party_id or 0, party_id, today)
    return authorisers_known_to(*asked, role=user.role)


@prepared
def authorisers_known_to(
    user: int, own: int, party: int, today: date, *, role: str
) -> PeopleQuerySet:
    people: PeopleQuerySet = User.objects.visible_to(User.like(own, role, pk=user))
    return people.nominated(party, Purpose.AUTHORISE, today)


def nobody_authorises(user: User, party_id: int) -> bool:
    """Say whether to warn a contact that nobody can sign yet. Source: R-2.11-6."""
    return user.party_id == party_id and not authorisers(user, party_id)


def require_submitter(user: User, party: Party) -> None:
    if not may_submit_for(user, party.pk):
        raise PermissionDenied(str(NotNominated(party=party)))


def require_filler(user: User, order: ConnectionRequest) -> None:
    if not policies.may_fill_in(order, user):
        raise PermissionDenied(str(NotNominated(party=order.party)))
