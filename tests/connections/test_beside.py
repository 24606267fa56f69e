"""HV ordered beside an LV connection, which nobody changes or cancels by that."""

import pytest
from django.urls import reverse

from connections.models import Connection
from orders.commands import order_hv_beside, withdraw_request
from orders.errors import NotBeside, NotNominated
from orders.models import ConnectionRequest
from records.models import Notice
from tests import journey, journey_on_site
from tests.reading import words_of


def beside(connection, person, *, is_replacement=True):
    return order_hv_beside(
        connection.order_id, by=person, rating=20, is_replacement=is_replacement
    )


@pytest.mark.guidance("R-2.7.1-3", "T16")
def test_hv_is_a_new_order_and_the_lv_connection_stays_as_it_is(
    lv_connection, submitter
):
    new = beside(lv_connection, submitter)

    assert (new.state, new.connection_type, new.hv_rating_mbps) == ("draft", "hv", 20)
    assert new.replaces == lv_connection.order
    assert new.data_centre == lv_connection.data_centre
    same = Connection.objects.get()
    assert (same.state, same.ends_on) == ("installed", None)
    assert beside(lv_connection, submitter) == new


@pytest.mark.guidance("R-2.7.1-3")
def test_it_is_linked_only_if_it_is_to_take_over(lv_connection, submitter):
    new = beside(lv_connection, submitter, is_replacement=False)

    assert new.replaces is None
    assert Connection.objects.get().taking_over == []


def test_nothing_but_lv_that_is_installed_has_hv_ordered_beside_it(
    lv_connection, connection, submitter, outsider
):
    with pytest.raises(NotNominated):
        beside(lv_connection, outsider)
    with pytest.raises(NotBeside):
        beside(connection, submitter)
    ConnectionRequest.objects.filter(pk=lv_connection.order_id).update(state="draft")
    with pytest.raises(NotBeside):
        beside(lv_connection, submitter)


@pytest.mark.guidance("R-2.7.1-4", "R-2.7.1-3")
def test_the_page_shows_what_ending_costs_beside_the_day_until_which_to_keep_both(
    client, lv_connection, submitter
):
    client.force_login(submitter)
    address = reverse("connection-hv", args=[lv_connection.reference])
    ending = reverse("connection-end", args=[lv_connection.reference])
    assert "Keep both" not in words_of(client.get(ending))

    page = words_of(client.get(address))
    client.post(address, {"rating": "20", "is_replacement": "on"})

    assert "<strong>£8,000.00</strong> excluding VAT, what is left" in page
    assert "Keep both until 2 March 2029" in page
    new = ConnectionRequest.objects.get(replaces=lv_connection.order)
    page = words_of(client.get(ending))
    assert "Keep both until its minimum period ends" in page
    assert f"{new} asks for HV to take over" in page
    page = words_of(client.get(lv_connection.get_absolute_url()))
    assert f"{new}</a> asks for HV to take over from it" in page
    page = words_of(client.get(reverse("order", args=[new.reference])))
    assert f"LV of {lv_connection.order}, which goes on until it is ended" in page


def test_an_order_that_was_withdrawn_takes_over_no_more(
    lv_connection, submitter, data_centre
):
    new = beside(lv_connection, submitter)
    journey.submit(journey.answer(new, submitter, data_centre), submitter)
    assert Connection.objects.get().taking_over == [new]

    withdraw_request(new.pk, by=submitter)

    assert Connection.objects.get().taking_over == []


def test_an_hv_connection_has_no_such_page(client, connection, submitter):
    client.force_login(submitter)
    address = reverse("connection-hv", args=[connection.reference])

    assert client.get(address).status_code == 404


@pytest.mark.guidance("R-2.7.1-3")
def test_once_hv_is_in_service_its_letter_says_that_lv_goes_on(
    lv_connection, connection, configurer
):
    """Two connections stand for the two: what links them is the order alone."""
    orders = ConnectionRequest.objects.filter(pk=connection.order_id)
    orders.update(replaces=lv_connection.order)

    journey_on_site.configure(journey.fresh(connection.order).connection, configurer)

    text = Notice.objects.filter(kind="order_configured").first().text
    assert f"{lv_connection}, LV to" in text
    assert "goes on and is charged until you end it" in text
