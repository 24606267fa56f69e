"""A file that was let in stays with its form until the form is taken."""

import re

import pytest
from django import forms
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.files import UploadField
from common.held_files import GONE, hold_for
from orders.models import ConnectionRequest, RefusedForm
from quotes.models import Authority
from tests import journey
from tests.common.test_unsent import forget, open_page
from tests.quotes.test_decision_views import signed
from tests.reading import words_of
from tests.records.test_once import TOKEN

ADD = reverse("admin:orders_connectionrequest_add")
CHOSEN = "Send “form.pdf”, which you chose before, unless you choose another"
MISSING = "Choose the file of the form"


def a_file(name="form.pdf", content=None):
    return SimpleUploadedFile(name, content or journey.tiny_pdf())


@pytest.fixture
def typed(party, submitter):
    """What is keyed in, with a slip in the sender's address."""
    return {
        "party": party.name,
        "channel": "email",
        "sender_email": "submiter@northgate.example",
        "received_at": "2026-03-02T10:00",
    }


@pytest.fixture
def at_desk(client, desk):
    client.force_login(desk)
    return client


def box_of(page, name="form"):
    """Return what the page sends of a file that was chosen before."""
    found = re.search(rf'name="{name}-held"[^>]* value="([^"]+)" checked', page)
    return {f"{name}-held": found.group(1)} if found else {}


def came_back(client, typed, **changed):
    page = client.post(ADD, typed | {"form": a_file()} | changed)
    assert page.status_code == 200
    return page.content.decode()


def stored():
    with ConnectionRequest.objects.get().form_document.file as file:
        return file.read()


def test_a_file_goes_along_when_another_answer_is_put_right(at_desk, typed, submitter):
    page = came_back(at_desk, typed)
    right = typed | {"sender_email": submitter.email}

    assert CHOSEN in page
    at_desk.post(ADD, right | box_of(page))
    assert stored() == journey.tiny_pdf()


def test_it_goes_along_however_often_the_form_comes_back(at_desk, typed, submitter):
    page = came_back(at_desk, typed)
    again = at_desk.post(ADD, typed | {"channel": ""} | box_of(page)).content.decode()

    at_desk.post(ADD, typed | {"sender_email": submitter.email} | box_of(again))
    assert stored() == journey.tiny_pdf()


def test_a_file_whose_box_is_not_ticked_is_not_sent(at_desk, typed, submitter):
    came_back(at_desk, typed)

    page = at_desk.post(ADD, typed | {"sender_email": submitter.email})
    assert MISSING in words_of(page)


def test_a_file_that_is_chosen_anew_takes_its_place(at_desk, typed, submitter):
    page = came_back(at_desk, typed)
    other = journey.tiny_pdf() + b"\n% another"
    right = typed | {"sender_email": submitter.email, "form": a_file("b.pdf", other)}

    at_desk.post(ADD, right | box_of(page))
    assert stored() == other


def test_a_file_that_was_refused_is_not_held(at_desk, typed):
    page = came_back(at_desk, typed, form=a_file(content=b"MZ no paper"))

    assert box_of(page) == {}


def test_a_list_that_was_refused_for_what_it_says_is_not_held(client, billing_clerk):
    client.force_login(billing_clerk)
    place = reverse("admin:billing_invoice_payments")

    page = client.post(place, {"file": a_file("list.csv", b"a,b\n1,2\n")})

    assert page.status_code == 200
    assert "-held" not in page.content.decode()


def test_once_the_form_is_taken_nothing_waits(at_desk, desk, typed, submitter):
    page = came_back(at_desk, typed)
    assert cache.get(f"held:{desk.pk}")

    at_desk.post(ADD, typed | {"sender_email": submitter.email, **TOKEN} | box_of(page))
    assert ConnectionRequest.objects.exists()
    assert cache.get(f"held:{desk.pk}") is None


def test_nobody_else_sends_it(client, at_desk, typed, submitter, operator):
    box = box_of(came_back(at_desk, typed))
    client.force_login(operator)

    page = client.post(ADD, typed | {"sender_email": submitter.email} | box)
    assert GONE in words_of(page)
    assert not ConnectionRequest.objects.exists()


