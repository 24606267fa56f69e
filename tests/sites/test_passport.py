"""What gets people into a site: written once, corrected by versions, confirmed."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from orders.commands import working_calendar
from records.models import Event
from sites.commands import confirm_passport, record_access
from sites.errors import (
    AccessNotWanted,
    PassportChanged,
    PassportIncomplete,
    PassportMissing,
    PassportNotConfirmed,
    PassportUnchanged,
    PassportWhyMissing,
)
from sites.models import SiteAccess, SitePassport
from tests import journey_on_site
from tests.journey_on_site import TYPED, write_passport
from worklist.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def passport(authorised_order, submitter):
    return write_passport(authorised_order, submitter, escort="Always, from the gate")


def typed(**answers):
    """What a browser sends."""
    return {**TYPED, "second_contact": "", **answers}


@pytest.mark.guidance("R-2.13-2", "R-3.5-2")
def test_it_is_kept_once_a_site_and_a_correction_is_a_new_version(
    passport, authorised_order, submitter, clock
):
    write_passport(authorised_order, submitter, escort="", why="Nobody walks along now")

    newest, first = SitePassport.objects.of_site(passport.data_centre_id)
    assert (first.number, first.escort) == (1, "Always, from the gate")
    assert (newest.number, newest.by) == (2, submitter)
    assert newest.changes_since(first) == [("Escort", "Always, from the gate", "")]


@pytest.mark.guidance("R-3.5-3")
def test_a_later_order_at_the_site_begins_with_what_the_site_has(
    passport, make_order, submitter, client
):
    later = make_order("authorised")
    client.force_login(submitter)

    page = client.get(reverse("access", args=[later.reference])).content.decode()

    assert "Always, from the gate" in page
    assert "To be confirmed" in page
    confirm_passport(later.pk, by=submitter, number=1)
    assert SiteAccess.objects.get(order=later).passport == passport


@pytest.mark.guidance("R-2.13-1", "R-2.13-3")
def test_access_is_not_agreed_before_somebody_has_said_how_people_get_in(
    authorised_order, desk, submitter
):
    with pytest.raises(PassportNotConfirmed, match="Confirm or correct"):
        record_access(authorised_order.pk, by=desk)

    write_passport(authorised_order, submitter)
    assert record_access(authorised_order.pk, by=desk).is_agreed


def test_until_it_is_said_the_party_owes_it_and_then_the_desk_agrees_it(
    authorised_order, submitter
):
    def owed():
        return [(row.kind, row.turn) for row in WorkItem.objects.open()]

    assert owed() == [("confirm_access", "submitter")]
    write_passport(authorised_order, submitter)
    assert owed() == [("agree_access", "operations")]


def test_a_correction_says_what_changed_why_and_who_in_the_history(
    passport, authorised_order, desk
):
    write_passport(
        authorised_order, desk, escort=passport.escort, arrive_by=time(8, 30),
        why="The escort has other duties from 9am",
    )  # fmt: skip

    event = Event.objects.filter(name="write_passport").latest("pk")
    assert event.by == desk
    assert event.why == (
        "The escort has other duties from 9am\nArrive by: nothing → 8:30am"
    )


def test_a_correction_without_a_reason_or_a_difference_is_refused(
    passport, authorised_order, submitter
):
    with pytest.raises(PassportWhyMissing, match="Say why"):
        write_passport(authorised_order, submitter, why=" ")
    with pytest.raises(PassportUnchanged, match="version 1"):
        write_passport(authorised_order, submitter, escort=passport.escort)


@pytest.mark.parametrize(
    "missing",
    [
        "owner",
        "days",
        "opens_at",
        "closes_at",
        "notice_working_days",
        "rams",
        "first_contact",
        "first_phone",
    ],
)
def test_nobody_is_sent_to_a_site_of_which_this_is_not_known(
    authorised_order, submitter, missing
):
    with pytest.raises(PassportIncomplete):
        write_passport(authorised_order, submitter, **{missing: None})


def test_no_notice_is_an_answer(authorised_order, submitter):
    written = write_passport(authorised_order, submitter, notice_working_days=0)

    assert ("Notice the site needs", "None") in written.rows


def test_what_was_typed_over_an_older_version_is_refused_in_words(
    passport, authorised_order, submitter, desk, client
):
    write_passport(authorised_order, desk)
    client.force_login(submitter)

    page = client.post(
        reverse("access-change", args=[authorised_order.reference]),
        typed(based_on="1", escort="Only at night", why="Told so"),
    ).content.decode()

    assert "at version 2" in page
    assert "Only at night" in page
    with pytest.raises(PassportChanged):
        confirm_passport(authorised_order.pk, by=submitter, number=1)


def test_nothing_is_confirmed_where_nothing_is_written(authorised_order, submitter):
    with pytest.raises(PassportMissing):
        confirm_passport(authorised_order.pk, by=submitter, number=0)


@pytest.mark.parametrize("state", ["quoted", "cancelled"])
def test_it_is_written_only_for_an_order_that_somebody_goes_to(
    make_order, submitter, state
):
    with pytest.raises(AccessNotWanted):
        write_passport(make_order(state), submitter)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("submitter", True),
        ("desk", True),
        ("operator", True),
        ("installer", True),
        ("authoriser", False),
        ("colleague", False),
        ("outsider", False),
        ("configurer", False),
        ("billing_clerk", False),
    ],
)
def test_submitters_and_those_who_talk_to_the_site_may_write_it(
    request, authorised_order, who, allowed
):
    try:
        write_passport(authorised_order, request.getfixturevalue(who))
    except PermissionDenied:
        assert not allowed
    else:
        assert allowed


@pytest.mark.guidance("R-1.3-3")
def test_a_supplier_sees_the_passports_of_orders_passed_to_it_alone(
    passport, installer, configurer, outsider
):
    def seen(person):
        return list(SitePassport.objects.visible_to(person))

    assert seen(installer) == [passport]
    assert seen(configurer) == seen(outsider) == []


@pytest.mark.parametrize(
    ("days", "open_on"),
    [
        ("working", [True, False, False, False]),
        ("saturdays", [True, True, False, True]),
        ("any", [True, True, True, True]),
    ],
)
def test_it_knows_the_days_on_which_people_are_let_in(days, open_on, db):
    # A Tuesday, a Saturday, a Sunday, and Good Friday.
    asked = [date(2026, 3, 3), date(2026, 3, 7), date(2026, 3, 8), date(2026, 4, 3)]
    site = SitePassport(days=days)

    assert [site.is_open_on(day, working_calendar()) for day in asked] == open_on


def test_it_knows_its_hours_to_the_minute():
    site = SitePassport(opens_at=time(7), closes_at=time(18))

    assert site.is_open_at(time(7), time(18))
    assert not site.is_open_at(time(6, 59), time(12))
    assert not site.is_open_at(time(12), time(18, 1))


class TestPages:
    def test_a_contact_says_how_people_get_in_and_reads_it(
        self, client, authorised_order, submitter
    ):
        client.force_login(submitter)
        answers = typed(parking="Bay 3", second_phone="")

        page = client.post(
            reverse("access-change", args=[authorised_order.reference]),
            answers,
            follow=True,
        ).content.decode()

        assert "Version 1 is kept, and confirmed for this order." in page
        assert "7am" in page
        assert "Bay 3" in page

    @pytest.mark.parametrize(
        ("answers", "words"),
        [
            ({"opens_at": "9pm"}, "Enter a time after 9pm"),
            ({"opens_at": "early"}, "Enter a time of day, such as 8:30am or 17:00"),
            ({"second_contact": "Tom"}, "Enter both the second person and their phone"),
            ({"notice_working_days": "a few"}, "Enter a whole number"),
            ({"first_phone": "call me"}, "Enter a phone number with its area code"),
            ({"owner": ""}, "Enter who owns the building"),
        ],
    )
    def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
        self, client, authorised_order, submitter, answers, words
    ):
        client.force_login(submitter)

        page = client.post(
            reverse("access-change", args=[authorised_order.reference]),
            typed(escort="Always", **answers),
        ).content.decode()

        assert words in page
        assert "Always" in page
        assert not SitePassport.objects.exists()

    def test_an_order_shows_what_changed_since_it_was_confirmed_for_it(
        self, client, passport, authorised_order, *, make_order, submitter
    ):
        later = make_order("authorised")
        write_passport(later, submitter, escort="", why="Nobody walks along now")
        client.force_login(submitter)
        address = reverse("access", args=[authorised_order.reference])

        assert "Changed since it was confirmed" in client.get(address).content.decode()
        client.post(address, {"number": "2"})
        assert "Changed since" not in client.get(address).content.decode()

    def test_the_order_asks_for_it_and_leads_to_it(
        self, client, authorised_order, submitter
    ):
        client.force_login(submitter)
        address = reverse("access", args=[authorised_order.reference])

        asked = client.get(authorised_order.get_absolute_url()).content.decode()
        assert "Say how people get into" in asked
        assert "Access to confirm" in asked
        write_passport(authorised_order, submitter)
        told = client.get(authorised_order.get_absolute_url()).content.decode()
        assert "Access to arrange" in told
        assert f'href="{address}">How people get into the site' in told

    def test_a_reader_is_told_who_may_change_it(
        self, client, passport, authorised_order, colleague
    ):
        client.force_login(colleague)
        address = reverse("access", args=[authorised_order.reference])

        assert "nominated by" in client.get(address).content.decode()
        assert client.post(address, {"number": "1"}).status_code == 403

    def test_before_authority_there_is_no_such_page(
        self, client, quoted_order, submitter
    ):
        client.force_login(submitter)

        address = reverse("access", args=[quoted_order.reference])
        assert client.get(address).status_code == 404

    def test_the_page_asks_the_same_few_queries_for_one_version_and_for_many(
        self, client, authorised_order, submitter, django_assert_num_queries
    ):
        client.force_login(submitter)
        for count in range(5):
            write_passport(authorised_order, submitter, parking=f"Bay {count}")

        with django_assert_num_queries(10):
            client.get(reverse("access", args=[authorised_order.reference]))


def test_enquiries_about_the_form_name_its_order(client, authorised_order, submitter):
    journey_on_site.confirm_passport(authorised_order, submitter)
    client.force_login(submitter)
    page = client.get(reverse("access", args=[authorised_order.reference]))

    ask = f"?kind=access&amp;order={authorised_order.reference}"
    assert ask in page.content.decode()
