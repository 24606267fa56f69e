"""What was typed while the sign-in had expired is there again after signing in."""

import re

import pytest
from django.urls import reverse

from common.kept import KEY, MOST_CHARACTERS
from orders.models import ConnectionRequest
from tests.reading import words_of

CONTACTS = {"technical_contact_name": "Tess New", "site_contact_name": "Sam & Co"}


@pytest.fixture
def address(draft_order):
    return reverse("order-section", args=[draft_order.reference, "contacts"])


@pytest.fixture
def signed_out(client, submitter):
    """A browser that had a sign-in, which has run out."""
    client.force_login(submitter)
    for key in list(client.session.keys()):
        session = client.session
        del session[key]
        session.save()
    return client


def test_what_was_typed_is_back_after_signing_in_and_nothing_was_changed(
    signed_out, submitter, address
):
    response = signed_out.post(address, CONTACTS)
    signed_out.force_login(submitter)
    page = signed_out.get(address)

    assert response.url == f"{reverse('account_login')}?next={address}"
    assert 'value="Tess New"' in words_of(page)
    assert 'value="Sam &amp; Co"' in words_of(page)
    assert "You were signed out before this was sent" in words_of(page)
    assert ConnectionRequest.objects.get().technical_contact_name == "Tess Hall"


def test_it_is_shown_once_and_only_where_it_was_typed(signed_out, submitter, address):
    signed_out.post(address, CONTACTS)
    signed_out.force_login(submitter)

    elsewhere = signed_out.get(address.replace("contacts", "reference"))
    assert "You were signed out" not in words_of(elsewhere)
    assert "Tess New" in words_of(signed_out.get(address))
    assert "Tess New" not in words_of(signed_out.get(address))


def test_several_ticks_come_back(signed_out, submitter, address):
    url = address.replace("contacts", "use")
    signed_out.post(url, {"uses": ["ssi", "testing"]})
    signed_out.force_login(submitter)

    ticked = re.findall(r'name="uses"[^>]* checked', words_of(signed_out.get(url)))
    assert len(ticked) == 2


@pytest.mark.parametrize("length", [MOST_CHARACTERS, 10 * MOST_CHARACTERS])
def test_more_than_anybody_types_is_not_kept(signed_out, address, length):
    signed_out.post(address, {"technical_contact_name": "x" * length})

    assert KEY not in signed_out.session


def test_a_browser_that_never_had_a_sign_in_leaves_nothing_behind(client, address):
    client.cookies.clear()

    client.post(address, CONTACTS)

    assert "sessionid" not in client.cookies


def test_a_sign_in_whose_cookie_ran_out_with_it_loses_nothing(
    client, submitter, address
):
    client.get(reverse("account_login"))
    assert "csrftoken" in client.cookies

    client.post(address, CONTACTS)
    client.force_login(submitter)

    assert 'value="Tess New"' in words_of(client.get(address))


def test_what_staff_typed_is_back_after_signing_in(
    signed_out, operator, submitted_order
):
    place = reverse("admin:orders_connectionrequest_ask", args=[submitted_order.pk])

    signed_out.post(place, {"words": "Which floor & which rack?"})
    signed_out.force_login(operator)

    assert "Which floor &amp; which rack?" in words_of(signed_out.get(place))
    assert ConnectionRequest.objects.get().state == "submitted"


def test_a_session_that_was_asked_for_too_late_is_back(
    signed_out, submitter, connection
):
    place = reverse("session-new", args=[connection.reference])

    signed_out.post(place, {"name": "DUIS live", "addresses": "192.0.2.10"})
    signed_out.force_login(submitter)

    page = words_of(signed_out.get(place))
    assert 'value="DUIS live"' in page
    assert "192.0.2.10</textarea>" in page
