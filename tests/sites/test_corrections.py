"""What was recorded of the work on site and was wrong is put right by a new entry."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from billing.commands import correct_completion_day
from billing.models import Charge
from billing.tasks import charge_due_visits
from common.money import pounds
from connections.errors import ConfiguredBefore, PeriodStated
from orders.errors import ReasonMissing
from records.errors import NotPossibleInState
from records.models import Event, Notice
from sites.commands import (
    book_visit,
    complete_stage,
    correct_record,
    drop_claim,
    fail_visit,
    record_circuit_order,
    record_issue,
    resolve_issue,
)
from sites.commands.targets import held_by, targets_of
from sites.errors import (
    ArrivalMissing,
    BandwidthNotPositive,
    CircuitAlreadyOrdered,
    CorrectionEmpty,
    CorrectionHeld,
    CorrectionNotOfThis,
    CorrectionUnchanged,
    DoneAfter,
    DoneBefore,
    DoneInTheFuture,
    ProviderMissing,
    StageAlreadyComplete,
    StageIssueOpen,
)
from sites.models import CircuitOrder, Correction, InstallationStage, SiteVisit
from tests import journey, journey_on_site
from tests.cast import NOW
from tests.journey_on_site import today
from tests.reading import words_of
from worklist.models import WorkItem

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CIRCUIT = "provider provider_reference test_result done_on"
SURVEY = "surveyed_on notes"
JUDGED = "is_circuit_possible is_equipment_possible civil_works"


def put_right(order, by, what, value, *, visit=None, why="Typed in the wrong place"):
    visit_id = visit.pk if visit else None
    return correct_record(
        order.pk, by=by, what=what, value=value, why=why, visit_id=visit_id
    )


def visit_of(order, purpose):
    return order.visits.filter(purpose=purpose).latest("pk")


@pytest.fixture
def failed_visit(circuit_visit, installer):
    return journey_on_site.turn_away(circuit_visit, installer)


@pytest.fixture
def replaced_visit(failed_visit, installer):
    """Another is booked in its place, to be charged for it."""
    journey_on_site.book(failed_visit.order, installer, "circuit")
    return failed_visit


@pytest.fixture
def missed_and_made(circuit_visit, installer):
    """Its own supplier missed it, and the next one was made free of charge."""
    fail_visit(circuit_visit.pk, by=installer, happened="did_not_come")
    journey_on_site.complete_stage(circuit_visit.order, installer, "circuit")
    return circuit_visit


@pytest.fixture
def charged_visit(failed_visit, installer, operator, clock):
    """It failed, and the next one was charged for it."""
    journey_on_site.charge_next(failed_visit.own_claim, operator)
    journey_on_site.complete_stage(failed_visit.order, installer, "circuit")
    clock.move_to(NOW + 60 * DAY)
    charge_due_visits()
    return failed_visit


@pytest.fixture
def circuit_order(circuit_visit, installer):
    """Ordered, and to be installed today."""
    return record_circuit_order(
        circuit_visit.order_id,
        by=installer,
        provider="Virgin Media",
        provider_reference="VM-1",
        ordered_on=today(),
    )


@pytest.fixture
def circuit_done(circuit_visit, installer):
    visit = circuit_visit
    complete_stage(
        visit.order_id,
        by=installer,
        stage="circuit",
        done_on=visit.on,
        test_result="Passed",
        provider="BT Openreach",
        provider_reference="ONEA-77",
    )
    return journey.fresh(visit.order)


@pytest.fixture
def equipment_visit(circuit_done, installer):
    return journey_on_site.book(circuit_done, installer, "equipment")


@pytest.fixture
def updated_quote(surveyed_order, operator):
    return journey.issue(journey.draft(surveyed_order, operator), operator)


@pytest.fixture
def signed_update(surveyed_order, operator, authoriser):
    return journey_on_site.accept_update(surveyed_order, operator, authoriser)


# After what has happened: what can be corrected, and what no longer can, in words.
LATER = [
    ("failed_visit", "outcome arrived_at", {}),
    ("replaced_visit", "outcome arrived_at", {}),
    ("charged_visit", CIRCUIT, {"outcome": "charged", "arrived_at": "charged"}),
    (
        "missed_and_made",
        CIRCUIT,
        {"outcome": "told that it is free", "arrived_at": "told that it is free"},
    ),
    ("circuit_order", "provider provider_reference ordered_on", {}),
    ("circuit_done", f"{CIRCUIT} outcome", {}),
    ("equipment_visit", CIRCUIT, {"outcome": "Call that off first"}),
    ("installed_order", CIRCUIT, {"outcome": "followed from it"}),
    ("surveyed_order", f"{SURVEY} {JUDGED} outcome", {}),
    (
        "updated_quote",
        SURVEY,
        dict.fromkeys(f"{JUDGED} outcome".split(), "Withdraw that quotation first"),
    ),
    ("signed_update", SURVEY, dict.fromkeys(f"{JUDGED} outcome".split(), "is signed")),
    ("connection", CIRCUIT, {"outcome": "the contract runs"}),
]


@pytest.mark.guidance("R-3.7-4", "R-3.6-5", "T11")
@pytest.mark.parametrize(("world", "free", "held"), LATER)
def test_what_followed_decides_what_can_be_corrected(request, world, free, held):
    """The first visit stands for all of one order that have the same thing recorded."""
    row = request.getfixturevalue(world)
    order = journey.fresh(getattr(row, "order", row))
    found = {}
    for target in targets_of(order):
        found.setdefault(target.what, held_by(order, target))

    assert {what for what, words in found.items() if not words} == set(free.split())
    assert {what for what, words in found.items() if words} == set(held)
    for what, words in held.items():
        assert words in found[what]


@pytest.mark.guidance("R-1.3-4", "R-3.7-3")
@pytest.mark.parametrize(
    ("what", "right"),
    [
        ("provider", "Virgin Media"),
        ("provider_reference", "VM-2"),
        ("test_result", "Passed, 20 Mbps"),
    ],
)
def test_a_fact_of_the_circuit_is_put_right_and_both_are_kept(
    circuit_done, operator, what, right
):
    visit = visit_of(circuit_done, "circuit")
    before = getattr(visit.stage, what)
    row = put_right(circuit_done, operator, what, right, visit=visit)

    assert getattr(InstallationStage.objects.get(), what) == right
    assert (row.before, row.after, row.by) == (before, right, operator)
    event = Event.objects.get(name="correct_record")
    assert f"{right} instead of {before}" in event.why
    assert "Typed in the wrong place" in event.why
    told = Notice.objects.get(kind="site_corrected").text
    for said in (before, right, "Typed in the wrong place", str(operator)):
        assert said in told


@pytest.mark.guidance("R-2.12-1")
def test_the_day_it_really_happened_may_be_another_than_was_booked(
    ready_order, installer, operator, clock
):
    visit = journey_on_site.book(
        ready_order, installer, "circuit", on=today() + 7 * DAY
    )
    clock.move_to(NOW + 9 * DAY)
    facts = {"provider": "BT", "provider_reference": "1", "test_result": "Passed"}
    how = {"by": installer, "stage": "circuit", **facts}
    with pytest.raises(DoneBefore, match="the booking of VIS-"):
        complete_stage(ready_order.pk, done_on=NOW.date() - DAY, **how)
    early = visit.on - DAY
    complete_stage(ready_order.pk, done_on=early, **how)

    put_right(ready_order, operator, "done_on", visit.on + DAY, visit=visit)
    assert InstallationStage.objects.get().done_on == visit.on + DAY
    with pytest.raises(DoneInTheFuture):
        put_right(ready_order, operator, "done_on", today() + DAY, visit=visit)


def test_the_day_of_a_stage_stays_between_the_one_before_and_what_followed(
    connection, operator, clock
):
    clock.move_to(NOW + 9 * DAY)
    visit = visit_of(connection.order, "circuit")

    with pytest.raises(DoneAfter, match="the network equipment was on"):
        put_right(connection.order, operator, "done_on", today(), visit=visit)
    visit = visit_of(connection.order, "equipment")
    with pytest.raises(DoneAfter, match="the completion was on"):
        put_right(connection.order, operator, "done_on", today(), visit=visit)


@pytest.mark.guidance("R-2.9.1-10", "T10")
def test_a_visit_that_its_supplier_missed_costs_its_party_nothing_after_all(
    replaced_visit, operator
):
    row = put_right(
        replaced_visit.order, operator, "outcome", "not_equipped", visit=replaced_visit
    )

    visit = SiteVisit.objects.get(pk=replaced_visit.pk)
    assert (visit.state, visit.happened) == ("missed", "not_equipped")
    assert visit.own_claim.state == "dropped"
    assert not visit.replacement.is_chargeable
    assert "free of charge" in row.follows
    assert (row.before, row.after) == ("not_let_in", "not_equipped")


@pytest.mark.guidance("R-2.9.1-10", "T10", "T11")
def test_a_visit_that_failed_after_all_is_claimed_and_operations_still_confirms(
    circuit_visit, installer, operator
):
    visit = circuit_visit
    fail_visit(visit.pk, by=installer, happened="did_not_come")
    after = journey_on_site.book(visit.order, installer, "circuit")
    with pytest.raises(ArrivalMissing):
        put_right(visit.order, operator, "outcome", "not_let_in", visit=visit)
    put_right(visit.order, operator, "arrived_at", NOW, visit=visit)
    put_right(visit.order, operator, "outcome", "not_let_in", visit=visit)

    visit = SiteVisit.objects.get(pk=visit.pk)
    assert (visit.state, visit.own_claim.state) == ("failed", "open")
    after.refresh_from_db()
    assert after.claim == visit.own_claim
    assert "confirm_claim" in WorkItem.objects.open().values_list("kind", flat=True)


def test_what_operations_decided_about_the_cost_is_not_undone_by_a_correction(
    failed_visit, operator
):
    drop_claim(failed_visit.own_claim.pk, by=operator, reason="The gate was broken")
    put_right(failed_visit.order, operator, "outcome", "our_papers", visit=failed_visit)

    with pytest.raises(CorrectionHeld, match="decided that the visit after"):
        put_right(
            failed_visit.order, operator, "outcome", "not_ready", visit=failed_visit
        )


@pytest.mark.guidance("R-2.9.1-10", "T10")
def test_that_the_engineer_came_on_another_day_decides_who_bears_it(
    failed_visit, operator, clock
):
    clock.move_to(NOW + DAY)
    came = failed_visit.arrived_at - DAY
    put_right(failed_visit.order, operator, "arrived_at", came, visit=failed_visit)

    visit = SiteVisit.objects.get(pk=failed_visit.pk)
    assert (visit.state, visit.arrived_at) == ("missed", came)
    assert visit.own_claim.state == "dropped"


@pytest.mark.guidance("R-3.7-4", "R-2.12-2")
def test_a_stage_that_was_not_done_after_all_is_recorded_anew(
    circuit_done, operator, installer
):
    visit = visit_of(circuit_done, "circuit")
    row = put_right(circuit_done, operator, "outcome", "anew", visit=visit)

    assert not InstallationStage.objects.exists()
    assert "Telecom provider: BT Openreach" in row.set_aside
    visit.refresh_from_db()
    assert (visit.state, visit.closed_at) == ("confirmed", None)
    journey_on_site.turn_away(visit, installer)


@pytest.mark.guidance("R-3.6-1", "R-2.6-7")
def test_a_survey_is_put_right_or_recorded_anew_until_a_quotation_rests_on_it(
    surveyed_order, operator, installer
):
    visit = visit_of(surveyed_order, "survey")
    what = "is_equipment_possible"
    put_right(surveyed_order, operator, what, value=False, visit=visit)
    assert not visit_of(surveyed_order, "survey").result.is_possible

    put_right(surveyed_order, operator, "outcome", "anew", visit=visit)
    assert journey.fresh(surveyed_order).surveyed_at is None
    journey_on_site.survey(visit, installer, surveyed_on=today())
    assert journey.fresh(surveyed_order).surveyed_at is not None


REFUSED = [
    ({"what": "provider", "value": "BT Openreach"}, CorrectionUnchanged),
    ({"what": "provider", "value": ""}, CorrectionEmpty),
    ({"what": "provider", "value": "BT", "why": " "}, ReasonMissing),
    ({"what": "surveyed_on", "value": NOW.date()}, CorrectionNotOfThis),
    ({"what": "outcome", "value": "not_ready"}, NotPossibleInState),
]


@pytest.mark.parametrize(("said", "refusal"), REFUSED)
def test_a_correction_changes_something_that_is_recorded_and_says_why(
    circuit_done, operator, said, refusal
):
    visit = visit_of(circuit_done, "circuit")

    with pytest.raises(refusal):
        put_right(circuit_done, operator, visit=visit, **said)
    assert not Correction.objects.exists()


@pytest.mark.parametrize("who", ["desk", "installer", "submitter", "configurer"])
def test_only_operations_corrects(request, circuit_done, who):
    by, visit = request.getfixturevalue(who), visit_of(circuit_done, "circuit")

    with pytest.raises(PermissionDenied):
        put_right(circuit_done, by, "provider", "BT", visit=visit)
    with pytest.raises(PermissionDenied):
        correct_completion_day(
            circuit_done.pk, by=by, completed_on=today(), why="Wrong"
        )


@pytest.mark.guidance("R-3.7-5", "R-2.9.1-5", "R-2.5-1")
def test_the_day_of_completion_moves_period_and_charges(
    installed_order, operator, clock
):
    clock.move_to(NOW + 9 * DAY)
    connection = journey_on_site.complete(installed_order, operator)
    before = {charge.pk: charge.net for charge in Charge.objects.all()}
    right, how = today() - 2 * DAY, {"by": operator, "why": "A slip"}
    row = correct_completion_day(installed_order.pk, completed_on=right, **how)

    connection.refresh_from_db()
    period, standing = connection.periods.get(), Charge.objects.standing()
    assert {connection.completed_on, period.starts_on} == {right}
    assert journey.fresh(installed_order).completion.completed_on == right
    assert {charge.due_on for charge in standing} == {right}
    back = Charge.objects.exclude(reverses=None)
    assert {row.reverses_id: -row.net for row in back} == before
    assert sorted(charge.net for charge in standing) == sorted(before.values())
    assert {charge.attempt for charge in standing} == {2}
    assert all("A slip" in charge.why for charge in standing)
    assert "Contract period to 9 March 2029 instead of 11 March 2029." in row.follows
    for notice in Notice.objects.filter(kind="site_corrected"):
        assert row.follows in notice.text


def confirm(client, page, typed):
    """Send a form, and then tick that what it shows is right; return what it showed."""
    shown = client.post(page, typed)
    assert not Correction.objects.exists()
    mark = shown.context["form"]["asked_question"].value()
    client.post(page, {**typed, "is_right": "on", "asked_question": mark})
    return shown.content.decode()


def test_operations_reads_what_moves_with_the_day_of_completion_before_it_confirms(
    client, connection, operator, clock
):
    clock.move_to(NOW + 9 * DAY)
    client.force_login(operator)
    name = "admin:orders_connectionrequest_correct-completion"
    page, right = reverse(name, args=[connection.order_id]), today() - 2 * DAY
    shown = confirm(client, page, {"completed_on": right.isoformat(), "why": "A slip"})

    assert "Contract period to" in shown
    for charge in Charge.objects.standing():
        assert f"{charge.description}, {pounds(charge.net)}, due on" in shown
    assert Correction.objects.get().after == right.isoformat()


def test_a_day_of_completion_that_others_rest_on_stays(
    connection_in_service, operator, clock
):
    connection, order = connection_in_service, connection_in_service.order
    how = {"by": operator, "why": "A slip"}
    clock.move_to(NOW + 9 * DAY)
    with pytest.raises(ConfiguredBefore):
        correct_completion_day(order.pk, completed_on=today(), **how)
    with pytest.raises(DoneBefore):
        correct_completion_day(order.pk, completed_on=NOW.date() - DAY, **how)
    connection.periods.update(
        notice_at=NOW, renewal_net=Decimal(1), window_last_day=today()
    )
    with pytest.raises(PeriodStated):
        correct_completion_day(order.pk, completed_on=NOW.date() - DAY, **how)


@pytest.mark.guidance("R-1.3-4")
def test_the_provider_is_known_as_soon_as_the_circuit_is_ordered(
    client, circuit_order, installer, operator, submitter
):
    order = circuit_order.order
    again = {"by": installer, "ordered_on": today(), "provider_reference": "1"}
    with pytest.raises(CircuitAlreadyOrdered):
        record_circuit_order(order.pk, provider="BT", **again)
    put_right(order, operator, "provider", "Virgin")
    assert CircuitOrder.objects.get().provider == "Virgin"

    client.force_login(submitter)
    page = client.get(reverse("installation", args=[order.reference]))
    assert "Virgin on 3 March 2026, their reference VM-1" in page.content.decode()
    client.force_login(installer)
    stage = reverse("admin:orders_connectionrequest_stage", args=[order.pk])
    assert 'value="VM-1"' in client.get(stage).content.decode()


def test_an_order_of_the_circuit_names_its_provider_before_the_circuit_is_there(
    circuit_done, ready_order, installer
):
    how = {"by": installer, "provider_reference": "1", "ordered_on": today()}

    with pytest.raises(StageAlreadyComplete):
        record_circuit_order(circuit_done.pk, provider="BT", **how)
    InstallationStage.objects.all().delete()
    with pytest.raises(ProviderMissing):
        record_circuit_order(circuit_done.pk, provider=" ", **how)


@pytest.mark.guidance("R-3.7-4", "R-2.12-2")
def test_an_issue_found_after_the_circuit_is_done_holds_the_equipment_visit_up(
    circuit_done, installer
):
    said = {"found_by": "BT", "found_on": today(), "description": "It drops"}
    issue = record_issue(circuit_done.pk, by=installer, stage="circuit", **said)
    with pytest.raises(StageIssueOpen):
        journey_on_site.book(circuit_done, installer, "equipment")
    owed = WorkItem.objects.open().values_list("kind", flat=True)
    assert "book_next_visit" not in owed

    resolve_issue(issue.pk, by=installer, resolution="Spliced", resolved_on=today())
    assert "book_next_visit" in owed.all()
    book_visit(
        circuit_done.pk, by=installer, purpose="equipment", on=today(), visitor="BT"
    )


def test_operations_sees_what_changes_and_follows_before_it_is_kept(
    client, failed_visit, operator
):
    order = failed_visit.order
    client.force_login(operator)
    page = reverse("admin:orders_connectionrequest_correct-site", args=[order.pk])
    listed = client.get(page).content.decode()
    assert f"?what=outcome%3A{failed_visit.pk}" in listed
    page = f"{page}?what=outcome:{failed_visit.pk}"
    typed = {"value": "our_papers", "why": "They were ours"}
    assert "The next visit is free of charge" in confirm(client, page, typed)

    assert SiteVisit.objects.get().state == "missed"
    assert "They were ours" in client.get(page).content.decode()


def test_operations_reads_its_e_mail_together_with_what_is_asked_back(
    client, failed_visit, operator, submitter
):
    order = failed_visit.order
    client.force_login(operator)
    page = reverse("admin:orders_connectionrequest_correct-site", args=[order.pk])
    typed = {"value": "our_papers", "why": "They were ours", "look": "yes"}
    before = Notice.objects.count()

    words = words_of(client.post(f"{page}?what=outcome:{failed_visit.pk}", typed))

    assert "Is that right?" in words
    assert "E-mails that go" in words
    assert submitter.email in words
    assert Notice.objects.count() == before
    assert SiteVisit.objects.get().state == "failed"


@pytest.mark.guidance("R-2.6-7")
def test_a_figure_that_is_corrected_stays_above_nothing(circuit_done, operator):
    visit = visit_of(circuit_done, "circuit")
    InstallationStage.objects.update(
        measured_down_mbps=Decimal(60), measured_up_mbps=Decimal(15)
    )

    with pytest.raises(BandwidthNotPositive):
        put_right(circuit_done, operator, "measured_up_mbps", Decimal(0), visit=visit)
    row = put_right(
        circuit_done, operator, "measured_up_mbps", Decimal("16.5"), visit=visit
    )
    assert (row.before_words, row.after_words) == ("15 Mbps", "16.5 Mbps")
