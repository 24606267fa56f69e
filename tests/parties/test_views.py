"""A Party's own page, and the data centres that it adds."""

import pytest
from django.urls import reverse

from parties.models import DataCentre
from parties.states import Purpose
from tests.factories.parties import NominationFactory
from tests.reading import words_of

ADDRESS = {
    "name": "Severn Reach",
    "street": "12 Quay Road",
    "town": "Bristol",
    "postcode": "BS97 2PL",
    "owner": "Quay Estates",
}


@pytest.mark.guidance("R-2.2-6")
def test_the_account_names_people_and_nominations_of_ones_own_party(
    client, submitter, authoriser, outsider, data_centre
):
    client.force_login(submitter)

    words = words_of(client.get(reverse("account")))

    for shown in ("Sue Mitter (you)", "Ada Law", "Authorising orders", "Thornby Park"):
        assert shown in words
    assert "Otto Side" not in words
    assert "Calder Supply" not in words


@pytest.mark.guidance("R-2.11-6")
@pytest.mark.parametrize(
    ("days", "state", "is_warned"),
    [
        ({}, "In force", False),
        ({"until_on": "2026-03-03"}, "In force", False),
        ({"until_on": "2026-03-02"}, "Ended", True),
        ({"from_on": "2026-03-03"}, "In force", False),
        ({"from_on": "2026-03-04"}, "Not yet", True),
    ],
)
def test_a_nomination_holds_on_its_first_and_on_its_last_day(
    client, colleague, *, days, state, is_warned
):
    NominationFactory(user=colleague, purpose=Purpose.AUTHORISE, **days)
    client.force_login(colleague)

    words = words_of(client.get(reverse("account")))

    assert f">{state}</strong>" in words
    assert ("so nobody can sign a quotation" in words) is is_warned


def test_somebody_who_may_not_sign_in_is_no_authoriser(client, authoriser, colleague):
    authoriser.is_active = False
    authoriser.save()
    client.force_login(colleague)

    words = words_of(client.get(reverse("account")))

    assert "May not sign in" in words
    assert "so nobody can sign a quotation" in words


@pytest.mark.parametrize("who", ["operator", "installer"])
def test_staff_see_only_themselves(request, client, submitter, who):
    person = request.getfixturevalue(who)
    client.force_login(person)

    words = words_of(client.get(reverse("account")))

    assert person.email in words
    assert submitter.email not in words


@pytest.mark.parametrize(
    ("who", "read", "sent", "added"),
    [
        ("submitter", 200, 302, 1),
        ("authoriser", 200, 403, 0),
        ("colleague", 200, 403, 0),
        ("operator", 403, 403, 0),
        ("installer", 404, 404, 0),
    ],
)
def test_a_submitter_adds_a_data_centre(request, client, *, who, read, sent, added):
    client.force_login(request.getfixturevalue(who))
    url = reverse("data-centre-new")

    assert client.get(url).status_code == read
    assert client.post(url, ADDRESS).status_code == sent
    assert DataCentre.objects.count() == added


@pytest.mark.parametrize(
    ("name", "typed", "refusal"),
    [
        ("name", "", "Enter a name for the data centre"),
        ("name", "THORNBY PARK", "You already have a data centre called THORNBY PARK"),
        ("street", "", "Enter the building and the street"),
        ("town", "", "Enter the town or city"),
        ("postcode", "", "Enter the postcode"),
        ("postcode", "12345", "Enter a full UK postcode, like DE21 7QX"),
        ("owner", "x" * 201, "Shorten this to 200 characters"),
    ],
)
def test_an_address_that_is_not_whole_is_refused_and_kept(
    client, submitter, data_centre, *, name, typed, refusal
):
    client.force_login(submitter)

    response = client.post(reverse("data-centre-new"), ADDRESS | {name: typed})

    words = words_of(response)
    assert refusal in words
    kept = "Severn Reach" if name != "name" else "12 Quay Road"
    assert f'value="{kept}"' in words
    assert DataCentre.objects.count() == 1


@pytest.mark.parametrize("view", ["account", "data-centre-new"])
def test_the_account_asks_few_questions_of_the_database(
    client, submitter, authoriser, data_centre, django_assert_max_num_queries, *, view
):
    client.force_login(submitter)

    with django_assert_max_num_queries(12):
        client.get(reverse(view))


def test_a_contact_knows_the_data_centres_of_their_party_alone(
    data_centre, rdp_data_centre, submitter, operator
):
    assert [*DataCentre.objects.visible_to(submitter)] == [data_centre]
    assert DataCentre.objects.visible_to(operator).count() == 2
