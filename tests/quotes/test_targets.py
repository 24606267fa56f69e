"""The five working days for a quotation: warned of, kept, missed and counted."""

from datetime import UTC, date, datetime

import pytest

from quotes import commands, tasks
from quotes.deadlines import is_in_time
from quotes.models import Quote, QuoteTarget
from records.models import Event, Notice
from tests import journey
from worklist.commands import take_work
from worklist.models import WorkItem

DUE = "2026-03-10"  # accepted on Tuesday 3 March


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def told(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("to", flat=True))


@pytest.mark.guidance("R-3.3-1")
@pytest.mark.parametrize(
    ("now", "warned"),
    [
        ("2026-03-08T23:59:59", False),
        ("2026-03-09T00:00:00", True),
        ("2026-03-10T23:59:59", True),
        ("2026-03-11T00:00:00", False),
    ],
)
def test_dcc_is_warned_on_the_working_day_before(accepted_order, now, warned):
    assert str(accepted_order.quote_due_on) == DUE

    assert commands.warn_of_due_quote(accepted_order.pk, now=at(now)) == warned
    assert bool(told("quote_due_soon")) == warned


@pytest.mark.guidance("R-3.3-1")
def test_the_owner_is_warned_once_and_without_one_the_desk(
    accepted_order, operator, settings
):
    now = at("2026-03-09T09:00")
    assert commands.warn_of_due_quote(accepted_order.pk, now=now)
    assert not commands.warn_of_due_quote(accepted_order.pk, now=at("2026-03-10T09:00"))
    assert told("quote_due_soon") == [settings.SERVICE_DESK_EMAIL]

    Notice.objects.all().delete()
    accepted_order.owner = operator
    accepted_order.save()
    commands.warn_of_due_quote(accepted_order.pk, now=now)
    assert told("quote_due_soon") == [operator.email]


def test_who_took_the_quotation_is_warned_rather_than_who_has_the_order(
    accepted_order, operator, desk
):
    accepted_order.owner = operator
    accepted_order.save()
    item = WorkItem.objects.get(kind="send_quotation")
    take_work(item.pk, by=desk)

    commands.warn_of_due_quote(accepted_order.pk, now=at("2026-03-09T09:00"))

    assert told("quote_due_soon") == [desk.email]


@pytest.mark.guidance("R-3.3-1")
def test_a_missed_day_is_reported_once_to_owner_and_desk(
    accepted_order, operator, settings
):
    accepted_order.owner = operator
    accepted_order.save()
    assert not commands.report_missed_quote(accepted_order.pk, now=at(f"{DUE}T23:59"))

    for _ in range(2):
        commands.report_missed_quote(accepted_order.pk, now=at("2026-03-11T00:00"))

    expected = sorted([operator.email, settings.SERVICE_DESK_EMAIL])
    assert told("quote_overdue") == expected
    assert Event.objects.filter(name="miss_quote", is_public=False).count() == 1
    assert not QuoteTarget.objects.get().is_met


@pytest.mark.guidance("R-3.3-1")
@pytest.mark.parametrize(
    ("sent", "is_met"), [("2026-03-10T23:59:59", True), ("2026-03-11T00:00:00", False)]
)
def test_it_is_kept_whether_the_quotation_went_in_time(
    draft_quote, operator, sent, is_met
):
    journey.issue(draft_quote, operator, at=at(sent))

    target = QuoteTarget.objects.get()
    assert (str(target.due_on), target.sent_at, target.is_met) == (
        DUE,
        at(sent),
        is_met,
    )


def test_a_quotation_sent_late_stays_late(draft_quote, operator):
    late = at("2026-03-11T09:00")
    commands.report_missed_quote(draft_quote.order_id, now=late)

    journey.issue(draft_quote, operator, at=late)

    target = QuoteTarget.objects.get()
    assert (target.sent_at, target.is_met) == (late, False)


def test_what_was_sent_is_neither_warned_of_nor_reported(quoted_order):
    for command in (commands.warn_of_due_quote, commands.report_missed_quote):
        assert not command(quoted_order.pk, now=at("2026-03-11T09:00"))


def test_an_offer_taken_back_has_a_new_day_to_keep(issued_quote, operator, clock):
    clock.move_to(at("2026-03-16T09:00"))
    commands.withdraw_quote(issued_quote.pk, by=operator, reason="Wrong site.")
    order = journey.fresh(issued_quote.order)

    assert commands.warn_of_due_quote(order.pk, now=at("2026-03-20T09:00"))
    journey.offer(order, operator)
    days = QuoteTarget.objects.values_list("due_on", flat=True)
    assert sorted(map(str, days)) == [DUE, "2026-03-23"]


def test_an_offer_taken_back_on_the_day_of_acceptance_can_still_be_missed(
    issued_quote, operator
):
    """Its new day is the day of the first target, which was met."""
    commands.withdraw_quote(issued_quote.pk, by=operator, reason="Wrong site.")
    late = at("2026-03-11T09:00")

    assert commands.report_missed_quote(issued_quote.order_id, now=late)
    assert not commands.report_missed_quote(issued_quote.order_id, now=late)
    assert str(QuoteTarget.objects.get().due_on) == DUE
    assert told("quote_overdue")
    assert [row.is_met for row in QuoteTarget.objects.all()] == [False]


def test_the_sweep_looks_at_what_is_due_soon(accepted_order, clock):
    clock.move_to(at("2026-03-11T09:00"))

    tasks.watch_due_quotes()

    assert told("quote_overdue")


def test_the_sweep_looks_at_what_is_owed_and_at_nothing_that_was_sent(
    accepted_order, make_order, clock, monkeypatch
):
    for state in ("quoted", "withdrawn", "submitted"):
        make_order(state)
    looked_at = []
    monkeypatch.setattr(tasks, "watch", looked_at.append)

    tasks.watch_due_quotes()

    assert looked_at == [accepted_order.pk]


@pytest.mark.guidance("R-3.3-1")
def test_the_desks_first_page_says_how_many_went_in_time(
    client, make_order, operator, clock
):
    for state in ("quoted", "authorised"):
        make_order(state)
    clock.move_to(at("2026-03-12T09:00"))
    make_order("accepted")
    clock.move_to(at("2026-03-20T09:00"))
    client.force_login(operator)

    found = client.get("/admin/").context["attainment"]

    (sent,) = (one for one in found if one.kind.slug == "send_quotation")
    assert (sent.share, sent.met, sent.of) == (67, 2, 3)


def test_suppliers_read_nothing_of_it(client, issued_quote, installer):
    client.force_login(installer)

    assert "How long our work takes" not in client.get("/admin/").content.decode()


@pytest.mark.guidance("R-3.3-1")
@pytest.mark.parametrize(
    ("sent", "is_kept"),
    [("2026-07-01T22:59:59+00:00", True), ("2026-07-01T23:00:00+00:00", False)],
)
def test_in_summer_the_last_day_ends_at_midnight_in_the_uk(sent, is_kept):
    assert is_in_time(datetime.fromisoformat(sent), date(2026, 7, 1)) is is_kept


def test_without_a_period_a_quotation_is_for_one_year():
    assert Quote(period_years=None).years == 1
