"""Page, e-mail, paper, desk and history never disagree about a last day."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse

from common.clock import uk_date
from connections.commands import send_renewal_notice
from connections.models import ContractPeriod
from quotes import commands
from quotes.documents import quotation_facts
from quotes.models import Quote
from records.commands import deliver_notice
from records.models import Event, Notice
from tests import journey, journey_on_site
from tests.reading import words_of

DAYS = timedelta(days=30)


def instant(words):
    return datetime.fromisoformat(words)


def long(day):
    return f"{day:%A %-d %B %Y}"


def short(day):
    return f"{day:%-d %B %Y}"


# When it is issued and when its e-mail goes: the clocks change on 29 March and on
# 25 October 2026.
SENT = [
    ("2026-03-09T12:00Z", "2026-03-09T12:01Z", "on the same day"),
    ("2026-03-10T23:59Z", "2026-03-11T00:01Z", "over midnight"),
    ("2026-03-28T23:30Z", "2026-03-29T23:30Z", "two days on, the clocks between"),
    ("2026-05-31T22:59Z", "2026-05-31T23:01Z", "over a UK midnight, not one of UTC"),
    ("2026-09-24T23:30Z", "2026-09-25T22:30Z", "one UK day, two of UTC"),
    ("2026-10-24T22:30Z", "2026-10-25T23:59Z", "two days on, the clocks between"),
    ("2027-01-29T10:00Z", "2027-01-31T10:00Z", "end of a month"),
]


@pytest.fixture
def sent_quote(draft_quote, operator, authoriser, clock):
    """Issue it at one instant, send its e-mail at another; return it and the mail."""

    def send(issued, delivered):
        clock.move_to(instant(issued))
        draft = journey.draft(draft_quote.order, operator)
        quote = journey.issue(draft, operator, at=instant(issued), received=False)
        clock.move_to(instant(delivered))
        notice = Notice.objects.get(kind="quote_issued", to=authoriser.email)
        assert deliver_notice(notice.pk)
        return Quote.objects.get(pk=quote.pk), Notice.objects.get(pk=notice.pk)

    return send


@pytest.mark.guidance("T29", "R-2.11-1", "R-3.4-1")
@pytest.mark.parametrize(("issued", "delivered", "why"), SENT)
def test_all_say_the_same_last_day_of_a_quotation(
    sent_quote, authoriser, operator, client, *, issued, delivered, why
):
    quote, mail = sent_quote(issued, delivered)
    expected = uk_date(instant(delivered)) + DAYS

    assert quote.last_day == expected, why
    assert mail.subject == f"Quotation {quote}: decide by {long(expected)}"
    event = Event.objects.get(name="record_receipt")
    assert event.what == f"Quotation received: the last day is {short(expected)}"
    for page in pages_of(quote, authoriser, client):
        assert long(expected) in page or short(expected) in page
    desk = desk_of(quote.order, operator, client)
    assert long(expected) in desk
    assert short(expected) in desk


@pytest.mark.guidance("T29", "R-2.11-1")
@pytest.mark.parametrize(("issued", "delivered", "why"), SENT)
def test_the_paper_states_the_day_for_receipt_on_the_day_of_issue(
    sent_quote, authoriser, client, *, issued, delivered, why
):
    quote, _ = sent_quote(issued, delivered)
    stated = uk_date(instant(issued)) + DAYS
    facts = quotation_facts(quote, issued_on=quote.issued_on)
    (page, *_) = pages_of(quote, authoriser, client)

    assert facts["last_day"] == long(stated)
    is_later = uk_date(instant(delivered)) > uk_date(instant(issued))
    assert ("later than the one that the document states" in page) == is_later, why
    assert (quote.last_day > stated) == is_later


@pytest.mark.guidance("T29", "R-3.4-4")
@pytest.mark.parametrize(("issued", "delivered", "why"), SENT)
def test_a_reminder_says_the_day_that_the_page_says(
    sent_quote, authoriser, client, clock, *, issued, delivered, why
):
    quote, _ = sent_quote(issued, delivered)
    now = datetime.combine(quote.last_day - timedelta(days=3), time(9), tzinfo=UTC)
    clock.move_to(now)
    assert commands.remind_authorisers(quote.pk, now=now)
    reminder = Notice.objects.get(kind="authority_reminder")

    assert f"by the end of {long(quote.last_day)}: 3 days left" in reminder.text, why
    (page, *_) = pages_of(quote, authoriser, client)
    assert "3 days left" in page


def pages_of(quote, person, client):
    """Return the quotation's page, its order's and the first page as they read."""
    client.force_login(person)
    urls = (quote.get_absolute_url(), quote.order.get_absolute_url(), reverse("home"))
    return [words_of(client.get(url)) for url in urls]


def desk_of(order, person, client):
    client.force_login(person)
    url = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    return words_of(client.get(url))


# A notice of renewal: when it was owed and when its e-mails go.
NOTICES = [
    ("2028-11-03T00:00Z", "2028-11-03T09:00Z", "2028-12-03"),
    ("2028-11-26T23:59Z", "2028-11-27T00:01Z", "2028-12-27"),
    ("2028-11-29T12:00Z", "2028-11-30T12:00Z", "2028-12-30"),
    ("2029-01-30T12:00Z", "2029-01-31T12:00Z", "2029-02-28"),
    ("2029-01-28T12:00Z", "2029-01-29T12:00Z", "2029-02-28"),
]


@pytest.fixture
def sent_notice(period, operator, clock):
    """Owe the notice at one instant and send it at another; return its period."""

    def send(owed, delivered):
        journey_on_site.set_renewal_charge(period, operator)
        assert send_renewal_notice(period.pk, now=instant(owed))
        for number, notice in enumerate(notices()):
            # The second goes a week later: it was refused at first.
            clock.move_to(instant(delivered) + timedelta(days=7 * number))
            assert deliver_notice(notice.pk)
        clock.move_to(instant(delivered))
        return ContractPeriod.objects.get()

    return send


def notices():
    return Notice.objects.filter(kind="renewal_notice").order_by("pk")


@pytest.mark.guidance("R-2.5-6", "T5")
@pytest.mark.parametrize(("owed", "delivered", "last_day"), NOTICES)
def test_all_say_the_same_last_day_to_cancel(
    sent_notice, authoriser, operator, client, *, owed, delivered, last_day
):
    period = sent_notice(owed, delivered)
    expected = datetime.fromisoformat(last_day).date()

    assert period.window_last_day == expected
    for notice in notices():
        assert f"cancel free of charge by {long(expected)}" in notice.subject
        assert f"by the end of {long(expected)}." in notice.text
    history = Event.objects.filter(what__startswith="Renewal notice").latest("pk")
    assert history.what.endswith(f"free to cancel until {short(expected)}")
    client.force_login(authoriser)
    page = words_of(client.get(period.connection.get_absolute_url()))
    assert f"The notice went on {long(uk_date(instant(delivered)))}" in page
    assert f"ends on {long(expected)} at midnight" in page
    assert f"sent {long(uk_date(instant(delivered)))}" in page
    desk = desk_of(period.connection.order, operator, client)
    assert f"free to cancel until {short(expected)}" in desk
