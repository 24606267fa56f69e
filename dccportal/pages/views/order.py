from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from dccportal.pages import about
from dccportal.pages.conversation import review_facts, rounds_of
from dccportal.pages.ends import end_of
from dccportal.pages.home import row_of
from dccportal.pages.marks import all_marks
from dccportal.pages.story import events_of, orders_for, story_of
from dccportal.pages.timeline import phases, progress_words
from dccportal.pages.wording import state_tag
from worklist.contacts.bands import bands_of

EVENTS_PER_PAGE = 50


@require_safe
@for_contacts
def order(request: UserRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(orders_for(request.user), reference=reference)
    story = story_of(found, request.user, uk_date(timezone.now()))
    marks = all_marks(story)
    facts = {
        "order": found,
        "state": state_tag(found, story.turn.kinds),
        "turn": story.turn,
        "bands": [*bands_of(story.needs), *end_of(story)],
        "phases": phases(story, marks),
        "progress": progress_words(marks, is_closed=found.is_closed),
        "facts": about.facts_of(story),
        "partner": story.partner,
        "pair": [row_of(one, story.turns[one.reference]) for one in story.pair],
        "sharers": story.sharers,
        "rounds": rounds_of(story),
        "review": review_facts(story),
        "papers": about.papers_of(story, request.user),
        "people": about.people_of(story),
        "actions": about.actions_of(story, request.user),
        "happened": len(story.events),
    }
    return render(request, "pages/order.html", facts)


@require_safe
@for_contacts
def history(request: UserRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(orders_for(request.user), reference=reference)
    pages = Paginator(events_of(found), EVENTS_PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    facts = {"order": found, "page": page, "entries": page}
    return render(request, "pages/history.html", facts)
