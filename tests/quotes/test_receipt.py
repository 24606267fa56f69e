"""Receipt of an offer: what shows it, what follows from it, and what waits for it."""

from datetime import date, timedelta
from importlib import import_module
from itertools import permutations

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from common.clock import last_day_before, start_of_uk_day, uk_date
from quotes import commands, tasks
from quotes.deadlines import quote_last_day
from quotes.errors import NobodyToTell, NothingToAnnounce
from quotes.health import offers_overdue
from quotes.models import Quote, Reading
from quotes.states import QuoteState
from records.commands import deliver_notice
from records.models import Event, Notice
from records.signals import notice_sent
from tests import journey
from tests.cast import NOW
from tests.factories.records import NoticeFactory
from tests.reading import read_to_the_end, words_of

pytestmark = pytest.mark.guidance("T29")
TWO_DAYS = timedelta(days=2)
A_DAY = 24 * 60
YEAR = 365 * A_DAY
STATED = date(2026, 4, 2)
LATER = date(2026, 4, 4)


def announced():
    return Notice.objects.filter(kind="quote_issued").order_by("pk")


def again(quote):
    return Quote.objects.get(pk=quote.pk)


def receipts():
    return Event.objects.filter(name="record_receipt")


@pytest.mark.guidance("R-2.11-1", "R-3.4-1")
def test_an_offer_is_received_when_a_mail_server_takes_its_e_mail(
    unreceived_quote, mailoutbox
):
    assert deliver_notice(announced().first().pk)

    quote = again(unreceived_quote)
    assert quote.received_at == announced().first().sent_at
    assert (quote.received_by, quote.last_day) == ("email", STATED)


@pytest.mark.guidance("R-2.11-1", "R-3.4-1")
@pytest.mark.parametrize("name", ["quote", "quote-pdf"])
@pytest.mark.parametrize("who", ["authoriser", "colleague"])
def test_an_offer_is_received_when_somebody_of_the_party_opens_it(
    request, client, unreceived_quote, who, name
):
    client.force_login(request.getfixturevalue(who))

    read_to_the_end(client.get(reverse(name, args=[unreceived_quote.reference])))

    quote = again(unreceived_quote)
    assert quote.received_at == Reading.objects.get().at
    assert (quote.received_by, quote.last_day) == ("portal", STATED)


@pytest.mark.parametrize("who", ["operator", "desk"])
def test_what_staff_open_is_not_received(request, client, unreceived_quote, who):
    client.force_login(request.getfixturevalue(who))

    client.get(unreceived_quote.get_absolute_url())

    assert again(unreceived_quote).received_at is None


@pytest.mark.parametrize(
    "facts",
    [
        {"to": "servicedesk@smartdcc.co.uk"},
        {"kind": "quote_withdrawn", "to": "authoriser@northgate.example"},
        {"to": "outsider@calder.example"},
    ],
    ids=["to the desk", "about something else", "to another Party"],
)
def test_another_e_mail_that_goes_is_no_receipt(unreceived_quote, outsider, facts):
    key = f"quote_issued:{unreceived_quote.pk}:somebody"
    notice = NoticeFactory(**{"kind": "quote_issued", "key": key} | facts)
    Notice.objects.filter(pk=notice.pk).update(state="sent", sent_at=timezone.now())
    notice.refresh_from_db()

    notice_sent.send(Notice, notice=notice)

    assert again(unreceived_quote).received_at is None


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_first_receipt_counts_in_whatever_order_they_are_written_down(
    unreceived_quote, order
):
    came = [(TWO_DAYS, "portal"), (timedelta(days=3), "email"), (5 * TWO_DAYS, "email")]
    for number in order:
        after, how = came[number]
        commands.record_receipt(unreceived_quote.pk, at=NOW + after, how=how)

    quote = again(unreceived_quote)
    assert (quote.received_at, quote.received_by) == (NOW + TWO_DAYS, "portal")
    assert quote.last_day == LATER


def test_e_mails_that_go_late_twice_or_to_more_people_change_nothing(
    unreceived_quote, submitter, clock
):
    first, second = announced()
    deliver_notice(first.pk)
    known = again(unreceived_quote)
    clock.shift(TWO_DAYS)

    assert deliver_notice(second.pk)
    assert not deliver_notice(first.pk)

    quote = again(unreceived_quote)
    assert (quote.received_at, quote.lapses_at) == (known.received_at, known.lapses_at)
    assert receipts().count() == 1


