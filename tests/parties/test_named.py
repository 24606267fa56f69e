"""A Party is named by its number or enough of its name, and a few are offered."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from parties.forms import PartyField
from tests.factories.parties import PartyFactory

NAMED, SENDERS = "admin:parties_party_named", "admin:parties_party_senders"


@pytest.mark.parametrize(
    "typed",
    ["Northgate Energy", "northgate", "{0.reference}", "pty {1}", "PTY–{1}"],  # noqa: RUF001  as a letter has it
)
def test_its_number_in_any_writing_or_enough_of_its_name_will_do(
    party, other_party, typed
):
    number = party.reference.removeprefix("PTY-")

    assert PartyField().clean(typed.format(party, number)) == party


def test_the_whole_name_of_one_is_not_part_of_another(party):
    PartyFactory(name="Northgate Energy Trading")

    assert PartyField().clean("northgate energy") == party


def test_what_several_are_called_is_asked_about_with_their_numbers(party):
    other = PartyFactory(name="Northgate Gas")

    with pytest.raises(ValidationError) as refused:
        PartyField().clean("Northgate")

    [words] = refused.value.messages
    assert f"{party} ({party.reference}); {other} ({other.reference})" in words
    with pytest.raises(ValidationError, match="No Gateway Party is called “Southgate”"):
        PartyField().clean("Southgate")


def test_ten_are_offered_of_however_many_there_are(client, desk):
    PartyFactory.create_batch(12)
    last = PartyFactory(name="Zeal Energy")
    client.force_login(desk)

    def offered(typed):
        return client.get(reverse(NAMED), {"q": typed}).content.decode()

    assert offered("party").count("<option") <= 10
    assert f'<option value="{last}">{last.reference}' in offered("zea")
    assert "<option" not in offered("z")


def test_who_may_submit_today_is_offered_as_a_sender(
    client, desk, submitter, authoriser
):
    client.force_login(desk)

    page = client.get(reverse(SENDERS), {"q": "northgate"}).content.decode()

    assert f'<option value="{submitter.email}">' in page
    assert authoriser.email not in page
    add = reverse("admin:orders_connectionrequest_add")
    assert submitter.email not in client.get(add).content.decode()