def test_what_waits_no_more_is_said_and_nothing_is_sent(at_desk, typed, submitter):
    box = box_of(came_back(at_desk, typed))
    cache.clear()

    page = at_desk.post(ADD, typed | {"sender_email": submitter.email} | box)
    assert GONE in words_of(page)
    assert not ConnectionRequest.objects.exists()


def test_of_a_person_only_the_form_that_came_back_last_has_its_files(
    at_desk, typed, submitter
):
    elsewhere = f"{ADD}?from=home"
    box = box_of(came_back(at_desk, typed))
    at_desk.post(elsewhere, typed | {"form": a_file("other.pdf")})

    page = at_desk.post(ADD, typed | {"sender_email": submitter.email} | box)
    assert GONE in words_of(page)


def test_it_is_sent_only_where_it_was_chosen(at_desk, typed, submitter):
    box = box_of(came_back(at_desk, typed))
    right = typed | {"sender_email": submitter.email}

    page = at_desk.post(f"{ADD}?from=home", right | box)
    assert GONE in words_of(page)


def test_of_a_field_only_what_was_chosen_last_waits(at_desk, desk, typed):
    came_back(at_desk, typed)
    came_back(at_desk, typed, form=a_file("other.pdf"))

    _, waiting = cache.get(f"held:{desk.pk}")
    (files,) = waiting.values()
    assert [one.name for one in files] == ["other.pdf"]


class TwoFiles(forms.Form):
    first, second = UploadField(), UploadField()
    why = forms.CharField()


def test_a_form_of_two_files_has_both_when_it_comes_back(rf, submitter):
    def sent(**typed):
        request = rf.post("/", typed)
        request.user = submitter
        form = TwoFiles(request.POST, request.FILES)
        hold_for(request, form)
        return form

    page = str(sent(first=a_file("1.pdf"), second=a_file("2.pdf")))
    boxes = box_of(page, "first") | box_of(page, "second")

    taken = sent(why="So", **boxes)
    assert taken.is_valid()
    names = [taken.cleaned_data[name].name for name in ("first", "second")]
    assert names == ["1.pdf", "2.pdf"]


def test_it_is_there_after_signing_in_again(client, desk, typed, submitter):
    shown = open_page(client, desk, ADD)
    box = box_of(came_back(client, typed))
    forget(client)
    client.post(ADD, typed | box | shown)

    client.force_login(desk)
    page = client.get(ADD).content.decode()
    right = {"sender_email": submitter.email, "is_sender_right": ""}
    client.post(ADD, typed | right | box_of(page))

    assert stored() == journey.tiny_pdf()
    assert not RefusedForm.objects.exists()


def test_an_optional_file_that_is_lost_is_said_before_the_form_is_sent(
    client, colleague, desk
):
    place = reverse("admin:parties_party_nominate", args=[colleague.party_id])
    shown = open_page(client, desk, place)
    typed = {"user": colleague.pk, "letter-held": "lost"}
    forget(client)
    client.post(place, typed | shown)
    client.force_login(desk)

    page = client.get(place).content.decode()

    assert "choose it again, or untick this to send the form without it" in page
    again = client.post(place, typed | box_of(page, "letter"))
    assert GONE in words_of(again)


@pytest.fixture
def signing(client, authoriser, issued_quote):
    """The page on which the signed pages are uploaded, and how it is sent."""
    client.force_login(authoriser)
    place = reverse("quote-authority", args=[issued_quote.reference])
    return lambda **typed: client.post(place, signed(**typed)).content.decode()


def names_stored():
    return [one.name for one in Authority.objects.get().documents]


def test_photos_of_several_pages_stay_together(signing):
    files = [a_file("1.pdf"), a_file("2.pdf"), a_file("3.pdf")]
    page = signing(scan=files, access="")

    assert "Send “1.pdf”, “2.pdf” and “3.pdf”, which you chose before" in page
    signing(scan=None, **box_of(page, "scan"))
    assert names_stored() == ["1.pdf", "2.pdf", "3.pdf"]


def test_a_page_that_was_forgotten_joins_those_that_were_chosen(signing):
    page = signing(scan=[a_file("1.pdf")], access="")

    signing(scan=[a_file("2.pdf")], **box_of(page, "scan"))
    assert names_stored() == ["1.pdf", "2.pdf"]
