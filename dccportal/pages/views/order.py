from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.access import UserRequest, for_contacts
from dccportal.pages.ends import bands_of_the_end
from dccportal.pages.home import row_of
from dccportal.pages.orders import file_of, order_or_404
from dccportal.pages.owed import owed_in
from dccportal.pages.timeline import all_marks, phases, progress_words
from orders.contacts import state_tag
from orders.sections.actions import form_actions
from orders.sections.conversation import review_facts, rounds_of
from orders.sections.facts import footing_facts, people_facts, wish_facts
from orders.sections.papers import form_papers
from quotes.sections import charging_fact, ending_actions, offer_papers
from sites.sections import (
    access_actions,
    completion_papers,
    survey_papers,
    visit_actions,
)
from worklist.contacts.bands import bands_of
from worklist.contacts.needs import count_for_the_menu

EVENTS_PER_PAGE = 50


@require_safe
@for_contacts
def order(request: UserRequest, reference: str) -> HttpResponse:
    found = order_or_404(request.user, reference)
    file = file_of(found, request.user)
    marks, owed = all_marks(file), owed_in(file)
    charges = ("Charges", charging_fact(file))
    facts = {
        "order": found,
        "state": state_tag(found, owed.turn.kinds),
        "turn": owed.turn,
        "bands": [*bands_of(owed.needs), *bands_of_the_end(file)],
        "phases": phases(file, marks),
        "progress": progress_words(marks, is_closed=found.is_closed),
        "facts": [*wish_facts(file), charges, *footing_facts(file)],
        "partner": file.partner,
        "pair": [row_of(one, owed.turns[one.reference]) for one in file.pair],
        "sharers": file.sharers,
        "rounds": rounds_of(file),
        "review": review_facts(file),
        "papers": [
            *survey_papers(file),
            *completion_papers(file),
            *offer_papers(file),
            *form_papers(file),
        ],
        "people": people_facts(file),
        "actions": [
            *access_actions(file),
            *visit_actions(file),
            *ending_actions(file),
            *form_actions(file),
        ],
        "happened": len(file.events),
        "nav_count": count_for_the_menu(request.user, file.today, file.people),
    }
    return render(request, "pages/order.html", facts)


@require_safe
@for_contacts
def history(request: UserRequest, reference: str) -> HttpResponse:
    found = order_or_404(request.user, reference)
    events = file_of(found, request.user).history
    page = Paginator(events, EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    facts = {"order": found, "page": page, "entries": page}
    return render(request, "pages/history.html", facts)
