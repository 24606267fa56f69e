"""The desk of the guidance: start, write, look, publish; and the manual."""

from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.virus import ScannerAway
from guidance import commands
from guidance.models import GuidanceVersion
from records.models import Document
from tests.guidance.conftest import APPROVAL, a_pdf


def url(what, *args, model="version"):
    return reverse(f"admin:guidance_guidance{model}_{what}", args=args)


@pytest.fixture
def at(client, operator):
    client.force_login(operator)
    return client


def words(answer):
    return " ".join(answer.content.decode().split())


def test_a_version_is_started_from_the_list(at, in_force):
    answer = at.post(url("add"), {"number": "1.1"})

    draft = GuidanceVersion.objects.get(number="1.1")
    assert answer["Location"] == url("change", draft.pk)
    assert "Publish" in words(at.get(url("change", draft.pk)))


@pytest.mark.parametrize("number", ["", "two", "1", "1.1.1", "1.100"])
def test_a_number_that_is_none_is_refused(at, in_force, number):
    at.post(url("add"), {"number": number})

    assert GuidanceVersion.objects.count() == 2


def test_a_preview_shows_the_words_and_saves_nothing(at, section):
    typed = {"title": "T", "body": "a **b** <i>", "seen": section.body, "preview": "1"}

    page = words(at.post(url("write", section.pk, model="page"), typed))

    assert "a <strong>b</strong> &lt;i&gt;</p>" in page
    section.refresh_from_db()
    assert section.title == "How long you commit"


@pytest.mark.guidance("R-0-6")
def test_a_section_is_written_on_its_page(at, section):
    page = at.get(url("write", section.pk, model="page"))
    typed = page.context["form"].initial | {"body": "New.\r\n\r\nWords."}

    answer = at.post(url("write", section.pk, model="page"), typed)

    section.refresh_from_db()
    assert (answer.status_code, section.body) == (302, "New.\n\nWords.")


def test_who_opened_the_page_before_somebody_else_saved_is_told(at, section, operator):
    typed = {"title": "T", "body": "His.", "seen": section.body}
    commands.write_page(section.pk, by=operator, title="T", body="Hers.")

    page = words(at.post(url("write", section.pk, model="page"), typed))

    assert "Somebody else has changed this since you opened it" in page
    assert "His." in page


def test_a_name_in_braces_that_stands_for_nothing_is_refused(at, section):
    typed = {"title": "T", "body": "Ask {nobody}", "seen": section.body}

    page = words(at.post(url("write", section.pk, model="page"), typed))

    assert "Nothing is called {nobody}. You can use {collect}" in page


@pytest.mark.guidance("R-0-3")
@pytest.mark.parametrize("model", ["page", "question"])
def test_what_is_published_offers_no_change(at, in_force, model):
    row = getattr(in_force, f"{model}s").first()

    page = words(at.get(url("change", row.pk, model=model)))
    assert "What you can do now" not in page
    assert "its words stay as they are" in words(
        at.get(url("write", row.pk, model=model))
    )


@pytest.mark.guidance("R-0-4")
def test_the_page_that_publishes_says_how_many_are_told(
    at, changed_draft, colleague, rdp_submitter
):
    page = words(at.get(url("publish", changed_draft.pk)))
    assert "2 people are told by e-mail" in page

    answer = at.post(url("publish", changed_draft.pk), APPROVAL)

    assert answer.status_code == 302
    assert commands.version_in_force() == "1.1"


@pytest.mark.guidance("R-0-3")
def test_publishing_asks_for_each_fact_in_words(at, changed_draft):
    page = words(at.post(url("publish", changed_draft.pk), {}))

    for missing in ("Enter who approved it", "Enter the title", "Enter the issue date"):
        assert missing in page
    assert commands.version_in_force() == "1.0"


@pytest.mark.guidance("R-0-3")
def test_the_service_desk_reads_but_does_not_publish(client, changed_draft, desk):
    client.force_login(desk)

    assert client.get(url("change", changed_draft.pk)).status_code == 200
    assert client.post(url("publish", changed_draft.pk), APPROVAL).status_code == 403
    assert client.get(url("manual")).status_code == 403


@pytest.mark.guidance("R-1-4")
def test_a_question_is_added_and_taken_out_on_pages(at, draft):
    asked = {"question": "How soon?", "answer": "Soon.", "sections": "2.5"}
    at.post(url("question", draft.pk), asked)
    row = draft.questions.get(question="How soon?")

    at.post(url("remove", row.pk, model="question"), {})

    assert not draft.questions.filter(pk=row.pk).exists()


def test_a_section_is_added_and_taken_out_on_pages(at, draft):
    at.post(url("section", draft.pk), {"section": "9", "title": "T", "body": "B"})
    page = draft.pages.get(section="9")

    answer = at.post(url("remove", page.pk, model="page"), {})

    assert answer["Location"] == url("change", draft.pk)
    assert not draft.pages.filter(section="9").exists()


def test_a_draft_is_set_aside_on_its_page(at, draft):
    at.post(url("set-aside", draft.pk), {})

    assert GuidanceVersion.objects.get(number="1.1").state == "not_issued"


@pytest.mark.guidance("R-1.3-5")
def test_the_manual_is_uploaded_and_the_newest_is_offered(at, in_force):
    for version in ("1", "2"):
        file = SimpleUploadedFile("manual.pdf", a_pdf())
        at.post(url("manual"), {"file": file, "version": version})

    assert commands.operations_manual().template_version == "2"
    assert Document.objects.filter(kind="manual").count() == 2


@pytest.mark.guidance("R-1.3-5")
@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"PK a document", "Upload it as a PDF"),
        (b"", "The file is empty"),
        (a_pdf()[:200], "is cut short"),
        (a_pdf() + b"PK\x03\x04 an archive", "Something else is joined"),
        (a_pdf(password="secret"), "Upload it without one"),
        (a_pdf(script="app.alert(1)"), "holds a script"),
        (b"%PDF-" + bytes(21 * 1024 * 1024), "larger than 20 MB"),
    ],
    ids=["no PDF", "empty", "cut", "and more", "locked", "script", "large"],
)
def test_what_is_no_plain_pdf_is_not_offered(at, in_force, content, refusal):
    file = SimpleUploadedFile("manual.pdf", content)

    page = at.post(url("manual"), {"file": file, "version": "1"})

    assert refusal in words(page)
    assert commands.operations_manual() is None


@pytest.mark.parametrize(
    ("answer", "kept"), [("clean", ["clean"]), (ScannerAway(desk="the desk"), [])]
)
def test_the_manual_is_shown_to_the_virus_scanner(
    at, in_force, monkeypatch, answer, kept
):
    monkeypatch.setattr("common.files.check_for_viruses", Mock(side_effect=[answer]))

    at.post(url("manual"), {"file": SimpleUploadedFile("m.pdf", a_pdf())})

    manuals = Document.objects.filter(kind="manual")
    assert list(manuals.values_list("virus_check", flat=True)) == kept
