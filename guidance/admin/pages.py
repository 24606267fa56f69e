"""The steps of the guidance, one small page each. Kept by DCC Operations."""

import re
from typing import Any

from django import forms
from django.utils import timezone

from common.clock import uk_date
from common.door import never_printed
from common.fields import Day
from common.files import PdfField
from common.pages import Answers, CommandPage, Result, Subject
from guidance import commands, wording
from guidance.models import DEPTH, GuidancePage, GuidanceQuestion, GuidanceVersion
from guidance.policies import may_publish, may_write
from guidance.states import VersionState
from parties.models import User

CLOSED = "This version is not a draft, so its words stay as they are."
MANUAL_MEGABYTES, MANUAL_PAGES = 20, 1000
NUMBER = re.compile(r"\d{1,2}\.\d{1,2}")
SECTION = re.compile(rf"\d{{1,2}}(\.\d{{1,2}}){{0,{DEPTH - 1}}}")
HOW = (
    "Plain text in CommonMark: a blank line between paragraphs, - before each point, "
    "## before a heading, **strong**, [words](/guidance/2.5/). Terms of the glossary "
    "link themselves."
)


def is_draft(version: GuidanceVersion) -> bool:
    return bool(version.state == VersionState.DRAFT)


def text(label: str, missing: str, **field: Any) -> forms.CharField:
    errors = {"required": missing}
    return forms.CharField(label=label, error_messages=errors, **field)


def long_text(label: str, missing: str, help_text: str, rows: int) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "cols": 90})
    field = text(
        label, missing, help_text=help_text, widget=area, max_length=20_000, strip=True
    )
    return never_printed(field)


def without_strangers(words: str) -> str:
    """Refuse a `{name}` that stands for nothing: a reader would see the braces."""
    strangers = wording.unknown_names(words)
    if strangers:
        known = ", ".join(f"{{{name}}}" for name in sorted(wording.facts()))
        raise forms.ValidationError(
            f"Nothing is called {{{strangers[0]}}}. You can use {known}."
        )
    return words


class PreviewForm(forms.Form):
    """A form that can be looked at before it is saved: "Preview" saves nothing."""

    shown = ""

    def is_valid(self) -> bool:
        return super().is_valid() and "preview" not in self.data

    @property
    def preview(self) -> str:
        """What the words look like, once they are well formed and asked for."""
        if "preview" not in self.data or self.errors:
            return ""
        return wording.as_html(self.cleaned_data[self.shown])


class GuidancePageForm(PreviewForm):
    shown = "body"
    title = text("Title", "Enter a title", max_length=150)
    body = long_text("Text", "Write the text of the section", HOW, 24)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def clean_body(self) -> str:
        return without_strangers(unix(self.cleaned_data["body"]))

    def clean_seen(self) -> str:
        return unix(self.cleaned_data["seen"])


def unix(words: str) -> str:
    """Browsers send each end of a line as two characters."""
    return words.replace("\r\n", "\n")


class NewPageForm(GuidancePageForm):
    section = text("Section number", "Enter the section number, such as 2.15")
    field_order = ("section", "title", "body")

    def clean_section(self) -> str:
        number: str = self.cleaned_data["section"]
        if not SECTION.fullmatch(number):
            raise forms.ValidationError("Enter a number such as 2, 2.15 or 2.15.1")
        return number


class QuestionForm(PreviewForm):
    shown = "answer"
    question = text("Question", "Enter the question", max_length=200)
    answer = long_text("Answer", "Write the answer", HOW, 8)
    sections = forms.CharField(
        label="Sections that it rests on",
        help_text="Such as 2.5, 2.10",
        max_length=60,
        required=False,
    )

    def clean_answer(self) -> str:
        return without_strangers(unix(self.cleaned_data["answer"]))


class WriterPage(CommandPage[Subject, User, Result]):
    """A page of those who write the guidance: DCC Operations. Source: R-0-3."""

    template = "admin/guidance_write.html"

    def may(self, subject: Subject, user: User) -> bool:
        return may_write(subject, user)

    def obstacle(self, subject: Subject, user: User) -> str:
        version: Any = getattr(subject, "version", subject)
        return "" if version is None or is_draft(version) else CLOSED


class StartForm(forms.Form):
    number = text("Number", "Enter the number of the new version, such as 1.1")

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if not NUMBER.fullmatch(number):
            raise forms.ValidationError("Enter two numbers with a point, such as 1.1")
        return number


class StartVersion(WriterPage[None, GuidanceVersion]):
    label = "Start a new version"
    hint = "It begins with all that the version in force says. Nobody else sees it yet."
    button = "Start the version"
    form_class = StartForm

    def run(self, subject: None, user: User, answers: Answers) -> GuidanceVersion:
        return commands.start_version(answers["number"], by=user)

    def message(self, subject: None, result: GuidanceVersion) -> str:
        return f"{result} is started. Change its sections, then publish it."


