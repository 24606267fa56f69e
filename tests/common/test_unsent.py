"""What was typed and could not be taken is there again for whoever typed it."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from common.unsent import MOST_CHARACTERS, READER
from orders.models import ConnectionRequest
from parties.states import Purpose
from tests.factories.parties import PersonFactory
from tests.reading import words_of

CONTACTS = {"technical_contact_name": "Tess New", "site_contact_name": "Sam & Co"}
BACK = "What you typed here before was not sent"


@pytest.fixture
def address(draft_order):
    return reverse("order-section", args=[draft_order.reference, "contacts"])


@pytest.fixture
def strict():
    """A browser whose forms are checked as outside of tests."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def second(party):
    """Another person who may fill in the Party's forms."""
    return PersonFactory(party=party, email="b@x.example", nominated=[Purpose.SUBMIT])


def hidden(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    return found.group(1) if found else ""


def open_page(client, user, place):
    """Sign in, open a page, and return what its form sends by itself."""
    client.force_login(user)
    page = client.get(place)
    names = (READER, "csrfmiddlewaretoken")
    return {name: hidden(page, name) for name in names}


def forget(client):
    """Let the sign-in run out."""
    session = client.session
    session.flush()
    client.cookies.pop(settings.SESSION_COOKIE_NAME, None)


def sign_in(client, user):
    """Sign in by the page, which renews the token of all forms."""
    place = reverse("account_login")
    token = hidden(client.get(place), "csrfmiddlewaretoken")
    typed = {"login": user.email, "password": "correct horse"}
    user.set_password("correct horse")
    user.save()
    client.post(place, {**typed, "csrfmiddlewaretoken": token})


def test_what_was_typed_is_back_after_signing_in_and_nothing_was_changed(
    client, submitter, address
):
    page = open_page(client, submitter, address)
    forget(client)

    response = client.post(address, {**CONTACTS, **page})
    client.force_login(submitter)
    words = words_of(client.get(address))

    assert response.url == f"{reverse('account_login')}?next={address}"
    assert 'value="Tess New"' in words
    assert 'value="Sam &amp; Co"' in words
    assert BACK in words
    assert ConnectionRequest.objects.get().technical_contact_name == "Tess Hall"


def test_it_is_shown_once_and_only_where_it_was_typed(client, submitter, address):
    page = open_page(client, submitter, address)
    forget(client)
    client.post(address, {**CONTACTS, **page})
    client.force_login(submitter)

    elsewhere = client.get(address.replace("contacts", "reference"))
    assert BACK not in words_of(elsewhere)
    assert "Tess New" in words_of(client.get(address))
    assert "Tess New" not in words_of(client.get(address))


def test_several_ticks_come_back(client, submitter, address):
    url = address.replace("contacts", "use")
    page = open_page(client, submitter, url)
    forget(client)
    client.post(url, {"uses": ["ssi", "testing"], **page})
    client.force_login(submitter)

    ticked = re.findall(r'name="uses"[^>]* checked', words_of(client.get(url)))
    assert len(ticked) == 2


def test_somebody_else_who_signs_in_reads_nothing_and_it_waits_for_its_writer(
    client, submitter, second, address
):
    page = open_page(client, submitter, address)
    forget(client)
    client.post(address, {**CONTACTS, **page})

    client.force_login(second)
    other = words_of(client.get(address))
    client.force_login(submitter)

    assert "Tess New" not in other
    assert BACK not in other
    assert "Tess New" in words_of(client.get(address))


def test_an_old_page_sent_under_another_sign_in_is_kept_for_its_writer_alone(
    strict, submitter, second, address
):
    page = open_page(strict, submitter, address)
    forget(strict)
    sign_in(strict, second)

    sent = strict.post(address, {**CONTACTS, **page})
    other = words_of(strict.get(address))
    strict.force_login(submitter)

    assert sent.status_code == 403
    assert "this page was opened by somebody else" in words_of(sent)
    assert "Tess New" not in words_of(sent) + other
    assert "Tess New" in words_of(strict.get(address))
    assert ConnectionRequest.objects.get().technical_contact_name == "Tess Hall"


def test_a_page_of_another_does_nothing_even_where_its_token_still_holds(
    client, submitter, second, address
):
    page = open_page(client, submitter, address)
    client.force_login(second)

    sent = client.post(address, {**CONTACTS, **page})

    assert sent.status_code == 403
    assert ConnectionRequest.objects.get().technical_contact_name == "Tess Hall"


def test_a_page_from_before_a_new_sign_in_loses_nothing(strict, submitter, address):
    page = open_page(strict, submitter, address)
    forget(strict)
    sign_in(strict, submitter)

    sent = strict.post(address, {**CONTACTS, **page})

    assert sent.status_code == 403
    assert "What you typed is kept" in words_of(sent)
    assert f'href="{address}"' in words_of(sent)
    assert "Tess New" in words_of(strict.get(address))


def test_a_refused_token_keeps_what_staff_typed(strict, operator, submitted_order):
    place = reverse("admin:orders_connectionrequest_ask", args=[submitted_order.pk])
    page = open_page(strict, operator, place)
    page["csrfmiddlewaretoken"] = "x" * 64

    sent = strict.post(place, {"words": "Which floor & which rack?", **page})

    assert "What you typed is kept" in words_of(sent)
    assert "Which floor &amp; which rack?" in words_of(strict.get(place))


def test_a_text_without_the_mark_of_its_reader_is_nobodys(client, submitter, address):
    """Nobody plants a text in another person's form."""
    page = open_page(client, submitter, address)
    forged = page[READER].replace(":", "0:", 1)
    for mark in ("", forged):
        forget(client)
        client.post(address, {**CONTACTS, READER: mark})
        client.force_login(submitter)

        assert "Tess New" not in words_of(client.get(address))


@pytest.mark.parametrize("length", [MOST_CHARACTERS, 10 * MOST_CHARACTERS])
def test_more_than_anybody_types_is_not_kept(client, submitter, address, length):
    page = open_page(client, submitter, address)
    forget(client)
    client.post(address, {"technical_contact_name": "x" * length, **page})
    client.force_login(submitter)

    assert BACK not in words_of(client.get(address))


def test_a_password_is_never_kept(strict, submitter):
    place = reverse("account_reauthenticate")
    page = open_page(strict, submitter, place)
    page["csrfmiddlewaretoken"] = "x" * 64

    sent = strict.post(place, {"password": "correct horse", **page})

    assert "What you typed is kept" not in words_of(sent)


def test_a_sign_in_whose_cookie_ran_out_with_it_loses_nothing(
    client, submitter, address
):
    page = open_page(client, submitter, address)
    client.cookies.clear()

    client.post(address, {**CONTACTS, **page})
    client.force_login(submitter)

    assert 'value="Tess New"' in words_of(client.get(address))


def test_a_session_that_was_asked_for_too_late_is_back(client, submitter, connection):
    place = reverse("session-new", args=[connection.reference])
    page = open_page(client, submitter, place)
    forget(client)

    client.post(place, {"name": "DUIS live", "addresses": "192.0.2.10", **page})
    client.force_login(submitter)

    words = words_of(client.get(place))
    assert 'value="DUIS live"' in words
    assert "192.0.2.10</textarea>" in words


def test_what_staff_add_to_a_dated_list_is_back(client, operator):
    place = reverse("admin:orders_bankholiday_add")
    page = open_page(client, operator, place)
    forget(client)

    client.post(place, {"name": "A day of thanks", **page})
    client.force_login(operator)

    assert 'value="A day of thanks"' in words_of(client.get(place))


ROOT = Path(__file__).parent.parent.parent
# They have buttons alone: there is nothing to type.
BUTTONS = {
    "access",
    "confirmed",
    "order_copy",
    "order_restore",
    "sharer_remove",
    "plan_start",
}
# Open to everybody, so nobody's sign-in runs out: the plan stands in the address, and
# a password that was chosen is given back to nobody.
PUBLIC = {"page_of", "invitation"}


def functions_with_forms():
    places = [*ROOT.glob("*/views/*.py"), *ROOT.glob("*/views.py")]
    places += [*ROOT.glob("dccportal/pages/views/*.py"), ROOT / "common/pages.py"]
    places += [ROOT / "guidance/admin/__init__.py"]
    for place in places:
        for node in ast.walk(ast.parse(place.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield node.name, ast.unparse(node)


def test_every_page_with_something_to_type_gives_it_back():
    forms = {
        name: words
        for name, words in functions_with_forms()
        if re.search(r"(Form|\bform)\(\*?\(?(typed|request\.POST)", words)
    }

    assert len(forms) > 12
    lost = [name for name, words in forms.items() if "give_back(" not in words]
    assert set(lost) == BUTTONS | PUBLIC
