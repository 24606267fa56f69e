"""The request form: sections, their status, what each refuses, saving, sending."""

import pytest
from django.urls import reverse

from orders.forms import SECTIONS, bound_sections, sections_of
from orders.models import ConnectionRequest
from parties.models import DataCentre
from tests import journey
from tests.factories.parties import DataCentreFactory
from tests.reading import words_of

CONTACTS = {
    "technical_contact_name": "Tess Hall",
    "technical_contact_email": "tess@example.com",
    "technical_contact_phone": "0113 496 0000",
    "site_contact_name": "Sam Gate",
    "site_contact_phone": "+44 113 496 0001",
}
ADDRESS = {
    "name": "Severn Reach",
    "street": "12 Quay Road",
    "town": "Bristol",
    "postcode": "bs972pl",
    "owner": "",
}

CARE = dict.fromkeys(("no_availability", "pep", "protection", "no_damage"), "on")
# A request by itself has no pair to speak of.
# Those that any request is asked; `test_capacity` has the one of two standings.
ALONE = [
    section.slug for section in SECTIONS if section.slug not in ("pair", "capacity")
]


def address(order, slug):
    return reverse("order-section", args=[order.reference, slug])


@pytest.fixture
def fill(client, submitter):
    """Sends one section of an order as the submitter; without answers it reads it."""
    client.force_login(submitter)

    def send(order, slug, *, later=False, **answers):
        if not answers and not later:
            return client.get(address(order, slug))
        answers |= {"later": "1"} if later else {}
        return client.post(address(order, slug), answers)

    return send


def fresh(order):
    return ConnectionRequest.objects.get(pk=order.pk)


def status(order):
    return {part.slug: part.status for part in bound_sections(fresh(order))}


def test_each_section_has_its_own_name_and_keeps_only_fields_of_the_order(draft_order):
    assert len({section.slug for section in SECTIONS}) == len(SECTIONS)
    for part in bound_sections(draft_order):
        assert part.is_valid(), part.errors
        for name in part.answers:
            assert hasattr(draft_order, name)


def test_an_empty_form_has_begun_nowhere(empty_order):
    assert set(status(empty_order).values()) == {"Not started", "Optional"}


def test_a_whole_form_is_complete_everywhere_but_where_nothing_need_be_said(
    draft_order,
):
    assert status(draft_order) == {
        "connection": "Complete",
        "period": "Complete",
        "use": "Complete",
        "sharing": "Complete",
        "site": "Complete",
        "room": "Complete",
        "building": "Optional",
        "contacts": "Complete",
        "reference": "Optional",
        "care": "Complete",
    }


@pytest.mark.guidance("R-2.6-3", "R-2.6-12", "R-2.6-1")
@pytest.mark.parametrize(
    ("kind", "rating", "kept", "refusal"),
    [
        ("hv", "10", 10, ""),
        ("hv", "100", 100, ""),
        ("hv", "", None, "Enter the rating of the HV connection, from 10 to 100"),
        ("hv", "25", None, "Enter a multiple of 10, from 10 to 100"),
        ("hv", "0", None, "Enter a multiple of 10"),
        ("hv", "-10", None, "Enter a multiple of 10"),
        ("hv", "110", None, "does not permit connections of more than 100 Mbps"),
        ("hv", "9" * 30, None, "does not permit connections of more than 100 Mbps"),
        ("hv", "fast", None, "Enter the rating as a whole number, such as 20"),
        ("lv", "", None, ""),
        ("lv", "20", None, ""),
        ("", "20", None, "Choose HV or LV"),
        ("vv", "20", None, "Choose one of the answers"),
    ],
)
def test_hv_has_a_rating_in_tens_up_to_the_ceiling_and_lv_none(
    fill, empty_order, *, kind, rating, kept, refusal
):
    answers = {"connection_type": kind, "hv_rating_mbps": rating}

    response = fill(empty_order, "connection", **answers)

    assert response.status_code == (200 if refusal else 302)
    assert fresh(empty_order).hv_rating_mbps == kept
    assert fresh(empty_order).connection_type == ("" if refusal else kind)
    assert refusal in words_of(response)
    if refusal and rating:
        assert f'value="{rating}"' in words_of(response)


