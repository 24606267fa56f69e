"""Rows from before: names that look the same are told apart, and nothing is lost."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from common.lines import look
from common.rows import first_free, tell, tidy_lines, told_apart
from orders.commands import save_answers
from orders.errors import ReferenceTaken
from parties.commands import add_data_centre, register_party
from parties.errors import DataCentreNameTaken, PartyRegistered
from parties.forms import refuse_taken
from parties.models import DataCentre, Party
from records.models import Event
from tests import journey
from tests.factories.parties import DataCentreFactory


def test_lines_from_before_are_brought_into_their_one_form(data_centre):
    DataCentre.objects.filter(pk=data_centre.pk).update(town="  De\u200brby\n ")

    tidy_lines(DataCentre, ["town", "street"])

    data_centre.refresh_from_db()
    assert data_centre.town == "Derby"


def test_of_two_that_look_the_same_the_later_one_is_numbered(party, other_party):
    first = DataCentreFactory(party=party, name="Hut")
    second = DataCentreFactory(party=party, name="Hut 2")
    elsewhere = DataCentreFactory(party=other_party, name="Hut")
    DataCentre.objects.filter(pk=second.pk).update(name="HUT", name_look="?")

    renamed = list(told_apart(DataCentre, "name", "party_id"))

    assert [(row.pk, *names) for row, *names in renamed] == [
        (second.pk, "HUT", "HUT (2)")
    ]
    rows = DataCentre.objects.order_by("pk").values_list("name", "name_look")
    assert list(rows) == [("Hut", "hut"), ("HUT (2)", "hut (2)"), ("Hut", "hut")]
    assert first.party_id != elsewhere.party_id


def test_a_long_name_is_shortened_to_take_its_number():
    taken = {"x" * 10, "xxxxxx (2)"}

    assert first_free("x" * 10, taken.__contains__, 10) == "xxxxxx (3)"


def test_the_history_says_what_was_renamed_and_why(party):
    tell(apps, party, party.reference, "HUT is now called HUT (2)")

    event = Event.objects.get(name="tell_apart")
    assert (event.thread, event.subject_pk) == (party.reference, party.pk)
    assert "looked the same as an earlier one" in event.why


# And from now on

ALIKE = ["thornby park", "Thornby\u200b Park", "Thornby  Park", "THORNBY PARK"]


@pytest.mark.parametrize("name", ALIKE)
def test_a_party_has_one_data_centre_of_a_look(data_centre, desk, name):
    facts = {"street": "1 Road", "town": "Leeds", "postcode": "LS1 1AA"}
    with pytest.raises(DataCentreNameTaken):
        add_data_centre(data_centre.party_id, by=desk, name=name, **facts)
    with pytest.raises(ValidationError, match="already have a data centre"):
        refuse_taken(name, {data_centre.name_look})
    with pytest.raises(IntegrityError), transaction.atomic():
        DataCentreFactory(party=data_centre.party, name=name)


def test_the_register_has_one_party_of_a_look(party, desk):
    with pytest.raises(PartyRegistered):
        register_party("NORTHGATE\u00a0energy", by=desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.create(reference="PTY-1", name="northgate energy")


@pytest.mark.guidance("R-2.14-2")
def test_a_reference_that_looks_like_another_is_taken(
    draft_order, party, submitter, data_centre
):
    answers = {"customer_reference": "PO-7"}
    save_answers(draft_order.pk, by=submitter, answers=answers)
    other = journey.start(party, submitter)

    answers = {"customer_reference": "po\u20137"}
    with pytest.raises(ReferenceTaken):
        save_answers(other.pk, by=submitter, answers=answers)
    assert look("po\u20137") == look("PO-7")


def test_a_data_centre_is_known_by_the_name_and_town_that_the_portal_writes(
    client, submitter, data_centre
):
    client.force_login(submitter)
    facts = {"street": "1 Road", "town": "Derby", "postcode": "DE21 7QX"}
    typed = {"name": f" {data_centre}".upper(), **facts}

    page = client.post(reverse("data-centre-new"), typed).content.decode()

    assert "You already have a data centre called" in page
    assert DataCentre.objects.count() == 1