def test_the_history_says_when_and_how_it_came_and_its_last_day(
    unreceived_quote, authoriser, clock
):
    clock.shift(TWO_DAYS)
    deliver_notice(announced().get(to=authoriser.email).pk)

    event = receipts().get()
    assert event.what == "Quotation received: the last day is 4 April 2026"
    assert event.why == f"The mail server accepted our e-mail to {authoriser.email}"
    assert event.at == again(unreceived_quote).received_at
    assert event.is_public


@given(st.integers(0, YEAR), st.integers(0, 40 * A_DAY), st.integers(1, 60))
def test_the_last_day_follows_from_receipt_and_is_never_before_the_stated_one(
    minutes, wait, days
):
    """Over a year with both changes of the clocks, by the minute."""
    issued_at = NOW + timedelta(minutes=minutes)
    received_at = issued_at + timedelta(minutes=wait)
    quote = Quote(open_days=days, issued_at=issued_at, state=QuoteState.ISSUED)
    quote.record_receipt(received_at, "email")

    stated_on_paper = quote_last_day(uk_date(issued_at), days)
    assert quote.last_day == uk_date(received_at) + timedelta(days=days)
    assert quote.last_day >= stated_on_paper
    assert last_day_before(quote.deadline) == quote.last_day
    assert quote.is_received_late == (uk_date(received_at) > uk_date(issued_at))


# While nothing shows receipt


def test_what_nobody_has_does_not_lapse_and_is_nobodys_delay(unreceived_quote, clock):
    clock.move_to(NOW + timedelta(days=99))

    tasks.lapse_due_quotes()

    assert not commands.lapse_quote(unreceived_quote.pk, now=timezone.now())
    assert again(unreceived_quote).state == "issued"
    assert offers_overdue(timezone.now()).is_fine


def test_nobody_is_reminded_of_what_they_do_not_have(unreceived_quote):
    for day in (20, 27, 30, 40):
        now = NOW + timedelta(days=day)
        assert not commands.remind_authorisers(unreceived_quote.pk, now=now)


def test_reminders_are_counted_from_receipt(unreceived_quote):
    commands.record_receipt(unreceived_quote.pk, at=NOW + TWO_DAYS, how="email")

    early, on_time = (NOW + timedelta(days=day) for day in (21, 22))
    assert not commands.remind_authorisers(unreceived_quote.pk, now=early)
    assert commands.remind_authorisers(unreceived_quote.pk, now=on_time)

    text = Notice.objects.get(kind="authority_reminder").text
    assert "by the end of Saturday 4 April 2026: 10 days left" in text
    assert "sent Tuesday 3 March 2026 and received Thursday 5 March 2026" in text


@pytest.mark.parametrize("days", [1, 99])
def test_it_can_be_taken_or_declined_all_the_same(
    unreceived_quote, authoriser, operator, days
):
    at = NOW + timedelta(days=days)
    journey.upload(unreceived_quote, authoriser, at=at)
    assert again(unreceived_quote).state == "authority_received"

    authority = unreceived_quote.authorities.get()
    commands.reject_authority(authority.pk, by=operator, reason="No name.", at=at)
    assert again(unreceived_quote).state == "issued"

    commands.decline_quote(unreceived_quote.pk, by=authoriser, at=at)
    assert again(unreceived_quote).state == "declined"


@pytest.mark.guidance("R-3.4-3")
def test_a_later_receipt_moves_the_end_for_the_timer_and_for_whoever_competes(
    unreceived_quote, authoriser
):
    commands.record_receipt(unreceived_quote.pk, at=NOW + TWO_DAYS, how="email")
    ends = start_of_uk_day(LATER + timedelta(days=1))
    tick = timedelta(microseconds=1)

    assert again(unreceived_quote).lapses_at == ends
    assert not commands.lapse_quote(unreceived_quote.pk, now=ends - tick)
    assert commands.lapse_quote(unreceived_quote.pk, now=ends)
    assert Event.objects.filter(name="lapse", at=ends).count() == 2


def test_a_receipt_that_is_told_after_the_end_changes_nothing(issued_quote, authoriser):
    commands.decline_quote(issued_quote.pk, by=authoriser)

    assert not commands.record_receipt(issued_quote.pk, at=NOW, how="portal")


