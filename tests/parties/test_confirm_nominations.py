"""A Party says which nominations are still right: in the portal, or by phone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from parties.commands import confirm_nominations
from parties.errors import NominationEnded
from records.models import Event
from tests.cast import NOW

PAGE = "account-nominations"
TODAY = NOW.date()


def row_of(person):
    return person.nominations.get()


@pytest.mark.guidance("R-2.2-6")
def test_an_authoriser_confirms_one_nomination_and_ends_another(
    client, authoriser, submitter
):
    client.force_login(authoriser)
    said = {str(row_of(authoriser).pk): "confirm", str(row_of(submitter).pk): "end"}

    assert client.post(reverse(PAGE), said)["Location"] == reverse("account")

    kept, ended = row_of(authoriser), row_of(submitter)
    assert (kept.confirmed_on, kept.confirmed_by) == (TODAY, authoriser)
    assert (kept.until_on, ended.until_on) == (None, TODAY)
    assert Event.objects.filter(name="confirm_nominations").count() == 2
    assert "Confirmed 3 March 2026" in client.get(reverse("account")).content.decode()


def test_each_has_to_be_answered(client, authoriser, submitter):
    client.force_login(authoriser)

    page = client.post(reverse(PAGE), {str(row_of(authoriser).pk): "confirm"})

    assert "Say whether Sue Mitter, submitting requests" in page.content.decode()
    assert row_of(authoriser).confirmed_on is None


def test_who_may_not_authorise_confirms_nothing(client, submitter, authoriser):
    client.force_login(submitter)
    assert client.post(reverse(PAGE), {}).status_code == 403

    with pytest.raises(PermissionDenied):
        confirm_nominations(
            submitter.party_id, by=submitter, confirmed=[row_of(authoriser).pk]
        )


def test_another_partys_nomination_is_none_of_theirs(authoriser, outsider):
    foreign = outsider.nominations.first()

    with pytest.raises(NominationEnded):
        confirm_nominations(authoriser.party_id, by=authoriser, ended=[foreign.pk])


def test_the_desk_records_what_a_party_says_by_phone(client, desk, authoriser):
    client.force_login(desk)
    place = reverse("admin:parties_party_confirm", args=[authoriser.party_id])
    answers = {"said_by": "Jo Hart, by phone", "confirmed": [row_of(authoriser).pk]}

    assert client.post(place, answers).status_code == 302

    assert (row_of(authoriser).confirmed_on, row_of(authoriser).confirmed_by) == (
        TODAY,
        desk,
    )
    assert Event.objects.get(name="confirm_nominations").why == "Jo Hart, by phone"
