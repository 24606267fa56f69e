"""Who shares a connection in life: added, ended, told; what it sees; who pays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from common.clock import uk_date
from connections.commands import cancel_connection, end_sharing, share_connection
from connections.errors import (
    ResponsibilityNotAccepted,
    SharedConnectionEnds,
    SharedTooEarly,
    SharingEndsAlready,
    SharingEndsBefore,
    SharingIsOver,
)
from orders import tasks
from orders.commands import NamedSharer, link_sharer
from orders.errors import (
    NotNominated,
    ReasonMissing,
    SharerIsOwner,
    SharerTaken,
    SharingNeedsSecParty,
)
from orders.models import ConnectionRequest, Sharer
from records.models import Event, Notice
from tests import journey_on_site
from tests.cast import NOW
from tests.reading import words_of

TODAY = uk_date(NOW)
DAY = timedelta(days=1)
TYPED = {
    "name": "Calder Supply",
    "standing": "sec_party",
    "reason": "provider",
    "from_on_day": "3",
    "from_on_month": "3",
    "from_on_year": "2026",
    "is_responsible": "on",
}


def share(connection, person, *, ticked=True, **facts):
    named = NamedSharer(
        **{
            "name": "Calder Supply",
            "standing": "sec_party",
            "reason": "other",
            "from_on": TODAY,
            **facts,
        }
    )
    return share_connection(
        connection.pk, by=person, named=named, is_responsible=ticked
    )


def end(sharer, person, *, on=TODAY, reason="It has a connection of its own"):
    return end_sharing(sharer.pk, by=person, last_day=on, reason=reason)


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("to", flat=True))


def addresses(connection, sharer):
    ref = connection.reference
    return {
        "add": reverse("share-new", args=[ref]),
        "end": reverse("share-end", args=[ref, sharer.pk]),
        "shared": reverse("connection-shared", args=[ref]),
    }


@pytest.mark.guidance("R-2.3-1", "R-2.3-6")
def test_a_sharer_is_added_with_its_days_and_what_was_accepted_for_it(
    sharer, submitter, other_party
):
    assert (sharer.party, sharer.from_on, sharer.until_on) == (other_party, TODAY, None)
    assert (sharer.added_by, uk_date(sharer.added_at)) == (submitter, TODAY)
    assert "between our data centre and Calder Supply are our own" in (
        sharer.acknowledged
    )
    assert ConnectionRequest.objects.get().is_shared
    event = Event.objects.get(name="add_sharer")
    assert (event.by, event.why) == (submitter, sharer.acknowledged)


@pytest.mark.guidance("R-2.3-6")
def test_nobody_is_added_before_what_follows_is_accepted(
    connection_in_service, submitter
):
    with pytest.raises(ResponsibilityNotAccepted):
        share(connection_in_service, submitter, ticked=False)


@pytest.mark.guidance("R-2.3-1")
def test_both_sides_are_told_of_the_beginning_and_the_end(sharer, submitter, outsider):
    end(sharer, submitter, on=TODAY + DAY)

    both = {submitter.email, outsider.email}
    assert (told("sharer_added"), told("sharing_ended")) == (both, both)
    assert told("sharer_not_told") == set()
    text = Notice.objects.get(kind="sharing_ended", to=outsider.email).text
    assert "Your last day is Wednesday 4 March 2026" in text
    assert "Why: It has a connection of its own" in text


@pytest.mark.guidance("R-2.3-1")
def test_dcc_is_told_of_one_that_cannot_be_told(
    connection_in_service, submitter, settings
):
    share(connection_in_service, submitter, name="Marsh Gas")

    assert told("sharer_not_told") == {settings.SERVICE_DESK_EMAIL}
    assert told("sharer_added") == {submitter.email}


@pytest.mark.guidance("R-2.3-1")
def test_who_shares_it_is_told_when_the_whole_connection_is_cancelled(
    sharer, submitter, authoriser, outsider, settings
):
    connection, day = sharer.order.connection, date(2026, 7, 20)
    share(connection, submitter, name="Marsh Gas")
    gone = share(connection, submitter, name="Fen Gas", until_on=TODAY + DAY)

    cancel_connection(connection.pk, by=authoriser, last_day=day, acknowledged=8000)

    mails = Notice.objects.filter(kind="shared_connection_ends")
    found = {mail.to: f"{mail.subject}. {mail.text}" for mail in mails}
    assert found.keys() == {outsider.email, settings.SERVICE_DESK_EMAIL}
    assert "ends on 20 July 2026" in found[outsider.email]
    assert "£" not in found[outsider.email]
    assert "nobody of Marsh Gas is" in found[settings.SERVICE_DESK_EMAIL]
    assert not [words for words in found.values() if gone.name in words]


@pytest.mark.guidance("R-2.3-7", "T1")
def test_only_a_sec_party_in_its_own_right_adds_one(connection_in_service, submitter):
    connection_in_service.party.standings.update(until_on=TODAY - DAY)

    with pytest.raises(SharingNeedsSecParty, match="not a SEC Party in its own right"):
        share(connection_in_service, submitter)


@pytest.mark.guidance("R-2.3-7", "T1")
def test_dcc_and_sharers_added_in_life_are_alerted_when_the_ground_is_lost(
    sharer, outsider, settings, clock
):
    sharer.order.party.standings.update(until_on=TODAY)
    clock.move_to(NOW + DAY)

    tasks.alert_of_ended_standings()

    assert told("standing_ended") == {settings.SERVICE_DESK_EMAIL}
    assert told("shared_standing_ended") == {outsider.email}


@pytest.mark.guidance("R-2.3-3")
@pytest.mark.parametrize("who", ["authoriser", "colleague", "outsider", "operator"])
def test_only_a_nominated_submitter_of_the_party_adds_and_ends(request, sharer, who):
    person, connection = request.getfixturevalue(who), sharer.order.connection

    with pytest.raises(NotNominated):
        share(connection, person, name="Marsh Gas")
    with pytest.raises(NotNominated):
        end(sharer, person)


@pytest.mark.guidance("R-2.3-1")
def test_nobody_is_named_twice_for_the_same_day_under_any_name(
    sharer, submitter, outsider
):
    connection = sharer.order.connection
    for name in ("CALDER supply", outsider.email):
        with pytest.raises(SharerTaken):
            share(connection, submitter, name=name, from_on=TODAY + DAY)
    with pytest.raises(SharerIsOwner):
        share(connection, submitter, name="Northgate Energy")
    sharer.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        sharer.save(force_insert=True)


@pytest.mark.guidance("R-2.3-1")
def test_one_that_ended_can_be_added_again_and_its_history_stays(
    sharer, submitter, desk, rdp
):
    end(sharer, submitter)
    again = share(sharer.order.connection, submitter, from_on=TODAY + DAY)

    assert list(Sharer.objects.order_by("pk")) == [sharer, again]
    first = Sharer.objects.get(pk=sharer.pk)
    assert (first.until_on, first.ended_by) == (TODAY, submitter)
    assert uk_date(first.ended_at) == TODAY
    assert first.ended_because == "It has a connection of its own"
    link_sharer(again.pk, party_id=rdp.pk, by=desk)
    link_sharer(again.pk, party_id=sharer.party_id, by=desk)


@pytest.mark.guidance("R-2.3-1")
@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"from_on": TODAY - DAY}, SharedTooEarly),
        ({"from_on": TODAY, "until_on": TODAY - DAY}, SharingIsOver),
    ],
)
def test_it_is_not_shared_before_it_was_there_and_not_in_the_past(
    connection_in_service, submitter, facts, refusal
):
    with pytest.raises(refusal):
        share(connection_in_service, submitter, **facts)


@pytest.mark.guidance("R-2.3-1")
def test_a_last_day_is_today_or_later_and_within_the_sharing(
    connection_in_service, submitter
):
    spring = TODAY + 30 * DAY
    sharer = share(connection_in_service, submitter, from_on=TODAY + DAY)
    for day, refusal in ((TODAY - DAY, SharingIsOver), (TODAY, SharingEndsBefore)):
        with pytest.raises(refusal):
            end(sharer, submitter, on=day)
    with pytest.raises(ReasonMissing):
        end(sharer, submitter, on=spring, reason=" ")
    end(sharer, submitter, on=spring)
    for day in (spring, spring + DAY):
        with pytest.raises(SharingEndsAlready):
            end(sharer, submitter, on=day)

    assert end(sharer, submitter, on=spring - DAY).until_on == spring - DAY


def test_a_sharing_that_was_ended_says_by_whom_and_why_in_the_database_too(sharer):
    with pytest.raises(IntegrityError), transaction.atomic():
        Sharer.objects.update(until_on=TODAY, ended_at=NOW, ended_by=sharer.added_by)


def test_nobody_is_added_to_a_connection_that_ends(sharer, submitter, authoriser):
    connection = sharer.order.connection
    last = date(2026, 5, 31)
    cancel_connection(connection.pk, by=authoriser, last_day=last, acknowledged=8000)

    with pytest.raises(SharedConnectionEnds, match="31 May 2026"):
        share(connection, submitter, name="Marsh Gas")
    assert end(sharer, submitter).until_on == TODAY


@pytest.mark.guidance("R-2.3-1", "R-2.3-6")
def test_the_page_of_a_connection_adds_shows_and_ends_them(
    client, connection_in_service, submitter, other_party
):
    client.force_login(submitter)
    place = connection_in_service.get_absolute_url()
    new = reverse("share-new", args=[connection_in_service.reference])
    assert "Nobody but Northgate Energy uses it" in words_of(client.get(place))
    unticked = {**TYPED, "is_responsible": ""}
    assert "Tick that communication" in words_of(client.post(new, unticked))

    assert client.post(new, TYPED)["Location"] == f"{place}#sharing"
    sharer = Sharer.objects.get()
    shown = words_of(client.get(place))
    assert "Calder Supply" in shown
    assert "1 organisation" in shown
    last = {"last_day_day": "3", "last_day_month": "3", "last_day_year": "2026"}
    where = reverse("share-end", args=[connection_in_service.reference, sharer.pk])
    assert "Say why it ends" in words_of(client.post(where, last))
    client.post(where, {**last, "reason": "Moved away"})

    shown = words_of(client.get(place))
    assert "ended by Sue Mitter: Moved away" in shown


@pytest.mark.guidance("R-2.3-3")
def test_who_may_not_reads_the_list_and_no_button(client, sharer, colleague, desk):
    connection = sharer.order.connection
    for person in (colleague, desk):
        client.force_login(person)
        shown = client.get(connection.get_absolute_url()).content.decode()
        assert "Calder Supply" in shown
        pages = addresses(connection, sharer)
        assert pages["add"] not in shown
        assert client.post(pages["end"]).status_code == 403


@pytest.fixture
def seen(client, outsider, clock):
    """Open a page as a person of the sharer, on a day."""

    def open_page(place, day=TODAY):
        clock.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        client.force_login(outsider)
        return client.get(place)

    return open_page


@pytest.mark.guidance("R-2.3-3", "R-2.1.1-2")
def test_a_sharer_sees_how_it_stands_and_no_money_address_or_contract(
    sharer, session, priced_change, seen
):
    place = addresses(sharer.order.connection, sharer)["shared"]
    session.used_by = "Calder Supply"
    session.save()
    shown = words_of(seen(place))

    assert "In service" in shown
    assert "It stands alone: while the line is down" in shown
    assert session.name in shown
    secret = ("£", "Thornby", "3 years", "renew", session.party_addresses[0], "50 Mbps")
    assert [word for word in secret if word in shown] == []


@pytest.mark.guidance("R-2.3-3")
def test_sessions_of_others_are_not_a_sharers_business(sharer, session, seen):
    place = addresses(sharer.order.connection, sharer)["shared"]

    shown = words_of(seen(place))

    assert session.name not in shown
    assert "None is asked for in your name" in shown


@pytest.mark.guidance("R-2.3-3")
def test_a_sharer_reads_what_is_planned(
    sharer, lower_change, operator, authoriser, seen
):
    connection = lower_change.connection
    place = addresses(connection, sharer)["shared"]
    plan = TODAY + 9 * DAY
    journey_on_site.schedule_change(lower_change, operator, plan)
    assert "planned for Thursday 12 March 2026" in words_of(seen(place))
    last = date(2026, 5, 31)
    cancel_connection(connection.pk, by=authoriser, last_day=last, acknowledged=8000)

    assert "works until the end of Sunday 31 May 2026" in words_of(seen(place))


@pytest.mark.guidance("R-2.3-3")
def test_a_sharer_reads_when_failover_is_tested_and_that_the_ground_is_lost(
    failover_test, submitter, outsider, seen
):
    connection = failover_test.connection
    sharer = journey_on_site.share(connection, submitter)
    connection.party.standings.update(until_on=TODAY)
    shown = words_of(seen(addresses(connection, sharer)["shared"], TODAY + DAY))

    assert "plans a failover test for" in shown
    assert "It is one of a pair" in shown
    assert "is no longer a SEC Party in its own right" in shown


@pytest.mark.guidance("R-2.3-1", "R-2.3-3")
@pytest.mark.parametrize("days", [0, 1])
def test_a_sharer_sees_nothing_from_the_day_after_its_last(
    sharer, submitter, seen, days
):
    pages = addresses(sharer.order.connection, sharer)
    end(sharer, submitter)

    listed = sharer.order.connection.reference in words_of(
        seen(reverse("connections"), TODAY + days * DAY)
    )
    answer = seen(pages["shared"], TODAY + days * DAY).status_code

    assert (listed, answer) == ((True, 200) if days == 0 else (False, 404))


@pytest.mark.guidance("R-2.3-3")
@pytest.mark.parametrize(
    "name", ["connection", "connection-rate", "connection-end", "sessions", "reports"]
)
def test_the_pages_of_the_gateway_party_stay_closed_to_a_sharer(sharer, seen, name):
    place = reverse(name, args=[sharer.order.connection.reference])

    assert seen(place).status_code == 404
