"""The private link that a person's calendar follows: no sign-in, no prices."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.calendar_file import TYPE
from common.private_links import refusal, unlisted
from dccportal.pages.calendar import feed_of
from parties.models import CalendarFeed


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    feed = CalendarFeed.objects.opened_by(token).first()
    if feed is None:
        raise Http404
    if refused := refusal(request, feed.key):
        return refused
    response = HttpResponse(feed_of(feed.user, timezone.now()), content_type=TYPE)
    response["Content-Disposition"] = 'inline; filename="gateway-connections.ics"'
    return unlisted(response)
