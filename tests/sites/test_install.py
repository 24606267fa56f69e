from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from connections.models import Connection
from records.errors import NotPossibleInState
from records.models import Event
from sites.commands import complete_installation, complete_stage
from sites.errors import (
    AccessNotRecorded,
    CircuitResultMissing,
    DoneBefore,
    DoneInTheFuture,
    PreviousStageFirst,
    ProviderMissing,
    StageAlreadyComplete,
    VisitMissing,
)
from sites.models import InstallationStage, SiteAccess
from tests import journey, journey_on_site

TODAY = date(2026, 3, 3)


OPENREACH = {"provider": "BT Openreach", "provider_reference": "ONEA-77"}


def done(order, person, stage="circuit", *, on=TODAY, tested="Passed", at=None, **told):
    told = {"test_result": tested, **OPENREACH, **told}
    return complete_stage(order.pk, by=person, stage=stage, done_on=on, at=at, **told)


@pytest.mark.guidance("R-3.7-1", "R-3.7-3", "R-2.12-1")
def test_a_stage_keeps_its_day_its_test_and_its_visit(circuit_visit, installer):
    row = done(circuit_visit.order, installer, tested="Line 100 Mbps clean")

    assert (row.done_on, row.test_result) == (TODAY, "Line 100 Mbps clean")
    assert (row.visit.state, row.by) == ("completed", installer)
    assert Event.objects.get(name="complete_stage").why == "Line 100 Mbps clean"


@pytest.mark.guidance("R-1.3-4")
def test_a_circuit_names_its_provider_and_the_order_there(circuit_visit, installer):
    row = done(circuit_visit.order, installer)

    assert (row.provider, row.provider_reference) == ("BT Openreach", "ONEA-77")
    told = Event.objects.get(name="complete_stage").what
    assert told.endswith("by BT Openreach, their reference ONEA-77")


@pytest.mark.guidance("R-1.3-4")
@pytest.mark.parametrize("name", ["provider", "provider_reference"])
def test_a_circuit_of_nobody_is_not_complete(circuit_visit, installer, name):
    with pytest.raises(ProviderMissing, match="telecom provider of the circuit"):
        done(circuit_visit.order, installer, **{name: " "})


@pytest.mark.guidance("R-1.3-4")
def test_the_database_holds_no_circuit_of_nobody(installed_order):
    circuits = InstallationStage.objects.filter(order=installed_order, stage="circuit")

    with pytest.raises(IntegrityError), transaction.atomic():
        circuits.update(provider="")


@pytest.mark.guidance("R-2.12-3")
def test_a_stage_on_site_needs_a_booked_visit(circuit_visit, installer):
    done(circuit_visit.order, installer)

    with pytest.raises(VisitMissing, match="Book the visit for the network equipment"):
        done(circuit_visit.order, installer, "equipment")


@pytest.mark.guidance("R-2.12-3")
def test_a_stage_on_site_needs_access(circuit_visit, installer):
    SiteAccess.objects.update(agreed_at=None, agreed_by=None)

    with pytest.raises(AccessNotRecorded, match="no visit is booked before access"):
        done(circuit_visit.order, installer)


@pytest.mark.guidance("R-2.12-2")
def test_equipment_comes_after_the_circuit(circuit_visit, installer):
    with pytest.raises(PreviousStageFirst, match="circuit comes first"):
        done(circuit_visit.order, installer, "equipment")


def test_a_stage_is_complete_once(installed_order, installer):
    with pytest.raises(StageAlreadyComplete, match="since 3 March 2026"):
        done(installed_order, installer)


@pytest.mark.guidance("R-3.7-3")
def test_a_circuit_without_a_test_is_not_complete(circuit_visit, installer):
    with pytest.raises(CircuitResultMissing, match="result of the basic test"):
        done(circuit_visit.order, installer, tested=" ")


@pytest.mark.parametrize(
    ("on", "refusal", "words"),
    [
        (TODAY + timedelta(days=1), DoneInTheFuture, "still to come"),
        (TODAY - timedelta(days=1), DoneBefore, "the booking of VIS-.* was on 3 March"),
    ],
)
def test_a_stage_is_not_done_before_its_visit_was_booked_or_in_the_future(
    circuit_visit, installer, on, refusal, words
):
    with pytest.raises(refusal, match=words):
        done(circuit_visit.order, installer, on=on)