@pytest.mark.guidance("R-2.6-12")
def test_the_ceiling_is_a_setting(fill, empty_order, settings):
    settings.HV_MAXIMUM_MBPS = 200

    fill(empty_order, "connection", connection_type="hv", hv_rating_mbps="200")

    assert fresh(empty_order).hv_rating_mbps == 200


@pytest.mark.guidance("R-2.7.2-1")
def test_ten_or_twenty_is_suggested(fill, empty_order):
    assert "Most begin with 10 or 20" in words_of(fill(empty_order, "connection"))


@pytest.mark.guidance("R-2.6-3")
def test_turning_hv_into_lv_drops_the_rating(fill, draft_order):
    fill(draft_order, "connection", connection_type="lv", hv_rating_mbps="20")

    assert fresh(draft_order).hv_rating_mbps is None


@pytest.mark.guidance("R-2.5-1")
@pytest.mark.parametrize(
    ("typed", "status_code", "kept"),
    [("1", 302, 1), ("3", 302, 3), ("2", 200, None), ("", 200, None)],
)
def test_a_period_is_one_or_three_years(fill, empty_order, typed, status_code, kept):
    response = fill(empty_order, "period", minimum_period_years=typed)

    assert response.status_code == status_code
    assert fresh(empty_order).minimum_period_years == kept


@pytest.fixture
def rdp_order(rdp, rdp_submitter):
    return journey.start(rdp, rdp_submitter)


@pytest.mark.guidance("R-2.5-1", "R-2.5-10")
def test_an_rdp_is_not_asked_for_a_period(client, rdp_order, rdp_submitter):
    client.force_login(rdp_submitter)

    assert "period" not in {section.slug for section in sections_of(rdp_order)}
    assert client.get(address(rdp_order, "period")).status_code == 404


@pytest.mark.guidance("R-2.1.1-1")
def test_a_sec_party_names_its_uses(fill, empty_order):
    fill(empty_order, "use", uses=["duis", "ssi"])

    assert fresh(empty_order).uses == ["duis", "ssi"]
    assert fresh(empty_order).is_registration_only is None


@pytest.mark.guidance("R-2.1.2-1", "R-2.9.2-2")
@pytest.mark.parametrize(
    ("uses", "sole", "status_code", "kept"),
    [
        (["registration_load"], "True", 302, True),
        (["registration_load", "status_flow"], "True", 302, True),
        # Other data need a SEC Party, which this one is not.
        (["registration_load", "status_flow"], "False", 200, None),
        (["registration_load"], "", 200, None),
        ([], "True", 200, None),
        (["duis"], "True", 200, None),
    ],
)
def test_an_rdp_names_registration_uses_and_confirms_that_there_is_no_other(
    client, rdp_order, *, rdp_submitter, uses, sole, status_code, kept
):
    client.force_login(rdp_submitter)
    answers = {"uses": uses, "is_registration_only": sole}

    response = client.post(address(rdp_order, "use"), answers)

    assert response.status_code == status_code
    assert fresh(rdp_order).is_registration_only is kept
    assert status(rdp_order)["use"] == (
        "Complete" if kept is not None else "Not started"
    )


@pytest.mark.guidance("R-2.3-4")
def test_one_of_the_partys_data_centres_is_chosen(fill, empty_order, data_centre):
    fill(empty_order, "site", data_centre=data_centre.pk)

    assert fresh(empty_order).data_centre == data_centre


@pytest.mark.guidance("R-2.3-4")
def test_another_partys_data_centre_cannot_be_chosen(fill, empty_order, other_party):
    foreign = DataCentreFactory(party=other_party, name="Secret Site")

    response = fill(empty_order, "site", data_centre=foreign.pk)

    assert "Choose one of the answers" in words_of(response)
    assert "Secret Site" not in words_of(response)
    assert fresh(empty_order).data_centre is None


def test_a_new_data_centre_is_added_on_the_spot(fill, empty_order, party):
    fill(empty_order, "site", data_centre="new", **ADDRESS)

    site = fresh(empty_order).data_centre
    assert site.party == party
    assert site.address == "Severn Reach, 12 Quay Road, Bristol BS97 2PL"


