"""The stages of an installation: the days set for them, and what holds them open."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from records.errors import NotPossibleInState
from records.models import Event, Notice
from sites.commands import (
    complete_installation,
    record_issue,
    resolve_issue,
    set_stage_day,
)
from sites.errors import (
    ChangeCauseMissing,
    DoneBefore,
    DoneInTheFuture,
    IssueAlreadyResolved,
    IssueNotDescribed,
    PreviousStageFirst,
    ResolutionMissing,
    StageAlreadyComplete,
    StageDayPassed,
    StageDayUnchanged,
    StageIssueOpen,
)
from sites.models import InstallationStage, StageDay, StageIssue
from tests import journey_on_site
from tests.journey_on_site import today
from worklist.models import WorkItem

PAGE_QUERIES = 13
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FIRST, LATER = date(2026, 4, 20), date(2026, 5, 4)


@pytest.fixture
def order(circuit_visit):
    """Its circuit is being installed today."""
    return circuit_visit.order


def find(order, by, **said):
    said = {
        "stage": "circuit",
        "description": "The duct into the hall is blocked",
        "found_by": "Openreach",
        "found_on": today(),
        **said,
    }
    return record_issue(order.pk, by=by, **said)


def resolve(issue, by, **said):
    said = {"resolution": "The duct was rodded", "resolved_on": today(), **said}
    return resolve_issue(issue.pk, by=by, **said)


def set_day(order, by, on, **said):
    said = {"stage": "circuit", "kind": "committed", **said}
    return set_stage_day(order.pk, by=by, on=on, **said)


def page_of(client, person, order, name="installation"):
    client.force_login(person)
    return client.get(reverse(name, args=[order.reference])).content.decode()


def owed():
    return set(WorkItem.objects.open().values_list("kind", flat=True))


def complete_circuit(order, by):
    return journey_on_site.sites.complete_stage(
        order.pk,
        by=by,
        stage="circuit",
        done_on=today(),
        test_result="Passed",
        provider="BT Openreach",
        provider_reference="ONEA-77",
    )


# Issues


@pytest.mark.guidance("R-3.7-4")
def test_an_open_issue_holds_the_stage_open_until_it_is_resolved(order, installer):
    issue = find(order, installer)
    with pytest.raises(StageIssueOpen, match="The duct into the hall is blocked"):
        complete_circuit(order, installer)
    assert not InstallationStage.objects.exists()

    resolve(issue, installer)

    assert complete_circuit(order, installer).done_on == today()


@pytest.mark.guidance("R-3.7-4")
def test_an_issue_that_is_found_late_holds_completion_open(
    installed_order, installer, operator
):
    issue = find(installed_order, installer, stage="equipment")
    assert "complete_installation" not in owed()
    with pytest.raises(StageIssueOpen):
        complete_installation(installed_order.pk, by=operator, completed_on=today())

    resolve(issue, installer)

    assert "complete_installation" in owed()
    complete_installation(installed_order.pk, by=operator, completed_on=today())


@pytest.mark.guidance("R-3.7-4")
def test_an_issue_keeps_who_found_it_and_when_and_how_it_was_resolved(order, installer):
    issue = resolve(find(order, installer, found_by=" Openreach "), installer)

    assert (issue.found_by, issue.found_on, issue.by) == (
        "Openreach",
        today(),
        installer,
    )
    assert (issue.resolution, issue.resolved_on) == ("The duct was rodded", today())
    names = ("record_issue", "resolve_issue")
    told = Event.objects.filter(name__in=names).order_by("pk")
    assert [row.why for row in told] == [issue.description, issue.resolution]


@pytest.mark.guidance("R-3.7-4")
def test_the_installer_owes_an_open_issue_and_nobody_a_resolved_one(order, installer):
    issue = find(order, installer)
    item = WorkItem.objects.open().get(kind="resolve_stage_issue")
    assert item.turn == "installer"

    resolve(issue, installer)

    assert "resolve_stage_issue" not in owed()


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"description": " "}, IssueNotDescribed),
        ({"found_by": " "}, IssueNotDescribed),
        ({"stage": "equipment"}, PreviousStageFirst),
        ({"found_on": date(2027, 1, 1)}, DoneInTheFuture),
    ],
)
def test_an_issue_is_of_a_stage_that_has_begun_and_says_what_and_by_whom(
    order, installer, said, refusal
):
    with pytest.raises(refusal):
        find(order, installer, **said)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"resolution": " "}, ResolutionMissing),
        ({"resolved_on": date(2027, 1, 1)}, DoneInTheFuture),
        ({"resolved_on": date(2026, 1, 1)}, DoneBefore),
    ],
)
def test_a_resolution_has_words_and_a_day_that_can_be(order, installer, said, refusal):
    issue = find(order, installer)

    with pytest.raises(refusal):
        resolve(issue, installer, **said)


def test_an_issue_is_resolved_once(order, installer):
    issue = resolve(find(order, installer), installer)

    with pytest.raises(IssueAlreadyResolved):
        resolve(issue, installer)


def test_there_is_no_issue_before_installation_begins(ready_order, installer):
    with pytest.raises(NotPossibleInState):
        find(ready_order, installer)


def test_the_database_holds_no_issue_resolved_without_words(order, installer):
    issue = find(order, installer)
    issue.resolved_on = today()

    with pytest.raises(IntegrityError), transaction.atomic():
        issue.save()


# Days


@pytest.mark.guidance("R-2.12-1")
def test_each_change_of_a_day_keeps_its_cause_why_and_author(order, installer):
    set_day(order, installer, FIRST)
    with pytest.raises(ChangeCauseMissing):
        set_day(order, installer, LATER, cause="provider")
    with pytest.raises(ChangeCauseMissing):
        set_day(order, installer, LATER, why="A permit is late")

    set_day(order, installer, LATER, cause="third_party", why=" A permit is late ")

    kept = StageDay.objects.values_list("on", "cause", "why", "by")
    assert list(kept) == [
        (FIRST, "", "", installer.pk),
        (LATER, "third_party", "A permit is late", installer.pk),
    ]
    event = Event.objects.filter(name="set_stage_day").latest("pk")
    assert event.why == "Moved by a third party: A permit is late"
    assert (event.day_from, event.day_to) == (FIRST, LATER)


def test_a_first_day_has_no_cause_and_each_kind_of_day_has_its_own(order, installer):
    first = set_day(order, installer, FIRST, cause="party", why="Said so")
    planned = set_day(order, installer, today(), kind="planned")

    assert (first.cause, first.why, planned.cause) == ("", "", "")
    assert planned.on == today()


def test_the_same_day_and_one_that_has_passed_are_refused(order, installer):
    set_day(order, installer, FIRST)

    with pytest.raises(StageDayUnchanged):
        set_day(order, installer, FIRST, cause="provider", why="Again")
    with pytest.raises(StageDayPassed):
        set_day(order, installer, today() - DAY, cause="provider", why="Late")


def test_a_stage_that_is_done_gets_no_other_day(installed_order, installer):
    with pytest.raises(StageAlreadyComplete):
        set_day(installed_order, installer, FIRST)


@pytest.mark.guidance("R-2.12-1")
def test_the_party_hears_of_a_committed_day_and_who_moved_it(order, installer):
    set_day(order, installer, FIRST, kind="planned")
    assert not Notice.objects.filter(kind="stage_day_set").exists()

    set_day(order, installer, FIRST)
    set_day(order, installer, LATER, cause="party", why="Your hall is closed")

    last = Notice.objects.filter(kind="stage_day_set").latest("pk")
    assert "Monday 4 May 2026, instead of Monday 20 April 2026" in last.text
    assert "Moved by: your organisation\nWhy: Your hall is closed" in last.text


@pytest.mark.guidance("R-3.7-4")
def test_the_party_hears_of_an_issue_and_of_its_end(order, installer):
    resolve(find(order, installer), installer)

    found = Notice.objects.filter(kind="stage_issue_found").latest("pk")
    ended = Notice.objects.filter(kind="stage_issue_resolved").latest("pk")
    assert "The duct into the hall is blocked" in found.text
    assert "How it was resolved: The duct was rodded" in ended.text


# Who


@pytest.mark.parametrize("who", ["submitter", "desk", "configurer"])
def test_only_who_works_on_site_sets_days_and_keeps_issues(
    request, order, installer, who
):
    by, issue = request.getfixturevalue(who), find(order, installer)

    with pytest.raises(PermissionDenied):
        set_day(order, by, FIRST)
    with pytest.raises(PermissionDenied):
        find(order, by)
    with pytest.raises(PermissionDenied):
        resolve(issue, by)


# Pages


@pytest.mark.guidance("R-2.12-1", "R-3.7-4")
def test_the_party_reads_days_changes_and_issues_of_each_stage(
    client, order, installer, submitter
):
    set_day(order, installer, FIRST, kind="planned")
    set_day(order, installer, FIRST)
    set_day(order, installer, LATER, cause="provider", why="No crew is free")
    issue = find(order, installer)

    page = page_of(client, submitter, order)

    assert "Monday 20 April 2026" in page
    assert "Monday 4 May 2026" in page
    assert "Moved by the provider: No crew is free" in page
    assert "Issue open" in page
    assert "Found by Openreach on" in page
    resolve(issue, installer)
    assert "The duct was rodded" in page_of(client, submitter, order)


@pytest.mark.guidance("R-2.12-1", "R-3.7-4")
def test_the_timeline_says_who_moved_the_day_and_what_holds_the_stage_open(
    client, order, installer, submitter
):
    set_day(order, installer, FIRST)
    set_day(order, installer, LATER, cause="third_party", why="A permit is late")
    find(order, installer)

    page = page_of(client, submitter, order, "order")

    assert "Moved from 20 April 2026 by a third party" in page
    assert "For 4 May 2026." in page
    assert "Issue found by Openreach on" in page


@pytest.mark.guidance("R-3.7-4")
def test_the_installer_records_and_resolves_an_issue_on_pages_that_say_which(
    client, order, installer
):
    def step(slug):
        return reverse(f"admin:orders_connectionrequest_{slug}", args=[order.pk])

    client.force_login(installer)
    day = today().isoformat()
    found = {"description": "No power", "found_by": "Openreach", "found_on": day}
    client.post(step("stage-issue"), {"stage": "circuit", **found})
    assert "An issue is open. Circuit" in client.get(step("stage")).content.decode()

    issue = StageIssue.objects.get()
    said = {"issue": issue.pk, "resolution": "Fed from B", "resolved_on": day}
    client.post(step("resolve-issue"), said)
    assert not StageIssue.objects.filter(resolved_on=None).exists()
    assert "An issue is open" not in client.get(step("stage")).content.decode()


@pytest.mark.guidance("R-2.12-1")
def test_the_installer_sets_a_day_on_a_page_and_the_desk_reads_it(
    client, order, installer, operator
):
    client.force_login(installer)
    page = reverse("admin:orders_connectionrequest_stage-day", args=[order.pk])
    client.post(page, {"stage": "circuit", "kind": "committed", "on": "20/4/2026"})

    client.force_login(operator)
    file = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    assert "20 April 2026, set on" in client.get(file).content.decode()


def test_the_page_asks_the_same_few_queries_however_much_happened_in_the_stages(
    client, installed_order, installer, submitter, django_assert_num_queries
):
    for number in range(4):
        record_issue(
            installed_order.pk,
            by=installer,
            stage="equipment",
            description=f"Screw {number} is loose",
            found_by="Gamma",
            found_on=today(),
        )
    client.force_login(submitter)

    with django_assert_num_queries(PAGE_QUERIES):
        client.get(reverse("installation", args=[installed_order.reference]))
