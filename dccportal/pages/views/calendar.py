"""The private links that calendars follow: no sign-in, no prices."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.calendar_file import TYPE
from common.clock import uk_date
from common.private_links import refusal, unlisted
from dccportal.pages.calendar import feed_of
from parties.models import CalendarFeed, PartyCalendarFeed


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    own = CalendarFeed.objects.opened_by(token).first()
    shared = PartyCalendarFeed.objects.opened_by(token, uk_date(now))
    feed = own or shared.first()
    if feed is None or feed.party is None:
        raise Http404
    if refused := refusal(request, feed.key):
        return refused
    content = feed_of(feed.party, feed.reader, now)
    response = HttpResponse(content, content_type=TYPE)
    response["Content-Disposition"] = 'inline; filename="gateway-connections.ics"'
    return unlisted(response)