@pytest.mark.parametrize(
    ("name", "typed", "refusal"),
    [
        ("name", "", "Enter a name for the data centre"),
        ("street", "", "Enter the building and the street"),
        ("town", " ", "Enter the town or city"),
        ("postcode", "", "Enter the postcode"),
        ("postcode", "Derby", "Enter a full UK postcode, like DE21 7QX"),
        ("name", "thornby park", "You already have a data centre called thornby park"),
        ("street", "x" * 201, "Shorten this to 200 characters"),
    ],
)
def test_a_new_data_centre_needs_its_whole_address(
    fill, empty_order, *, data_centre, name, typed, refusal
):
    answers = ADDRESS | {"data_centre": "new", name: typed}

    response = fill(empty_order, "site", **answers)

    assert refusal in words_of(response)
    assert "12 Quay Road" in words_of(response) or name == "street"
    assert list(DataCentre.objects.all()) == [data_centre]


def test_a_data_centre_is_not_added_when_its_order_cannot_take_it(
    fill, submitted_order, data_centre
):
    response = fill(submitted_order, "site", data_centre="new", **ADDRESS)

    assert "its answers can no longer be changed" in words_of(response)
    assert "12 Quay Road" in words_of(response)
    assert list(DataCentre.objects.all()) == [data_centre]


@pytest.mark.parametrize(
    ("name", "typed", "refusal"),
    [
        ("technical_contact_name", "", "Enter the name of the technical contact"),
        ("technical_contact_email", "tess", "Enter an e-mail address like"),
        ("technical_contact_phone", "none", "Enter a phone number with its area code"),
        ("site_contact_phone", "12", "Enter a phone number with its area code"),
        ("site_contact_name", "x" * 151, "Shorten this to 150 characters"),
    ],
)
def test_contacts_can_be_reached(fill, empty_order, name, typed, refusal):
    response = fill(empty_order, "contacts", **(CONTACTS | {name: typed}))

    assert refusal in words_of(response)
    assert "Tess Hall" in words_of(response) or name == "technical_contact_name"
    assert not fresh(empty_order).site_contact_name


@pytest.mark.guidance("R-2.14-2")
def test_a_reference_is_used_once_in_a_party(fill, party, submitter, empty_order):
    fill(empty_order, "reference", customer_reference="BME-01")
    second = journey.start(party, submitter)

    response = fill(second, "reference", customer_reference="BME-01")

    refusal = f"BME-01 is already your reference for {empty_order}"
    assert refusal in words_of(response)
    assert 'value="BME-01"' in words_of(response)


def test_saving_leads_from_section_to_section_and_to_the_check(fill, empty_order):
    first = fill(empty_order, "connection", connection_type="lv")
    last = fill(empty_order, "care", **CARE)

    assert first.url == address(empty_order, "period")
    assert last.url == reverse("order-check", args=[empty_order.reference])


def test_half_a_section_is_kept_for_later(fill, empty_order):
    half = {"technical_contact_name": "Tess Hall", "technical_contact_email": ""}

    response = fill(empty_order, "contacts", later=True, **half)

    assert response.url == reverse("order-form", args=[empty_order.reference])
    assert fresh(empty_order).technical_contact_name == "Tess Hall"
    assert status(empty_order)["contacts"] == "In progress"


def test_what_is_wrong_is_not_kept_for_later_either(fill, empty_order):
    half = {"technical_contact_email": "tess", "technical_contact_name": "Tess Hall"}

    response = fill(empty_order, "contacts", later=True, **half)

    assert "Enter an e-mail address like" in words_of(response)
    assert 'value="Tess Hall"' in words_of(response)


@pytest.mark.parametrize("slug", ALONE)
def test_leaving_each_section_empty_for_later_is_allowed(fill, empty_order, slug):
    assert fill(empty_order, slug, later=True).status_code == 302


@pytest.mark.guidance("R-3.2-2")
@pytest.mark.parametrize("slug", ALONE)
def test_guidance_stands_beside_each_section(fill, draft_order, slug):
    words = words_of(fill(draft_order, slug))

    assert '<h2 class="govuk-heading-s">Guidance</h2>' in words
    assert "From the guidance, section" in words
