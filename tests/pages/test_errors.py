import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.test import Client, RequestFactory
from django.views import defaults

from dccportal.pages.errors import csrf_failure


def test_an_unknown_address_is_answered_with_the_desks_contact(client, db):
    page = client.get("/orders/nothing/of/the/kind/")

    assert page.status_code == 404
    assert b"We could not find that page" in page.content
    assert b"0844 225 4445" in page.content


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (defaults.server_error, 500, b"went wrong"),
        (lambda request: defaults.bad_request(request, BadRequest()), 400, b"not read"),
        (lambda request: csrf_failure(request, "no cookie"), 403, b"Nothing was saved"),
    ],
)
@pytest.mark.guidance("R-1.3-2")
def test_an_error_page_needs_nothing_but_settings(view, status, words):
    page = view(RequestFactory().get("/"))

    assert page.status_code == status
    assert words in page.content
    assert b"servicedesk@smartdcc.co.uk" in page.content


def test_a_refused_page_shows_the_reason_when_there_is_one(client, submitter, rf):
    request = rf.get("/")
    request.user = submitter

    page = defaults.permission_denied(request, PermissionDenied("Not nominated."))

    assert b"Not nominated." in page.content
    assert page.status_code == 403


def test_a_form_from_elsewhere_is_refused_in_words(db):
    page = Client(enforce_csrf_checks=True).post("/sign-in/", {})

    assert page.status_code == 403
    assert b"Nothing was saved, because the page was too old" in page.content
    assert b"no cookie" not in page.content


@pytest.mark.parametrize(
    ("address", "cookie"),
    [
        ("/orders/ORD-1001%00/", ""),
        ("/admin/orders/connectionrequest/?connection_type__exact=%00", ""),
        ("/?%00=1", ""),
        ("/orders/", 'sessionid="abcdefgh\\000"'),
    ],
)
def test_a_character_that_no_database_keeps_is_refused_in_words(
    client, operator, address, cookie
):
    client.force_login(operator)
    kept = {"headers": {"cookie": cookie}} if cookie else {}

    page = client.get(address, **kept)

    assert page.status_code == 400
    assert b"could not read what your browser sent" in page.content


@pytest.mark.parametrize("who", ["operator", "desk", "billing_clerk", "installer"])
def test_staff_who_find_nothing_are_led_to_the_desk(request, client, who):
    client.force_login(request.getfixturevalue(who))

    page = client.get("/nothing/of/the/kind/")

    assert page.status_code == 404
    assert b"Go to the desk" in page.content
    assert b"Go to your orders" not in page.content


def test_staff_who_may_not_are_told_so_as_staff(client, billing_clerk):
    client.force_login(billing_clerk)

    page = client.get("/admin/guidance/guidanceversion/manual/")

    assert page.status_code == 403
    assert b"This step belongs to another team" in page.content
    assert b"who is nominated for what" not in page.content


@pytest.mark.parametrize(
    ("who", "is_offered"),
    [("operator", True), ("desk", False), ("billing_clerk", False)],
)
def test_only_who_may_upload_the_manual_is_offered_it(request, client, who, is_offered):
    client.force_login(request.getfixturevalue(who))
    upload = "/admin/guidance/guidanceversion/manual/"

    page = client.get("/admin/guidance/guidanceversion/").content.decode()

    assert (f'href="{upload}"' in page) is is_offered
    assert client.get(upload).status_code == (200 if is_offered else 403)
