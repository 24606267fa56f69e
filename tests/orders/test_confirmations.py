"""What is confirmed is confirmed by a person, for one request at a time."""

import re

import pytest
from django.urls import reverse

from orders import commands
from orders.commands.acknowledge import acknowledge
from orders.forms import sections_of
from orders.models import ConnectionRequest
from tests import journey
from tests.reading import words_of


def section(order, slug):
    return reverse("order-section", args=[order.reference, slug])


def boxes(form):
    return {name for name, field in form.fields.items() if hasattr(field, "what")}


def ticked(page):
    return set(re.findall(r'name="(\w+)"[^>]* checked', page))


@pytest.mark.parametrize("start", ["copy", "pair", "second of a pair"])
def test_no_confirmation_is_ticked_before_a_person_ticks_it(
    client, draft_order, submitter, ready_pair, start
):
    """Not after copying, and not on the second request of a pair."""
    journey.answer_all(draft_order, submitter)
    begun = {
        "copy": lambda: commands.copy_request(draft_order.pk, by=submitter),
        "pair": lambda: commands.start_pair(
            draft_order.party_id, by=submitter, option="medium"
        )[1],
        "second of a pair": lambda: commands.pair_with_new(
            draft_order.pk, by=submitter, option="high"
        ),
    }[start]()
    client.force_login(submitter)

    assert not begun.acknowledgements.exists()
    for kind in sections_of(begun):
        page = words_of(client.get(section(begun, kind.slug)))
        assert not ticked(page) & boxes(kind(order=begun))


@pytest.mark.parametrize("slug", ["room", "care"])
def test_confirmations_go_for_the_other_request_only_when_somebody_says_so(
    client, pair, submitter, slug
):
    first, second = pair
    client.force_login(submitter)
    url = section(first, slug)
    page = words_of(client.get(url))
    typed = {"ac_sockets": "2", "has_access_control": "True"}
    typed |= dict.fromkeys(("power", "space", "pep", "protection"), "on")

    client.post(url, {**typed, "no_damage": "on"})
    assert not second.acknowledgements.exists()
    client.post(url, {**typed, "no_damage": "on", "for_partner": "on"})

    assert f"answers for {second} too, and confirm the same for it" in page
    assert "for_partner" not in ticked(page)
    assert second.acknowledgements.exists()


def test_hv_in_place_of_lv_begins_without_confirmations(party, submitter, draft_order):
    acknowledge(draft_order.pk, by=submitter, whats={"power", "space", "pep"})

    copy = commands.copy_request(draft_order.pk, by=submitter)

    assert not copy.acknowledgements.exists()


def check(order):
    return reverse("order-check", args=[order.reference])


@pytest.mark.guidance("R-2.14-2")
def test_both_references_of_a_pair_are_asked_before_either_is_sent(
    client, ready_pair, submitter
):
    first, second = ready_pair
    client.force_login(submitter)

    asked = words_of(client.get(check(first)))
    missing = client.post(check(first), {"agreed": "on", "own": "", "partner": "B 2"})
    typed = {"agreed": "on", "own": "A 1", "partner": "B 2"}
    client.post(check(first), typed)

    assert "What do you call this request, the primary one?" in asked
    assert f"What do you call the other request, {second}?" in asked
    assert "Enter your reference for each of the two" in words_of(missing)
    first, second = map(journey.fresh, ready_pair)
    assert first.state == "submitted"
    assert (first.customer_reference, first.related_reference) == ("A 1", "B 2")
    assert (second.customer_reference, second.related_reference) == ("B 2", "A 1")


def test_two_references_that_are_one_are_refused_and_nothing_is_sent(
    client, ready_pair, submitter
):
    client.force_login(submitter)

    typed = {"agreed": "on", "own": "Same", "partner": "Same"}
    sent = words_of(client.post(check(ready_pair[0]), typed))

    assert "Same" in sent
    assert {row.state for row in ConnectionRequest.objects.all()} == {"draft"}
    assert not ConnectionRequest.objects.filter(customer_reference="Same").exists()


def test_one_request_by_itself_is_not_asked_for_the_name_of_another(
    client, draft_order, submitter
):
    client.force_login(submitter)

    assert "and the two forms name each other" not in words_of(
        client.get(check(draft_order))
    )


NEW = {"name": "Dock Lane", "street": "1 Dock Lane", "town": "Hull", "postcode": "???"}


def test_a_known_data_centre_ignores_what_was_left_for_a_new_one_and_says_so(
    client, empty_order, submitter, data_centre
):
    client.force_login(submitter)
    typed = {**NEW, "data_centre": str(data_centre.pk)}

    saved = client.post(section(empty_order, "site"), typed, follow=True)

    assert journey.fresh(empty_order).data_centre == data_centre
    assert empty_order.party.data_centres.get() == data_centre
    words = "What stood in the fields for another data centre was not kept"
    assert f"ends at {data_centre.name}, which you chose. {words}" in words_of(saved)


def test_a_known_data_centre_alone_says_nothing_of_another(
    client, empty_order, submitter, data_centre
):
    client.force_login(submitter)
    typed = {"data_centre": str(data_centre.pk), "name": " "}

    saved = client.post(section(empty_order, "site"), typed, follow=True)

    assert "was not kept" not in words_of(saved)


def test_an_address_without_a_choice_is_asked_about_and_not_lost(
    client, empty_order, submitter, data_centre
):
    client.force_login(submitter)

    shown = words_of(client.post(section(empty_order, "site"), {**NEW, "later": "1"}))

    assert "Choose where the connection should end, or empty the fields" in shown
    assert 'value="Dock Lane"' in shown
