"""How much one person may begin in a day, so that a slip or a script does no harm."""

from datetime import datetime

from django.conf import settings

from common.clock import start_of_uk_day, uk_date
from orders.errors import EnoughEnquiries, EnoughRequests
from orders.models import ConnectionRequest, Enquiry
from orders.states import Channel
from parties.models import User
from records.behalf import person_of


def require_room_for_a_request(by: User, at: datetime) -> None:
    """Refuse one more request, copy or half of a pair, once the day has enough.

    What the desk keys in for a person is not counted.

    Raises:
        EnoughRequests: the person began as many on this UK day as one may.
    """
    most: int = settings.REQUESTS_A_DAY
    begun = ConnectionRequest.objects.filter(
        created_by=person_of(by),
        channel=Channel.PORTAL,
        created_at__gte=start_of_uk_day(uk_date(at)),
    )
    if begun.count() >= most:
        raise EnoughRequests(most=most)


def require_room_for_an_enquiry(by: User, at: datetime) -> None:
    """Refuse one more enquiry, once the day has enough.

    Raises:
        EnoughEnquiries: the person asked as often on this UK day as one may.
    """
    most: int = settings.ENQUIRIES_A_DAY
    asked = Enquiry.objects.filter(
        asked_by=by, asked_at__gte=start_of_uk_day(uk_date(at))
    )
    if asked.count() >= most:
        raise EnoughEnquiries(most=most)
