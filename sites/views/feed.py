"""The private links that calendars follow: no sign-in, no prices."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.calendar_file import TYPE
from common.private_links import refusal, unlisted
from sites.calendar import feed_of, feed_opened_by


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    feed = feed_opened_by(token, now)
    if feed is None or feed.party is None:
        raise Http404
    if refused := refusal(request, feed.key):
        return refused
    content = feed_of(feed.party, feed.reader, now)
    response = HttpResponse(content, content_type=TYPE)
    response["Content-Disposition"] = 'inline; filename="gateway-connections.ics"'
    return unlisted(response)
