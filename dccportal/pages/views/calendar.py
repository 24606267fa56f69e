"""The private link that a person's calendar follows: no sign-in, no prices."""

from allauth.core.internal import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.calendar_file import TYPE
from dccportal.pages.calendar import feed_of
from parties.models import CalendarFeed


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    feed = CalendarFeed.objects.opened_by(token).first()
    if feed is None:
        raise Http404
    if is_too_often(request, feed):
        refused: HttpResponse = ratelimit.respond_429(request)
        return refused
    response = HttpResponse(feed_of(feed.user, timezone.now()), content_type=TYPE)
    response["Content-Disposition"] = 'inline; filename="gateway-connections.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def is_too_often(request: HttpRequest, feed: CalendarFeed) -> bool:
    """Say whether one link was asked for more than the settings allow."""
    asked = {"app": "allauth.account", "action": "calendar", "key": feed.key}
    return not ratelimit.consume(request, limit_get=True, **asked)
