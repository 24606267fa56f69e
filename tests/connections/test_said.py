"""What a contact said of a connection by e-mail, phone or letter, recorded for them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from connections.commands import (
    record_ending,
    record_rate_acceptance,
    record_rate_request,
    record_rate_withdrawal,
)
from connections.errors import (
    ChangeNotRead,
    EndingCostChanged,
    EndingCostNotTold,
    EndsBeforeItCame,
)
from connections.models import Cancellation, Connection, RateChange
from orders.commands import Said
from orders.errors import SaidByNobodyNominated, SaidInFuture, SaidTooEarly
from records.models import Event, Notice
from tests.cast import NOW
from tests.connections.test_rate import a_scan
from tests.reading import words_of

# It came on Friday 6 March and is recorded on the Monday after it.
CAME = NOW + timedelta(days=3)
RECORDED = NOW + timedelta(days=6)
LAST_DAY = date(2026, 7, 20)

pytestmark = pytest.mark.guidance("T35")


@pytest.fixture
def desk_later(clock, desk):
    """Whoever records it; asked for last, for the clock moves on."""
    clock.move_to(RECORDED)
    return desk


def said(person, came=CAME):
    return Said(person.pk, "phone", came)


def end(connection, desk, person, *, came=CAME, **how):
    how = {"last_day": LAST_DAY, "acknowledged": Decimal(8000), "is_agreed": True} | how
    return record_ending(connection.pk, by=desk, said=said(person, came), **how)


def told(person, kind="recorded_for_you"):
    return Notice.objects.filter(kind=kind, to=person.email).latest("pk").text


def typed(person, **answers):
    came = {"person": person.pk, "how": "phone", "came_at": "2026-03-06T10:00"}
    return came | answers


def step(slug, connection):
    name = f"admin:orders_connectionrequest_{slug}"
    return reverse(name, args=[connection.order_id])


@pytest.mark.guidance("R-2.10-1", "R-2.10-2", "R-2.10-3")
def test_an_end_counts_from_when_it_came_and_the_amount_they_agreed_to_is_kept(
    connection, authoriser, submitter, desk_later
):
    end(connection, desk_later, authoriser)

    row = Cancellation.objects.get()
    assert (row.by, row.at, row.net) == (authoriser, CAME, Decimal(8000))
    assert (row.last_day, Connection.objects.get().ends_on) == (LAST_DAY, LAST_DAY)
    why = Event.objects.get(name="cancel").why
    assert "Recorded by Dee Skelton for Ada Law, said by phone on 6 March" in why
    mine = told(authoriser)
    assert "ends on 20 July 2026 for £8,000.00 excluding VAT, as you agreed" in mine
    assert "If you did not say this" in mine
    assert "Monday 20 July 2026" in told(submitter, "connection_cancelled")


@pytest.mark.guidance("R-2.10-2", "R-2.3-3")
@pytest.mark.parametrize(
    ("how", "refusal"),
    [
        ({"last_day": CAME.date() - timedelta(days=1)}, EndsBeforeItCame),
        ({"acknowledged": Decimal(4000)}, EndingCostChanged),
        ({"is_agreed": False}, EndingCostNotTold),
        ({"came": RECORDED + timedelta(hours=1)}, SaidInFuture),
        ({"came": NOW - timedelta(days=1)}, SaidTooEarly),
    ],
)
def test_an_end_that_nobody_could_have_agreed_to_is_refused(
    connection, authoriser, desk_later, how, refusal
):
    with pytest.raises(refusal):
        end(connection, desk_later, authoriser, **how)

    assert not Cancellation.objects.exists()


def test_its_last_day_may_be_the_day_on_which_it_came_though_that_is_over(
    connection, authoriser, desk_later
):
    end(connection, desk_later, authoriser, last_day=CAME.date())

    assert Connection.objects.get().ends_on == CAME.date()


@pytest.mark.guidance("R-2.3-3")
def test_only_the_desk_records_an_end_and_only_of_who_could_decide(
    connection, authoriser, submitter, billing_clerk, desk_later
):
    with pytest.raises(PermissionDenied):
        end(connection, billing_clerk, authoriser)
    with pytest.raises(SaidByNobodyNominated):
        end(connection, desk_later, submitter)


@pytest.mark.guidance("R-2.10-2")
def test_the_desk_reads_what_each_day_costs_and_says_what_they_were_told(
    client, connection, authoriser, desk_later
):
    client.force_login(desk_later)
    address = step("end-said", connection)
    page = words_of(client.get(address))
    assert "3 March 2026 to 2 March 2027 it costs</dt><dd>£8,000.00" in page
    answer = typed(authoriser, last_day="2026-07-20", amount="8,000", reason="")
    assert "Tell them first what ending" in words_of(client.post(address, answer))
    wrong = words_of(client.post(address, answer | {"amount": "1", "is_agreed": "on"}))
    assert "now costs £8,000.00 excluding VAT" in wrong

    done = client.post(address, answer | {"is_agreed": "on"}, follow=True)

    assert "It is recorded for Ada Law" in words_of(done)
    assert Cancellation.objects.get().net == Decimal(8000)
    assert "is cancelled already" in words_of(client.get(address))


@pytest.mark.guidance("R-2.6-11", "T13")
def test_the_days_of_a_rate_that_is_asked_for_by_phone_run_from_when_it_came(
    client, connection_in_service, submitter, desk_later
):
    client.force_login(desk_later)
    answer = typed(submitter, to_mbps="10", reason="")

    client.post(step("rate-asked", connection_in_service), answer)

    change = RateChange.objects.get()
    assert (change.requested_by, change.requested_at) == (submitter, CAME)
    assert change.target_on == date(2026, 4, 5)
    assert f"the request to change {change.connection} from 20 to 10" in told(submitter)


def test_a_rate_is_asked_for_by_who_orders_or_decides_and_once_it_is_in_service(
    connection_in_service, submitter, colleague, desk_later
):
    pk, early = connection_in_service.pk, said(submitter, NOW - timedelta(days=1))
    with pytest.raises(SaidByNobodyNominated):
        record_rate_request(pk, by=desk_later, said=said(colleague), to_mbps=50)
    with pytest.raises(SaidTooEarly):
        record_rate_request(pk, by=desk_later, said=early, to_mbps=50)


@pytest.mark.guidance("R-2.7.2-2", "R-2.6-11", "T13")
def test_an_acceptance_that_came_signed_commits_from_when_it_came(
    client, priced_change, authoriser, desk_later
):
    client.force_login(desk_later)
    address = step("change-said", priced_change.connection)
    assert "£1,440.00 including it" in words_of(client.get(address))
    answer = typed(authoriser, answer="accept", reason="")
    assert "Tell them all of it first" in words_of(client.post(address, answer))

    yes = answer | {"is_understood": "on"}
    assert "Choose the file with the signed" in words_of(client.post(address, yes))
    client.post(address, yes | {"signed": a_scan()})

    change = RateChange.objects.get()
    assert (change.state, change.answered_by) == ("accepted", authoriser)
    assert (change.answered_at, change.target_on) == (CAME, date(2026, 4, 5))
    assert "the acceptance of £1,200.00 excluding VAT" in told(authoriser)


@pytest.mark.guidance("R-2.7.2-2", "R-2.3-3")
def test_who_may_only_order_accepts_nothing_by_phone(
    priced_change, submitter, authoriser, desk_later
):
    pk, early = priced_change.pk, said(authoriser, NOW - timedelta(days=1))
    with pytest.raises(SaidByNobodyNominated):
        record_rate_acceptance(
            pk, by=desk_later, said=said(submitter), is_understood=True
        )
    with pytest.raises(ChangeNotRead):
        record_rate_acceptance(
            pk, by=desk_later, said=said(authoriser), is_understood=False
        )
    with pytest.raises(SaidTooEarly):
        record_rate_acceptance(pk, by=desk_later, said=early, is_understood=True)


def test_a_change_is_declined_or_taken_back_by_phone(
    priced_change, submitter, authoriser, desk_later
):
    why = "Too dear."
    record_rate_withdrawal(
        priced_change.pk, by=desk_later, said=said(authoriser), reason=why
    )
    assert RateChange.objects.get().why_not == why
    assert "from 20 to 50 Mbps is declined" in told(authoriser)
    connection = priced_change.connection

    asked = record_rate_request(
        connection.pk, by=desk_later, said=said(submitter), to_mbps=40
    )
    record_rate_withdrawal(asked.pk, by=desk_later, said=said(submitter))

    assert RateChange.objects.latest("pk").state == "withdrawn"
    assert "from 20 to 40 Mbps is taken back" in told(submitter)
