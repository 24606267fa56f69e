"""Who has read an offer, and who is reminded of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from quotes import commands
from quotes.models import Reading
from records.models import Notice
from tests.factories.parties import PersonFactory


def on_day(number):
    return datetime(2026, 3, 3, 9, tzinfo=UTC) + timedelta(days=number)


@pytest.fixture
def second_authoriser(party):
    return PersonFactory(
        party=party, name="Bo Law", email="bo@example.com", nominated=["authorise"]
    )


def reminded(quote, day):
    commands.remind_authorisers(quote.pk, now=on_day(day))
    rows = Notice.objects.filter(kind="authority_reminder", key__contains=f":{day}:")
    return {notice.to for notice in rows}


def test_the_first_opening_is_kept_and_no_later_one(
    client, issued_quote, authoriser, clock
):
    client.force_login(authoriser)
    for _ in range(2):
        client.get(issued_quote.get_absolute_url())
        clock.shift(3600)

    reading = Reading.objects.get()
    assert (reading.by, reading.quote) == (authoriser, issued_quote)
    assert reading.at < issued_quote.issued_at + timedelta(minutes=1)


@pytest.mark.parametrize(("who", "read"), [("colleague", 1), ("operator", 0)])
def test_downloading_the_document_is_reading_it_but_not_for_staff(
    request, client, issued_quote, who, read
):
    client.force_login(request.getfixturevalue(who))

    response = client.get(reverse("quote-pdf", args=[issued_quote.reference]))

    assert b"".join(response.streaming_content)
    assert Reading.objects.count() == read


def test_nobody_reads_what_is_anothers_or_was_never_issued(
    issued_quote, outsider, draft_order
):
    with pytest.raises(PermissionDenied):
        commands.record_reading(issued_quote.pk, by=outsider)


@pytest.mark.guidance("R-3.4-4")
@pytest.mark.parametrize("day", [20, 27, 30])
def test_while_no_authoriser_has_read_it_all_are_reminded(
    issued_quote, authoriser, second_authoriser, submitter, day
):
    commands.record_reading(issued_quote.pk, by=submitter)

    everybody = {authoriser.email, second_authoriser.email}
    assert reminded(issued_quote, day) == everybody
    words = Notice.objects.filter(kind="authority_reminder").first().text
    assert "Nobody who may authorise it has opened it yet." in words


@pytest.mark.guidance("R-3.4-4")
@pytest.mark.parametrize(("day", "count"), [(20, 1), (27, 1), (30, 2)])
def test_who_has_read_it_is_reminded_and_on_the_last_day_all(
    issued_quote, authoriser, second_authoriser, day, count
):
    commands.record_reading(issued_quote.pk, by=second_authoriser)

    to = reminded(issued_quote, day)

    assert second_authoriser.email in to
    assert len(to) == count
    mail = Notice.objects.get(to=second_authoriser.email, kind="authority_reminder")
    assert "opened it yet" not in mail.text
