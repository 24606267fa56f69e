"""Lapsing and reminding: once, late, doubled, and with the right dates."""

from datetime import UTC, datetime, timedelta

import pytest

from quotes import commands, tasks
from quotes.errors import QuoteLapsed
from quotes.models import Quote
from records.models import Event, Notice
from tests import journey
from tests.cast import NOW
from tests.factories.parties import PersonFactory

TICK = timedelta(microseconds=1)


def on_day(number, hour=9):
    """Return an hour of the day that is `number` days after issue."""
    return datetime(2026, 3, 3, hour, tzinfo=UTC) + timedelta(days=number)


def reminders():
    return Notice.objects.filter(kind="authority_reminder")


def reminded(day):
    return reminders().filter(key__contains=f":{day}:").count()


@pytest.mark.guidance("R-3.4-3", "R-3.4-4")
def test_an_offer_lapses_with_its_order_once_however_often_the_timer_runs(
    issued_quote, clock
):
    clock.move_to(issued_quote.lapses_at + tasks.IN_HAND)
    tasks.lapse_due_quotes()
    tasks.lapse_due_quotes()

    assert Quote.objects.get().state == "lapsed"
    assert journey.fresh(issued_quote.order).state == "lapsed"
    assert Event.objects.filter(name="lapse").count() == 2
    told = Notice.objects.filter(kind="quote_lapsed").values_list("to", flat=True)
    assert len(told) == len(set(told)) == 2


@pytest.mark.guidance("R-2.11-1")
def test_a_scan_of_the_last_second_is_not_overtaken_by_the_timer(
    issued_quote, submitter, clock
):
    clock.move_to(issued_quote.lapses_at + timedelta(seconds=20))

    tasks.lapse_due_quotes()
    journey.upload(issued_quote, submitter, at=issued_quote.lapses_at - TICK)

    assert Quote.objects.get().state == "authority_received"


def test_an_offer_does_not_lapse_a_microsecond_early(issued_quote):
    early = issued_quote.lapses_at - TICK

    assert not commands.lapse_quote(issued_quote.pk, now=early)
    assert Quote.objects.get().state == "issued"


def test_a_late_run_records_the_time_of_the_deadline(issued_quote, clock):
    clock.move_to(issued_quote.lapses_at + timedelta(days=40))

    tasks.lapse_due_quotes()

    lapses = Event.objects.filter(name="lapse")
    assert {event.at for event in lapses} == {issued_quote.lapses_at}
    assert all(e.recorded_at >= e.at + timedelta(days=40) for e in lapses)
    assert journey.fresh(issued_quote.order).closed_at == issued_quote.lapses_at


@pytest.mark.parametrize("state", ["accepted", "declined", "withdrawn", "authorised"])
def test_the_timer_leaves_what_is_decided_alone(make_order, state):
    order = make_order(state)
    quote = order.quotes.first()

    assert quote is None or not commands.lapse_quote(
        quote.pk, now=NOW + timedelta(days=99)
    )
    assert journey.fresh(order).state == state


def test_the_timer_leaves_an_authority_that_is_being_checked_alone(pending_authority):
    quote = pending_authority.quote

    assert not commands.lapse_quote(quote.pk, now=quote.lapses_at)
    assert journey.fresh(quote.order).state == "quoted"


def test_one_bad_row_does_not_stop_the_sweep(make_order, clock, monkeypatch):
    bad, *others = (make_order("quoted").quotes.get() for _ in range(3))
    clock.move_to(bad.lapses_at + tasks.IN_HAND)
    with monkeypatch.context() as broken:
        break_lapsing_of(bad, broken)
        tasks.lapse_due_quotes()

    assert {state_of(quote) for quote in others} == {"lapsed"}
    assert state_of(bad) == "issued"
    tasks.lapse_due_quotes()
    assert state_of(bad) == "lapsed"


def break_lapsing_of(bad, monkeypatch):
    lapse = commands.lapse_quote

    def fail(quote_id, **more):
        if quote_id == bad.pk:
            raise ZeroDivisionError
        return lapse(quote_id, **more)

    monkeypatch.setattr(commands, "lapse_quote", fail)


def state_of(quote):
    return Quote.objects.get(pk=quote.pk).state


@pytest.mark.guidance("R-3.4-4")
def test_authorisers_are_reminded_on_days_20_27_and_30_once_each(
    issued_quote, authoriser, submitter, clock
):
    for day in range(32):
        for hour in (1, 9, 22):
            clock.move_to(on_day(day, hour))
            tasks.remind_authorisers()
    tasks.lapse_due_quotes()

    assert [reminded(day) for day in (20, 27, 30)] == [1, 1, 1]
    assert {notice.to for notice in reminders()} == {authoriser.email}


@pytest.mark.guidance("T29")
def test_the_timer_reminds_of_offers_whose_days_run_and_of_no_others(
    make_order, unreceived_quote, clock, monkeypatch
):
    for state in ("accepted", "authorised"):
        make_order(state)
    running = make_order("quoted").quotes.get()
    looked_at = []
    monkeypatch.setattr(tasks, "remind", looked_at.append)

    tasks.remind_authorisers()
    clock.move_to(running.lapses_at)
    tasks.remind_authorisers()

    assert looked_at == [running.pk]


@pytest.mark.parametrize(
    ("first_run", "sent"), [(19, []), (26, [20]), (28, [27]), (30, [30]), (31, [])]
)
def test_what_was_missed_is_made_good_by_the_latest_alone(
    issued_quote, first_run, sent
):
    for _ in range(2):
        commands.remind_authorisers(issued_quote.pk, now=on_day(first_run))

    assert [day for day in (20, 27, 30) if reminded(day)] == sent
    assert reminders().count() == len(sent)


def test_reminding_again_says_that_nothing_was_owed(issued_quote):
    hours = [on_day(20, 9), on_day(20, 10)]
    runs = [commands.remind_authorisers(issued_quote.pk, now=now) for now in hours]

    assert runs == [True, False]


def test_somebody_nominated_meanwhile_is_reminded_too(issued_quote, party):
    commands.remind_authorisers(issued_quote.pk, now=on_day(20))
    newcomer = PersonFactory(party=party, nominated=["authorise"])

    commands.remind_authorisers(issued_quote.pk, now=on_day(21))

    assert reminders().filter(to=newcomer.email).count() == 1
    assert reminders().count() == 2


def test_nobody_is_reminded_of_what_is_being_checked(pending_authority):
    assert not commands.remind_authorisers(pending_authority.quote_id, now=on_day(27))


@pytest.mark.guidance("T9")
def test_an_updated_offer_is_open_for_the_days_that_the_settings_say(
    issued_quote, settings
):
    settings.UPDATED_QUOTE_OPEN_DAYS = 14

    assert commands.prepare.open_days("updated") == 14
    assert commands.prepare.open_days("initial") == 30


@pytest.mark.guidance("R-3.4-3", "R-3.4-4")
def test_an_offer_past_its_last_day_is_not_taken_back_though_no_timer_ran(
    issued_quote, operator
):
    """Else a timer that is late would decide whether the order goes on."""
    with pytest.raises(QuoteLapsed):
        commands.withdraw_quote(
            issued_quote.pk, by=operator, reason="Anew.", at=issued_quote.lapses_at
        )
