"""Another rate of an HV connection, and superfast broadband of an LV one."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from billing.models import Charge
from billing.tasks import charge_rate_changes
from common.clock import uk_date
from connections.commands import (
    accept_rate_change,
    cancel_connection,
    check_rate_acceptance,
    complete_rate_change,
    make_connection_paper,
    mark_superfast,
    price_rate_change,
    refuse_rate_change,
    request_rate_change,
    schedule_rate_change,
    withdraw_rate_change,
)
from connections.deadlines import rate_change_target
from connections.errors import (
    ChangeBeforeRequest,
    ChangeInTheFuture,
    ChangeNotRead,
    ChangeOpen,
    NeverToHv,
    NotInService,
    RateNotAStep,
    RateTooHigh,
    RateUnchanged,
    SuperfastNotThere,
)
from connections.links import lv_rates
from connections.models import Connection, ContractPeriod, RateChange
from orders.errors import NotNominated, ReasonMissing
from quotes.errors import ScanMissing
from records.errors import NotPossibleInState
from records.models import Notice
from tests import journey, journey_on_site
from tests.cast import NOW
from tests.connections.test_states import moves_of
from tests.orders.test_papers import text_of
from tests.reading import words_of
from worklist.models import WorkItem

TODAY = uk_date(NOW)
TARGET = date(2026, 4, 2)


def ask(connection, person, rate):
    return request_rate_change(connection.pk, by=person, to_mbps=rate)


def accept(change, person, operator=None):
    return journey_on_site.accept_change(change, person, operator=operator)


def make(change, operator, *, on=TODAY):
    schedule_rate_change(change.pk, by=operator, on=on)
    complete_rate_change(change.pk, by=operator, done_on=on)
    charge_rate_changes()
    charge_rate_changes()


def test_these_are_all_the_moves_of_a_change():
    open_states = ("requested", "priced", "accepted", "scheduled")
    assert moves_of(RateChange) == {
        ("requested", "price", "priced"),
        ("priced", "accept", "accepted"),
        ("accepted", "turn_down", "priced"),
        ("priced", "decline", "requested"),
        ("accepted", "take_effect", "done"),
        ("requested", "schedule_lower", "scheduled"),
        ("accepted", "schedule", "scheduled"),
        ("scheduled", "schedule", "scheduled"),
        ("scheduled", "complete", "done"),
        ("requested", "withdraw", "withdrawn"),
        ("priced", "withdraw", "withdrawn"),
        *((state, "refuse", "refused") for state in open_states),
        *((state, "drop", "withdrawn") for state in open_states),
    }


@pytest.mark.guidance("R-2.6-11", "T13")
def test_the_last_day_is_thirty_calendar_days_later():
    assert rate_change_target(date(2026, 3, 3)) == TARGET
    assert rate_change_target(date(2027, 12, 31)) == date(2028, 1, 30)


@pytest.mark.guidance("R-2.6-10", "R-2.7.2-2", "R-2.10-4")
def test_a_higher_rate_is_priced_accepted_made_and_charged_once(
    priced_change, authoriser, operator
):
    with pytest.raises(NotPossibleInState):
        schedule_rate_change(priced_change.pk, by=operator, on=TODAY)
    accepted = accept(priced_change, authoriser, operator)
    assert "£1,440.00 including it, once" in accepted.acknowledged
    assert "is changed from 20 to 50 Mbps" in accepted.acknowledged
    assert not Charge.objects.filter(kind="rate_change").exists()

    make(priced_change, operator)

    assert Connection.objects.get().hv_rating_mbps == 50
    charge = Charge.objects.get(kind="rate_change")
    assert (charge.net, charge.due_on, charge.rate_change) == (1200, TODAY, accepted)
    assert "Accepted by Ada Law on 3 March 2026" in charge.why
    with pytest.raises(NotPossibleInState):
        complete_rate_change(priced_change.pk, by=operator, done_on=TODAY)
    assert ContractPeriod.objects.get().net_after_changes == 5200
    assert ContractPeriod.objects.get().annual_net == 4000


@pytest.mark.guidance("R-2.6-11", "T13")
def test_the_days_of_a_higher_rate_run_from_its_acceptance(
    clock, priced_change, authoriser
):
    clock.move_to(NOW + timedelta(days=10))
    assert RateChange.objects.get().target_on is None

    assert accept(priced_change, authoriser).target_on == TARGET + timedelta(days=10)


@pytest.mark.guidance("R-2.6-10", "R-2.6-11", "T13")
def test_a_lower_rate_is_charged_nothing_and_costs_less_from_the_renewal(
    connection_in_service, submitter, operator
):
    change = ask(connection_in_service, submitter, 10)
    assert change.target_on == TARGET
    how = {"on": TODAY, "annual_net": Decimal(3100)}
    schedule_rate_change(change.pk, by=operator, **how)

    complete_rate_change(change.pk, by=operator, done_on=TODAY)
    charge_rate_changes()

    assert Connection.objects.get().hv_rating_mbps == 10
    assert not Charge.objects.filter(kind="rate_change").exists()
    period = ContractPeriod.objects.get()
    assert (period.annual_net, period.net_after_changes) == (4000, 3100)
    text = Notice.objects.filter(kind="rate_change_done").first().text
    assert "£3,100.00 excluding VAT from the renewal" in text


@pytest.mark.guidance("R-2.6-3", "R-2.6-10", "R-2.6-12", "T14")
@pytest.mark.parametrize(
    ("rate", "refusal"),
    [
        (110, RateTooHigh),
        (15, RateNotAStep),
        (0, RateNotAStep),
        (-10, RateNotAStep),
        (20, RateUnchanged),
    ],
)
def test_a_rate_that_cannot_be_is_refused(
    connection_in_service, submitter, rate, refusal
):
    with pytest.raises(refusal):
        ask(connection_in_service, submitter, rate)


@pytest.mark.guidance("R-2.6-10")
@pytest.mark.parametrize("who", ["colleague", "outsider", "operator"])
def test_only_who_orders_or_decides_for_the_party_asks(
    request, connection_in_service, who
):
    with pytest.raises(NotNominated):
        ask(connection_in_service, request.getfixturevalue(who), 50)


def test_only_a_connection_in_service_is_changed(connection, submitter):
    with pytest.raises(NotInService):
        ask(connection, submitter, 50)


def test_one_change_at_a_time_of_a_connection(rate_change, submitter):
    connection = rate_change.connection
    with pytest.raises(ChangeOpen, match="Change from 20 to 50 Mbps"):
        ask(connection, submitter, 40)

    rate_change.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        rate_change.save(force_insert=True)
    withdraw_rate_change(RateChange.objects.get().pk, by=submitter)
    assert ask(connection, submitter, 40).to_mbps == 40


@pytest.mark.guidance("R-2.7.2-2", "R-2.3-3")
def test_only_an_authoriser_accepts_and_only_what_was_read(
    priced_change, submitter, authoriser
):
    with pytest.raises(PermissionDenied):
        accept(priced_change, submitter)
    with pytest.raises(ChangeNotRead):
        accept_rate_change(priced_change.pk, by=authoriser, is_understood=False)


@pytest.mark.guidance("R-2.7.2-2")
def test_dcc_refuses_with_a_reason_and_the_party_reads_it(rate_change, operator):
    with pytest.raises(ReasonMissing):
        refuse_rate_change(rate_change.pk, by=operator, reason=" ")

    refuse_rate_change(rate_change.pk, by=operator, reason="The circuit is full.")

    text = Notice.objects.filter(kind="rate_change_refused").first().text
    assert "The circuit is full." in text


def test_what_is_accepted_is_not_taken_back(priced_change, authoriser):
    accept(priced_change, authoriser)

    with pytest.raises(NotPossibleInState):
        withdraw_rate_change(priced_change.pk, by=authoriser)


def test_it_was_done_neither_before_the_request_nor_tomorrow(
    connection_in_service, submitter, operator
):
    change = ask(connection_in_service, submitter, 10)
    schedule_rate_change(change.pk, by=operator, on=TODAY)

    for days, refusal in ((-1, ChangeBeforeRequest), (1, ChangeInTheFuture)):
        day = TODAY + timedelta(days=days)
        with pytest.raises(refusal):
            complete_rate_change(change.pk, by=operator, done_on=day)


def test_a_connection_that_is_cancelled_is_not_changed_any_more(
    priced_change, authoriser
):
    connection = priced_change.connection
    how = {"last_day": date(2026, 7, 20), "acknowledged": Decimal(8000)}
    cancel_connection(connection.pk, by=authoriser, **how)

    assert RateChange.objects.get().state == "withdrawn"


@pytest.mark.guidance("R-2.6-11")
def test_what_is_late_is_owed_with_its_day(priced_change, authoriser, operator):
    accept(priced_change, authoriser, operator)

    row = WorkItem.objects.open().get(kind="make_rate_change")
    assert (row.due_on, row.turn) == (TARGET, "operations")


@pytest.fixture
def slow_lv(rdp_connection, operator, configurer):
    """An LV connection on standard broadband."""
    how = {"state": "operational", "router_configured_on": TODAY}
    Connection.objects.filter(pk=rdp_connection.pk).update(**how)
    review = rdp_connection.order.site_review
    review.line_kind = "standard"
    review.save()
    return Connection.objects.get(pk=rdp_connection.pk)


@pytest.mark.guidance("R-2.7.1-1", "T16")
def test_an_lv_connection_is_never_changed_to_hv(slow_lv, rdp_submitter):
    with pytest.raises(NeverToHv):
        ask(slow_lv, rdp_submitter, 10)


@pytest.mark.guidance("R-2.7.1-2", "T16")
def test_an_lv_connection_is_changed_to_superfast_once_that_is_there(
    slow_lv, rdp_submitter, operator
):
    with pytest.raises(SuperfastNotThere):
        ask(slow_lv, rdp_submitter, None)
    before = lv_rates(slow_lv)
    mark_superfast(slow_lv.pk, by=operator, from_on=TODAY)
    text = Notice.objects.filter(kind="superfast_available").first().text
    assert "Superfast broadband can be had" in text

    change = ask(slow_lv, rdp_submitter, None)
    free = {"net": Decimal(0), "annual_net": Decimal(0), "reason": "Free to an RDP"}
    price_rate_change(change.pk, by=operator, **free)
    accept(change, rdp_submitter, operator)
    make(change, operator)

    assert not Connection.objects.get().may_become_superfast
    assert before != lv_rates(Connection.objects.get()) == (40, 10)
    assert not Charge.objects.filter(kind="rate_change").exists()
    with pytest.raises(SuperfastNotThere):
        mark_superfast(slow_lv.pk, by=operator, from_on=TODAY)


@pytest.mark.guidance("R-2.6-11", "R-2.7.2-3", "R-2.7.2-2")
def test_the_page_asks_shows_the_price_and_accepts_it(
    client, submitter, authoriser, operator, connection_in_service
):
    address = reverse("connection-rate", args=[connection_in_service.reference])
    client.force_login(submitter)
    page = words_of(client.get(address))
    assert "30 calendar days" in page
    assert 'value="20"' not in page
    done = client.post(address, {"to_mbps": "50"}, follow=True)
    assert "DCC says what it costs" in words_of(done)
    how = {"net": Decimal(1200), "annual_net": Decimal(5200), "reason": "Faster"}
    price_rate_change(RateChange.objects.get().pk, by=operator, **how)

    client.force_login(authoriser)
    asked = words_of(client.get(address))
    assert "£1,200.00 excluding VAT, £1,440.00 including it" in asked
    answer = {"change": RateChange.objects.get().pk, "answer": "accept"}
    assert "Tick that you understand" in words_of(client.post(address, answer))
    yes = answer | {"is_understood": "on"}
    assert "Choose the file with the signed" in words_of(client.post(address, yes))
    told = client.post(address, yes | {"signed": a_scan()}, follow=True)
    assert "You accepted what it costs, from today" in words_of(told)
    assert "DCC checks that whoever accepted it may" in words_of(told)
    assert "To be done by Thursday 2 April 2026" in words_of(told)


def a_scan():
    return SimpleUploadedFile("signed.pdf", journey.tiny_pdf(), "application/pdf")


@pytest.mark.guidance("R-2.11-4", "R-2.11-5", "T27")
def test_nothing_is_changed_before_the_signature_is_checked(
    client, priced_change, authoriser, operator
):
    signed = accept(priced_change, authoriser)
    assert signed.signed.kind == "signed_change"
    with pytest.raises(NotPossibleInState):
        schedule_rate_change(signed.pk, by=operator, on=TODAY)
    assert WorkItem.objects.open().filter(kind="check_rate_acceptance").exists()
    step = "admin:orders_connectionrequest_check-change"
    page = reverse(step, args=[signed.connection.order_id])
    client.force_login(operator)

    client.post(page, {"has_effect": "yes", "reason": ""})

    checked = RateChange.objects.get()
    assert (checked.checked_by, checked.target_on) == (operator, TARGET)
    make(checked, operator)
    assert RateChange.objects.get().state == "done"


@pytest.mark.guidance("R-2.11-4", "T27")
def test_a_signature_of_somebody_else_has_no_effect_and_the_price_stands(
    priced_change, authoriser, operator, desk
):
    pk, how = accept(priced_change, authoriser).pk, {"has_effect": False}
    with pytest.raises(PermissionDenied):
        check_rate_acceptance(pk, by=desk, reason="Nobody", **how)
    with pytest.raises(ReasonMissing):
        check_rate_acceptance(pk, by=operator, **how)

    why = "Tom Hill, who signed it, is not nominated."
    change = check_rate_acceptance(pk, by=operator, reason=why, **how)

    assert (change.state, change.answered_by) == ("priced", None)
    assert (change.signed, change.acknowledged, change.target_on) == (None, "", None)
    assert why in Notice.objects.filter(kind="rate_change_not_effective")[0].text
    with pytest.raises(NotPossibleInState):
        check_rate_acceptance(pk, by=operator, has_effect=True)
    assert accept(change, authoriser, operator).checked_at is not None


@pytest.mark.guidance("T19")
def test_a_signed_copy_is_asked_for_unless_the_settings_say_otherwise(
    priced_change, authoriser, settings
):
    how = {"by": authoriser, "is_understood": True}
    with pytest.raises(ScanMissing):
        accept_rate_change(priced_change.pk, **how)
    settings.SIGNED_UPLOAD_MANDATORY = False

    change = accept_rate_change(priced_change.pk, **how)

    assert (change.state, change.is_to_check) == ("accepted", True)
    assert change.signed is None


@pytest.mark.guidance("R-2.7.2-2", "R-2.11-3", "T19")
def test_what_is_signed_is_a_quotation_that_says_what_was_priced(
    priced_change, authoriser, client
):
    paper = priced_change.papers.get()
    assert make_connection_paper(paper.pk)

    paper.refresh_from_db()
    text = " ".join(text_of(journey.content_of(paper.document)).split())
    assert f"Quotation of a change {priced_change.reference}" in text
    assert "£1,440.00" in text
    assert "is changed from 20 to 50 Mbps" in text
    assert "Signature" in text
    client.force_login(authoriser)
    address = reverse("connection-rate", args=[paper.connection.reference])
    page = words_of(client.get(address))
    assert reverse("document", args=[paper.document_id]) in page


def test_whoever_is_not_nominated_reads_it_and_asks_nothing(
    client, colleague, rate_change
):
    client.force_login(colleague)
    address = reverse("connection-rate", args=[rate_change.connection.reference])

    assert "Change from 20 to 50 Mbps" in words_of(client.get(address))
    answer = {"change": rate_change.pk, "answer": "withdraw"}
    assert client.post(address, answer).status_code == 403