def test_equipment_is_not_older_than_its_circuit(circuit_visit, installer):
    order, later = circuit_visit.order, datetime(2026, 3, 6, 12, tzinfo=UTC)
    done(order, installer, on=date(2026, 3, 5), at=later)
    journey_on_site.book(order, installer, "equipment")

    with pytest.raises(DoneBefore, match="the circuit was on 5 March 2026"):
        done(order, installer, "equipment", on=date(2026, 3, 4), at=later)


@pytest.mark.parametrize("order", ["ready_order", "surveyed_order", "quoted_order"])
def test_no_stage_is_complete_outside_installation(request, installer, order):
    with pytest.raises(NotPossibleInState):
        done(request.getfixturevalue(order), installer)


@pytest.mark.parametrize("who", ["desk", "configurer", "submitter", "outsider"])
def test_others_do_not_complete_a_stage(request, circuit_visit, who):
    with pytest.raises(PermissionDenied):
        done(circuit_visit.order, request.getfixturevalue(who))


def test_the_database_holds_one_of_each_stage(installed_order):
    row = installed_order.stages.first()
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.guidance("R-3.7-5")
def test_completion_moves_the_order_on(installed_order, operator):
    journey_on_site.complete(installed_order, operator)

    assert journey.fresh(installed_order).state == "configuring"
    event = Event.objects.get(name="complete_installation")
    assert (event.by, event.why) == (operator, "Complete on 3 March 2026")


@pytest.mark.guidance("R-2.12-2")
@pytest.mark.parametrize(
    ("stages", "missing"),
    [((), "circuit"), (("circuit",), "network equipment")],
)
def test_completion_needs_both_stages(
    ready_order, installer, operator, stages, missing
):
    journey_on_site.book(ready_order, installer, "circuit")
    for stage in stages:
        done(ready_order, installer, stage)

    with pytest.raises(PreviousStageFirst, match=f"The {missing} comes first"):
        complete_installation(ready_order.pk, by=operator, completed_on=TODAY)
    assert journey.fresh(ready_order).state == "install"


@pytest.mark.guidance("R-3.7-5")
@pytest.mark.parametrize(
    ("day", "refusal", "words"),
    [
        (date(2026, 3, 4), DoneInTheFuture, "4 March 2026 is still to come"),
        (date(2026, 3, 2), DoneBefore, "authority to proceed was on 3 March 2026"),
    ],
)
def test_completion_is_neither_in_the_future_nor_before_authority(
    installed_order, operator, day, refusal, words
):
    with pytest.raises(refusal, match=words):
        complete_installation(installed_order.pk, by=operator, completed_on=day)
    assert journey.fresh(installed_order).state == "install"
    assert not Connection.objects.exists()


def test_completion_is_not_before_its_last_stage(authorised_order, operator, clock):
    clock.move_to(datetime(2026, 3, 20, 9, tzinfo=UTC))
    journey_on_site.install(authorised_order, operator)

    with pytest.raises(DoneBefore, match="the circuit was on 20 March 2026"):
        complete_installation(
            authorised_order.pk, by=operator, completed_on=date(2026, 3, 19)
        )


@pytest.mark.guidance("R-3.7-5")
def test_completion_counts_the_day_in_the_uk_not_in_utc(
    authorised_order, operator, clock
):
    clock.move_to(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    journey_on_site.install(authorised_order, operator)

    connection = journey_on_site.complete(
        authorised_order, operator, completed_on=date(2026, 7, 1)
    )
    assert connection.completed_on == date(2026, 7, 1)


@pytest.mark.parametrize("who", ["installer", "desk", "configurer", "submitter"])
def test_only_operations_flag_completion(request, installed_order, who):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        complete_installation(installed_order.pk, by=person, completed_on=TODAY)


def test_completing_twice_is_refused_and_changes_nothing(connection, operator):
    with pytest.raises(NotPossibleInState, match="is configuration"):
        complete_installation(connection.order_id, by=operator, completed_on=TODAY)
    assert Connection.objects.count() == 1
    assert InstallationStage.objects.count() == 2