@pytest.mark.parametrize(
    "facts",
    [
        {"received_at": NOW, "received_by": ""},
        {"received_at": NOW, "received_by": "email"},
        {"received_at": NOW, "received_by": "email", "lapses_at": NOW},
        {"received_at": NOW - TWO_DAYS, "received_by": "email", "lapses_at": NOW},
        {"lapses_at": NOW + TWO_DAYS},
        {"state": "lapsed"},
    ],
)
def test_the_database_holds_a_deadline_to_its_receipt(unreceived_quote, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.filter(pk=unreceived_quote.pk).update(**facts)


# Announcing it again


def test_staff_send_its_e_mail_again_and_it_names_the_day_that_then_follows(
    unreceived_quote, desk, authoriser, mailoutbox, clock
):
    clock.shift(TWO_DAYS)
    commands.announce_again(unreceived_quote.pk, by=desk)

    second = announced().filter(to=authoriser.email).last()
    assert deliver_notice(second.pk)
    assert (
        mailoutbox[0].subject == "Quotation QUO-1001-1: decide by Saturday 4 April 2026"
    )
    assert again(unreceived_quote).last_day == LATER


def test_an_announcement_that_went_late_names_the_day_that_follows_from_it(
    unreceived_quote, authoriser, submitter, mailoutbox, clock
):
    first, second = announced()
    clock.shift(TWO_DAYS)
    deliver_notice(first.pk)
    clock.shift(TWO_DAYS)
    deliver_notice(second.pk)

    assert {mail.subject.partition(": ")[2] for mail in mailoutbox} == {
        "decide by Saturday 4 April 2026"
    }
    assert "after Thursday 5 March 2026, the day on which it was" in mailoutbox[1].body


def test_what_was_received_is_not_announced_again(issued_quote, desk):
    with pytest.raises(NothingToAnnounce):
        commands.announce_again(issued_quote.pk, by=desk)


def test_with_nobody_nominated_staff_are_told_so(unreceived_quote, desk, party):
    party.people.update(is_active=False)

    with pytest.raises(NobodyToTell, match="Northgate Energy has nobody nominated"):
        commands.announce_again(unreceived_quote.pk, by=desk)


@pytest.mark.parametrize("who", ["authoriser", "installer", "billing_clerk"])
def test_only_the_desk_announces_again(request, unreceived_quote, who):
    with pytest.raises(PermissionDenied):
        commands.announce_again(unreceived_quote.pk, by=request.getfixturevalue(who))


# On pages


def test_the_page_says_why_the_last_day_is_later_than_on_the_document(
    client, unreceived_quote, authoriser, clock
):
    clock.shift(TWO_DAYS)
    client.force_login(authoriser)

    words = words_of(client.get(unreceived_quote.get_absolute_url()))

    assert "Saturday 4 April 2026" in words
    assert "Sent Tuesday 3 March 2026, received Thursday 5 March 2026." in words
    assert "so the last day is later than the one that the document states" in words
    assert "Our reading" in words


def test_the_order_says_that_the_days_have_not_begun(
    client, unreceived_quote, authoriser
):
    client.force_login(authoriser)

    for page in (unreceived_quote.order.get_absolute_url(), reverse("home")):
        words = words_of(client.get(page))
        assert "days begin when one of you opens it" in words
        assert "2 April 2026" not in words
    assert again(unreceived_quote).received_at is None


# Offers that went out before receipt was recorded


FROM_BEFORE = [
    ([], [], None, ""),
    ([timedelta(hours=1)], [], STATED, "email"),
    ([TWO_DAYS], [], LATER, "email"),
    ([TWO_DAYS], [timedelta(hours=2)], STATED, "portal"),
    ([timedelta(hours=1)], [TWO_DAYS], STATED, "email"),
]


@pytest.mark.parametrize(("mails", "readings", "last_day", "how"), FROM_BEFORE)
def test_an_offer_from_before_says_when_it_was_received_as_far_as_is_known(
    unreceived_quote, authoriser, *, mails, readings, last_day, how
):
    for after in mails:
        announced().update(state="sent", sent_at=NOW + after)
    for after in readings:
        Reading.objects.create(quote=unreceived_quote, by=authoriser, at=NOW + after)

    migration = import_module("quotes.migrations.0006_receipt_of_an_offer")
    migration.note_receipt(apps, None)

    quote = again(unreceived_quote)
    assert (quote.last_day, quote.received_by) == (last_day, how)
