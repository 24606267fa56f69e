"""A form on paper, keyed in beside it on one page."""

import pytest
from django.urls import reverse

from orders.commands.snapshot import snapshot
from orders.documents import request_facts
from orders.models import Acknowledgement
from orders.states import AcknowledgementKind
from records.models import Event
from tests import journey
from tests.cast import NOW
from tests.desk.conftest import page_url

TICKS = ("power", "space", "no_availability", "pep", "protection", "no_damage")
TYPED = {
    "connection_type": "hv",
    "hv_rating_mbps": "20",
    "minimum_period_years": "3",
    "uses": ["duis"],
    "is_shared": "False",
    "ac_sockets": "2",
    "has_access_control": "True",
    "technical_contact_name": "Tess Hall",
    "technical_contact_email": "tess@example.com",
    "technical_contact_phone": "0113 496 0000",
    "site_contact_name": "Sam Gate",
    "site_contact_phone": "0113 496 0001",
}


@pytest.fixture
def keyed_order(party, submitter, desk):
    return journey.key_in(party, desk)


@pytest.fixture
def whole(data_centre):
    return {**TYPED, "data_centre": str(data_centre.pk), **dict.fromkeys(TICKS, "on")}


def send(as_, who, order, **typed):
    return as_(who).do(order, "fill-in", **typed)


@pytest.mark.guidance("R-1.3-7", "R-4.1-4")
def test_what_is_confirmed_on_paper_is_the_senders_and_names_who_keyed_it_in(
    as_, desk, submitter, keyed_order, whole
):
    send(as_, desk, keyed_order, **whole, submit="yes")

    order = journey.fresh(keyed_order)
    row = Acknowledgement.objects.get(what=AcknowledgementKind.POWER)
    assert (order.state, order.submitted_by) == ("submitted", submitter)
    assert (row.by, row.at) == (submitter, order.received_at)
    assert (row.keyed_by, row.keyed_at.date()) == (desk, NOW.date())
    said = f"Yes, by {submitter}, on paper; keyed in by {desk} on 3 March 2026"
    assert said in [row.answer for row in snapshot(order)]
    facts = request_facts(order.versions.get())
    assert said in str(facts["sections"])
    told = Event.objects.get(name="acknowledge")
    assert f"By {submitter}, on paper, and keyed in by {desk}" in told.why


@pytest.mark.guidance("R-1.3-7")
def test_nothing_is_lost_where_one_answer_is_wrong_and_others_are_missing(
    as_, desk, keyed_order
):
    page = send(
        as_,
        desk,
        keyed_order,
        connection_type="hv",
        hv_rating_mbps="25",
        technical_contact_name="Tess Hall",
        pep="on",
        submit="yes",
    )

    order = journey.fresh(keyed_order)
    assert (order.state, order.technical_contact_name) == ("draft", "Tess Hall")
    assert order.acknowledgements.get().what == AcknowledgementKind.PEP
    words = page.content.decode()
    assert 'value="25"' in words
    assert "Enter a multiple of 10" in words


def test_what_is_kept_while_somebody_types_leads_to_the_same_page(
    as_, desk, keyed_order
):
    answer = send(as_, desk, keyed_order, site_contact_name="Sam Gate", quiet="yes")

    assert answer.url == page_url(keyed_order, "fill-in")
    page = as_(desk).page(keyed_order, "fill-in")
    assert 'value="Sam Gate"' in page.content.decode()
    assert "2 of" not in page.content.decode()


def test_a_new_data_centre_is_added_once_its_address_is_whole(
    as_, desk, keyed_order, party
):
    site = {"data_centre": "new", "name": "Ash Yard", "street": "1 Ash Lane"}
    send(as_, desk, keyed_order, **site, later="yes")
    assert not party.data_centres.exists()

    rest = {"town": "Derby", "postcode": "DE1 1AA"}
    send(as_, desk, keyed_order, **site, **rest, later="yes")

    assert journey.fresh(keyed_order).data_centre == party.data_centres.get()


def test_an_answer_that_a_colleague_gave_meanwhile_is_not_overwritten_unread(
    as_, desk, operator, keyed_order
):
    seen = as_(desk).page(keyed_order, "fill-in").context["fresh"].seen
    send(as_, operator, keyed_order, technical_contact_name="Tess Hall", later="yes")

    page = send(
        as_, desk, keyed_order, technical_contact_name="T Hill", seen=seen, later="yes"
    )

    assert "changed" in page.content.decode()
    assert journey.fresh(keyed_order).technical_contact_name == "Tess Hall"


def test_each_question_of_the_paper_stands_there_once_in_its_order(
    as_, desk, keyed_order
):
    form = as_(desk).page(keyed_order, "fill-in").context["form"]

    asked = [name for section in form.sections for name in section.fields]
    assert [field.name for field in form.visible_fields()] == asked
    assert len(asked) == len(set(asked))


def test_a_form_of_the_portal_is_filled_in_by_its_own_people(as_, desk, draft_order):
    page = as_(desk).page(draft_order, "fill-in").content.decode()

    assert "It came through the portal" in page
    assert reverse("order-questions", args=[draft_order.reference]) not in page
