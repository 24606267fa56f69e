"""Two people of one Party on one draft, and answers that go for both of a pair."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from orders import commands
from orders.errors import ChangedMeanwhile
from parties.states import Purpose
from tests import journey, journey_of_pairs
from tests.factories.parties import PersonFactory
from tests.reading import words_of

SEEN = re.compile(r'name="seen" value="([^"]+)"')


class Writer:
    """A person with a browser, on one section of one order."""

    def __init__(self, person, order, slug):
        self.client = Client()
        self.client.force_login(person)
        self.place = reverse("order-section", args=[order.reference, slug])

    def open(self):
        return self.take(self.client.get(self.place))

    def save(self, **answers):
        return self.take(self.client.post(self.place, answers | {"seen": self.seen}))

    def take(self, response):
        if response.status_code == 200:
            self.seen = SEEN.search(response.content.decode()).group(1)
        return response


@pytest.fixture
def second(party):
    return PersonFactory(party=party, name="Sec Ond", nominated=[Purpose.SUBMIT])


@pytest.fixture
def both(submitter, second, draft_order):
    """Two people who have the same section open."""

    def open_section(slug):
        writers = [Writer(who, draft_order, slug) for who in (submitter, second)]
        for writer in writers:
            writer.open()
        return writers

    return open_section


CONNECTION = {"connection_type": "hv"}


def test_the_second_to_save_is_told_what_changed_by_whom_and_when(both, draft_order):
    first, second = both("connection")
    first.save(**CONNECTION, hv_rating_mbps="50")

    page = words_of(second.save(**CONNECTION, hv_rating_mbps="70"))

    assert "20 Mbps → 50 Mbps. By Sue Mitter, 3 March 2026" in page
    assert 'value="70"' in page
    assert journey.fresh(draft_order).hv_rating_mbps == 50


def test_having_been_told_they_may_save_theirs(both, draft_order):
    first, second = both("connection")
    first.save(**CONNECTION, hv_rating_mbps="50")
    second.save(**CONNECTION, hv_rating_mbps="70")

    assert second.save(**CONNECTION, hv_rating_mbps="70").status_code == 302

    assert journey.fresh(draft_order).hv_rating_mbps == 70


def test_or_keep_the_others(both, draft_order):
    first, second = both("connection")
    first.save(**CONNECTION, hv_rating_mbps="50")
    second.save(**CONNECTION, hv_rating_mbps="70")

    answer = second.save(**CONNECTION, hv_rating_mbps="70", theirs="1")

    assert answer.url == second.place
    assert journey.fresh(draft_order).hv_rating_mbps == 50


def test_a_third_change_is_told_again(both, draft_order):
    first, second = both("connection")
    first.save(**CONNECTION, hv_rating_mbps="50")
    second.save(**CONNECTION, hv_rating_mbps="70")
    first.open()
    first.save(**CONNECTION, hv_rating_mbps="60")

    page = words_of(second.save(**CONNECTION, hv_rating_mbps="70"))

    assert "50 Mbps → 60 Mbps" in page
    assert journey.fresh(draft_order).hv_rating_mbps == 60


def test_the_same_answers_are_no_conflict(both):
    first, second = both("connection")
    first.save(**CONNECTION, hv_rating_mbps="50")

    assert second.save(**CONNECTION, hv_rating_mbps="50").status_code == 302


def test_another_section_is_no_conflict(submitter, second, draft_order):
    writers = [
        Writer(submitter, draft_order, "connection"),
        Writer(second, draft_order, "period"),
    ]
    for writer in writers:
        writer.open()
    writers[0].save(**CONNECTION, hv_rating_mbps="50")

    assert writers[1].save(minimum_period_years="1").status_code == 302
    order = journey.fresh(draft_order)
    assert (order.hv_rating_mbps, order.minimum_period_years) == (50, 1)


def test_a_box_that_a_colleague_unticked_is_told_too(both, draft_order):
    first, second = both("care")
    ticked = dict.fromkeys(("no_availability", "protection", "no_damage"), "on")
    first.save(**ticked, later="1")

    page = words_of(second.save(**ticked, pep="on"))

    assert "Ticked → Not ticked. By Sue Mitter" in page
    assert not draft_order.acknowledgements.filter(what="pep").exists()


def test_a_day_a_site_and_a_truth_are_told_in_words(both, submitter, draft_order):
    first, second = both("reference")
    first.save(required_by_day="1", required_by_month="6", required_by_year="2027")

    page = words_of(second.save(purchase_order="PO 9"))

    assert "No answer → 1 June 2027" in page


def test_a_page_that_somebody_tampered_with_is_taken_as_one_without_memory(both):
    first, second = both("connection")
    second.seen = first.seen + "x"

    assert second.save(**CONNECTION, hv_rating_mbps="70").status_code == 302


def test_the_lock_is_where_it_is_decided(draft_order, submitter):
    answers, seen = {"hv_rating_mbps": 70}, {"hv_rating_mbps": 40}

    with pytest.raises(ChangedMeanwhile, match="Nothing you typed is lost"):
        commands.save_answers(draft_order.pk, by=submitter, answers=answers, seen=seen)


# Answers for both of a pair


@pytest.fixture
def pair(party, submitter):
    return commands.start_pair(party.pk, by=submitter, option="medium")


CONTACTS = {
    "technical_contact_name": "Tess Hall",
    "technical_contact_email": "tess@example.com",
    "technical_contact_phone": "0113 496 0000",
    "site_contact_name": "Sam Gate",
    "site_contact_phone": "0113 496 0001",
}


def test_contacts_of_one_form_go_for_the_other_too(pair, submitter):
    writer = Writer(submitter, pair[0], "contacts")
    page = words_of(writer.open())
    assert f"Use these answers for {pair[1]} too" in page
    assert re.search(r'name="for_partner" type="checkbox" checked', page)

    writer.save(**CONTACTS, for_partner="on")

    names = [journey.fresh(order).site_contact_name for order in pair]
    assert names == ["Sam Gate", "Sam Gate"]


def test_unticked_they_stay_on_one_form(pair, submitter):
    writer = Writer(submitter, pair[0], "contacts")
    writer.open()

    writer.save(**CONTACTS)

    assert journey.fresh(pair[1]).site_contact_name == ""


def test_once_the_other_form_has_its_own_the_box_is_off(pair, submitter):
    answers = {"site_contact_name": "Other"}
    commands.save_answers(pair[1].pk, by=submitter, answers=answers)

    page = words_of(Writer(submitter, pair[0], "contacts").open())

    assert re.search(r'name="for_partner" type="checkbox"(?! checked)', page)


def test_contacts_of_another_site_go_for_both_only_when_asked(party, submitter):
    first, second = journey_of_pairs.start(party, submitter, "high")

    page = words_of(Writer(submitter, first, "contacts").open())

    assert f"Use these answers for {second} too" in page
    assert re.search(r'name="for_partner" type="checkbox"(?! checked)', page)


def test_what_a_colleague_wrote_on_the_other_form_is_not_overwritten_unread(
    pair, submitter, second
):
    writer = Writer(submitter, pair[0], "contacts")
    writer.open()
    answers = {"site_contact_name": "Theirs"}
    commands.save_answers(pair[1].pk, by=second, answers=answers)

    page = words_of(writer.save(**CONTACTS, for_partner="on"))

    assert "No answer → Theirs. By Sec Ond" in page
    assert journey.fresh(pair[0]).site_contact_name == ""


@pytest.mark.parametrize(
    ("option", "slug", "is_offered"),
    [
        ("medium", "site", True),
        ("medium", "room", True),
        ("high", "site", False),
        ("high", "room", False),
        ("high", "contacts", True),
        ("high", "period", True),
        ("medium", "connection", False),
        ("medium", "reference", False),
    ],
)
def test_only_what_two_connections_share_is_offered(
    party, submitter, option, slug, is_offered
):
    pair = commands.start_pair(party.pk, by=submitter, option=option)

    page = words_of(Writer(submitter, pair[0], slug).open())

    assert ("Use these answers for" in page) is is_offered
