"""The blank form: every question that the portal can ask, made once, open to all."""

import io

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from orders import tasks
from orders.documents import render_blank_form
from orders.forms import SECTIONS
from orders.forms.blank import NOT_ON_PAPER, ONLY_IF, blank_facts, specimen
from records.jobs import pause_after
from records.models import Document
from tests.owed import do, passes
from tests.reading import read_to_the_end

URL = "/guidance/request-form.pdf"


@pytest.fixture
def facts(db):
    return blank_facts()


def labels(facts):
    return {ask["label"] for part in facts["sections"] for ask in part["questions"]}


def text_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.guidance("R-3.2-1", "R-3.2-2")
@pytest.mark.parametrize("section", SECTIONS)
def test_it_asks_whatever_the_portal_asks(facts, section):
    asked = section(order=specimen()).fields.items()

    assert {str(f.label) for name, f in asked if name not in NOT_ON_PAPER} <= labels(
        facts
    )


@pytest.mark.django_db
@pytest.mark.parametrize("section", SECTIONS)
def test_a_question_that_not_every_form_asks_says_when(section):
    always = section(order=specimen()).fields if section.applies_to(specimen()) else {}
    sometimes = set(section.base_fields) - set(always)

    assert sometimes <= set(ONLY_IF)


@pytest.mark.guidance("R-3.2-1")
def test_the_paper_says_every_question_choice_and_condition(facts):
    text = text_of(render_blank_form(facts))

    for part in facts["sections"]:
        for ask in part["questions"]:
            words = [
                ask["label"],
                ask["only_if"],
                *(c["label"] for c in ask["choices"]),
            ]
            assert all(one in text for one in words), ask["label"]
    assert "One form for one connection." in text
    assert facts["declaration"] in text
    assert facts["desk_email"] in text
    assert "Fill it in on the portal" in text


def test_the_same_questions_give_the_same_bytes(facts):
    assert render_blank_form(facts) == render_blank_form(blank_facts())


@pytest.mark.django_db
@pytest.mark.guidance("R-3.2-1", "R-1.3-5")
def test_anybody_downloads_it_once_a_worker_has_made_it(client):
    waiting = client.get(URL)
    tasks.render_blank_form()

    answer = client.get(URL)

    assert waiting.status_code == 202
    assert "being prepared" in waiting.content.decode()
    assert answer["Content-Type"] == "application/pdf"
    assert read_to_the_end(answer).startswith(b"%PDF-")


@pytest.mark.django_db
def test_deploying_a_release_makes_it_and_deploying_again_changes_nothing(client):
    call_command("make_blank_form", verbosity=0)
    call_command("make_blank_form", verbosity=0)

    assert read_to_the_end(client.get(URL)).startswith(b"%PDF-")
    assert Document.objects.filter(kind="blank_form").count() == 1


@pytest.mark.django_db(transaction=True)
def test_where_it_cannot_be_stored_while_deploying_a_worker_makes_it_later(
    client, monkeypatch, capsys
):
    def away(*_, **__):
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.files.storage.FileSystemStorage.save", away)
        call_command("make_blank_form", verbosity=0)
    assert "is not there yet: OSError: no space left" in capsys.readouterr().err

    passes(pause_after(1))
    assert do(tasks.render_blank_form)
    assert read_to_the_end(client.get(URL)).startswith(b"%PDF-")


@pytest.mark.django_db
def test_it_is_made_once_for_the_same_questions():
    tasks.render_blank_form()
    tasks.render_blank_form()

    assert Document.objects.filter(kind="blank_form").count() == 1


@pytest.mark.django_db
def test_changed_questions_make_a_new_one(client, settings):
    tasks.render_blank_form()
    settings.HV_MAXIMUM_MBPS = 200
    assert client.get(URL).status_code == 202

    tasks.render_blank_form()

    assert Document.objects.filter(kind="blank_form").count() == 2


@pytest.mark.django_db
def test_serving_it_takes_few_queries(client, django_assert_max_num_queries):
    tasks.render_blank_form()

    with django_assert_max_num_queries(6):
        read_to_the_end(client.get(URL))
