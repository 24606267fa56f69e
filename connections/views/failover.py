"""If a link fails: what is automatic, and the tests that a Party makes of it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.forms import PortalForm, refusals_in
from common.unsent import give_back
from common.wording import day_words
from connections import commands, policies
from connections.deadlines import failover_test_due_on
from connections.failover import Way
from connections.forms import (
    CallOffTestForm,
    FailoverResultForm,
    MoveTestForm,
    PlanTestForm,
)
from connections.models import Connection, FailoverTest, Session
from connections.states import ConnectionState
from connections.views.connection import one
from connections.views.sessions import pair_of, worked_out

A_PAIR = 2


@require_safe
@for_contacts
def failover(request: UserRequest, reference: str) -> HttpResponse:
    """Say what is automatic when a connection fails, and what happens to each session.

    Source: R-7-1, R-7-2, R-7-3.
    """
    found = one(request, reference)
    links = pair_of(request, found)
    rows = list(
        Session.objects.visible_to(request.user).across(links).open().for_pages()
    )
    facts = {
        "connection": found,
        "links": links,
        "cases": [(link, ways_without(link, rows, links)) for link in links],
        "is_elsewhere": len({link.data_centre_id for link in links}) > 1,
        **facts_of_tests(request, found, links),
    }
    return render(request, "connections/failover.html", facts)


def ways_without(
    failed: Connection, rows: list[Session], links: list[Connection]
) -> list[tuple[Session, Way, Connection | None]]:
    """Return each session in use, its way when a link has failed, and across which.

    Source: R-7-3, R-6-13.
    """
    names = {link.pk: link for link in links}
    used = [row for row in rows if row.is_in_use]
    outcome = worked_out(used, links, [failed])
    return [
        (session, way, names.get(way.across or 0))
        for session, way in zip(used, outcome.ways, strict=True)
    ]


def facts_of_tests(
    request: UserRequest, connection: Connection, links: list[Connection]
) -> dict[str, Any]:
    """Return the tests of a pair, planned and past, and from when one is due again."""
    tests = FailoverTest.objects.visible_to(request.user).of_links(links).for_pages()
    rows = list(tests)
    last = max((row.done_on for row in rows if row.done_on), default=None)
    since = in_service_since(links)
    return {
        "planned": sorted(
            (row for row in rows if row.is_planned), key=lambda row: row.planned_on
        ),
        "past": [row for row in rows if not row.is_planned],
        "last_tested": last,
        "is_testable": since is not None,
        "due_again_on": failover_test_due_on(max(since, last or since))
        if since
        else None,
        "today": uk_date(timezone.now()),
        "may_test": policies.may_test_failover(connection, request.user),
    }


def in_service_since(links: list[Connection]) -> date | None:
    """Return the UK day from which both links of a pair are in service, if they are."""
    days = [
        link.router_configured_on
        for link in links
        if link.state == ConnectionState.OPERATIONAL and link.router_configured_on
    ]
    return max(days) if len(days) == A_PAIR else None


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def failover_test_new(request: UserRequest, reference: str) -> HttpResponse:
    found = one(request, reference)
    links = pair_of(request, found)
    form = PlanTestForm(posted(request), initial={"link": found.pk}, links=links)
    give_back(request, form)
    if form.is_valid():
        answers = dict(form.cleaned_data)
        link = answers.pop("link")
        with refusals_in(form):
            test = commands.plan_failover_test(link, by=request.user, **answers)
            day = day_words(test.planned_on)
            words = f"The test is planned for {day}. DCC and its configurer are told."
            messages.success(request, words)
            return redirect("failover", reference=found.reference)
    facts = {
        "connection": found,
        "form": form,
        "may_test": policies.may_test_failover(found, request.user),
        "is_testable": in_service_since(links) is not None,
    }
    return render(request, "connections/failover_test_new.html", facts)


def posted(request: UserRequest) -> Any:
    return request.POST if request.method == "POST" else None


def own_test(request: UserRequest, reference: str, pk: int) -> FailoverTest:
    rows = FailoverTest.objects.visible_to(request.user).for_pages()
    test: FailoverTest = get_object_or_404(rows, pk=pk, connection__reference=reference)
    return test


def shown(
    request: UserRequest, test: FailoverTest, form: PortalForm, doing: str
) -> HttpResponse:
    facts = {
        "connection": test.connection,
        "test": test,
        "form": form,
        "doing": doing,
        "may_test": policies.may_test_failover(test, request.user),
        "today": uk_date(timezone.now()),
    }
    return render(request, "connections/failover_test.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def failover_test(request: UserRequest, reference: str, test: int) -> HttpResponse:
    """Show one test, and take its result."""
    row = own_test(request, reference, test)
    form = FailoverResultForm(posted(request), initial={"done_on": row.planned_on})
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            done = commands.record_failover_test(
                row.pk, by=request.user, **form.cleaned_data
            )
            if done.has_passed:
                messages.success(request, "The result is kept: the test passed.")
            else:
                words = (
                    "The result is kept. It did not pass, so ask the Service Desk, "
                    "which is told by e-mail."
                )
                messages.warning(request, words)
            return redirect("failover", reference=reference)
    return shown(request, row, form, "record")


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def failover_test_move(request: UserRequest, reference: str, test: int) -> HttpResponse:
    row = own_test(request, reference, test)
    form = MoveTestForm(posted(request))
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            moved = commands.move_failover_test(
                row.pk, by=request.user, **form.cleaned_data
            )
            words = f"The test is moved to {day_words(moved.planned_on)}. DCC is told."
            messages.success(request, words)
            return redirect("failover", reference=reference)
    return shown(request, row, form, "move")


@require_http_methods(["GET", "HEAD", "POST"])
@for_contacts
def failover_test_call_off(
    request: UserRequest, reference: str, test: int
) -> HttpResponse:
    row = own_test(request, reference, test)
    form = CallOffTestForm(posted(request))
    give_back(request, form)
    if form.is_valid():
        with refusals_in(form):
            commands.call_off_failover_test(
                row.pk, by=request.user, **form.cleaned_data
            )
            messages.success(request, "The test is called off. DCC is told.")
            return redirect("failover", reference=reference)
    return shown(request, row, form, "call-off")