class AddPage(WriterPage[GuidanceVersion, object]):
    slug = "section"
    label = "Add a section"
    button = "Add the section"
    form_class = NewPageForm

    def run(self, subject: GuidanceVersion, user: User, answers: Answers) -> object:
        facts = {name: answers[name] for name in ("section", "title", "body")}
        return commands.add_page(subject.pk, by=user, **facts)


class AddQuestion(WriterPage[GuidanceVersion, object]):
    slug = "question"
    label = "Add a question"
    button = "Add the question"
    form_class = QuestionForm

    def run(self, subject: GuidanceVersion, user: User, answers: Answers) -> object:
        return commands.add_question(subject.pk, by=user, **answers)


class SetAside(WriterPage[GuidanceVersion, object]):
    slug = "set-aside"
    label = "Set the draft aside"
    hint = "It stays in the history as never issued. Its words are not published."
    button = "Set it aside"

    def run(self, subject: GuidanceVersion, user: User, answers: Answers) -> object:
        return commands.set_aside_version(subject.pk, by=user)


class PublishForm(forms.Form):
    approver = text("Approved by", "Enter who approved it", max_length=150)
    approver_title = text(
        "Title of the approver", "Enter the title of the approver", max_length=150
    )
    issued_on = Day(
        label="Issue date", error_messages={"required": "Enter the issue date"}
    )
    summary = text(
        "What changed",
        "Write what changed",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It stands in the history, and in the e-mail to everybody.",
    )


class Publish(WriterPage[GuidanceVersion, GuidanceVersion]):
    slug = "publish"
    label = "Publish"
    button = "Publish and tell everybody"
    form_class = PublishForm
    template = "admin/guidance_publish.html"

    def may(self, subject: GuidanceVersion, user: User) -> bool:
        return may_publish(subject, user)

    def context(self, subject: GuidanceVersion, user: User) -> dict[str, Any]:
        people = commands.people_to_tell(uk_date(timezone.now()))
        return {"people": people.count()}

    def run(
        self, subject: GuidanceVersion, user: User, answers: Answers
    ) -> GuidanceVersion:
        return commands.publish_version(subject.pk, by=user, **answers)

    def message(self, subject: GuidanceVersion, result: GuidanceVersion) -> str:
        return f"{result} is in force. Everybody whom it is for is being told."


class WritePage(WriterPage[GuidancePage, object]):
    slug = "write"
    label = "Write this section"
    button = "Save"
    form_class = GuidancePageForm

    def initial(self, subject: GuidancePage) -> dict[str, Any]:
        return {"title": subject.title, "body": subject.body, "seen": subject.body}

    def run(self, subject: GuidancePage, user: User, answers: Answers) -> object:
        return commands.write_page(subject.pk, by=user, **answers)


class RemovePage(WriterPage[GuidancePage, object]):
    slug = "remove"
    label = "Take this section out"
    button = "Take it out"
    done = "The section is out."

    def run(self, subject: GuidancePage, user: User, answers: Answers) -> object:
        return commands.remove_page(subject.pk, by=user)


class WriteQuestion(WriterPage[GuidanceQuestion, object]):
    slug = "write"
    label = "Write this question"
    button = "Save"
    form_class = QuestionForm

    def initial(self, subject: GuidanceQuestion) -> dict[str, Any]:
        names = ("question", "answer", "sections")
        return {name: getattr(subject, name) for name in names}

    def run(self, subject: GuidanceQuestion, user: User, answers: Answers) -> object:
        return commands.write_question(subject.pk, by=user, **answers)


class RemoveQuestion(WriterPage[GuidanceQuestion, object]):
    slug = "remove"
    label = "Take this question out"
    button = "Take it out"
    done = "The question is out."

    def run(self, subject: GuidanceQuestion, user: User, answers: Answers) -> object:
        return commands.remove_question(subject.pk, by=user)


class ManualForm(forms.Form):
    file = PdfField(
        label="Operations Manual, as a PDF",
        help_text=f"Up to {MANUAL_MEGABYTES} MB and {MANUAL_PAGES} pages",
        max_megabytes=MANUAL_MEGABYTES,
        max_pages=MANUAL_PAGES,
        error_messages={"required": "Choose the file"},
    )
    version = forms.CharField(
        label="Its version", required=False, max_length=20, help_text="Such as 2.1"
    )


class PublishManual(WriterPage[None, object]):
    """The one page that takes a file, so its admin hands the file over."""

    slug = "manual"
    label = "Upload the Operations Manual"
    hint = "Anybody can download it from the contents of the guidance. Earlier ones "
    hint += "are kept, but no longer offered."
    button = "Offer it for download"
    done = "The Operations Manual is offered for download."
    form_class = ManualForm
    template = "admin/guidance_manual.html"

    def run(self, subject: None, user: User, answers: Answers) -> object:
        file = answers["file"]
        return commands.publish_manual(
            file.content,
            by=user,
            version=answers["version"],
            virus_check=file.virus_check,
        )
