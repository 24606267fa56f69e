"""The desk's pages about e-mails: held back, let go, sent once more, looked at."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from common.admin import acts_for_dcc
from common.errors import DomainError
from common.pages import Answers, CommandPage
from common.search import read_reference
from records import commands
from records.admin.blanks import source_of, with_blanks
from records.commands.notices import worded
from records.errors import (
    MailGoes,
    MailPausedAlready,
    SecretNotSentAgain,
    StillOnItsWay,
)
from records.models import Job, MailPause, Notice
from records.querysets import DELIVERY
from records.states import NoticeState
from records.when_sent import FACTS

SAME = "Leave this empty for the address that it went to."


def reason(label: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        error_messages={"required": missing},
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class PauseForm(forms.Form):
    why = reason("Why e-mails are held back", "Write why e-mails are held back")


class PauseMail(CommandPage[None, Any, MailPause]):
    slug = "pause"
    label = "Pause outgoing e-mails"
    hint = (
        "No e-mail goes out from then on, links to choose a password among them. Each "
        "is kept where it stands and goes, the oldest first, once you let them go; "
        "what has become untrue meanwhile does not. Every page of the desk says that "
        "they are paused, by whom and why."
    )
    button = "Pause them"
    done = "Outgoing e-mails are paused."
    form_class = PauseForm

    def may(self, subject: None, user: object) -> bool:
        return acts_for_dcc(user)

    def obstacle(self, subject: None, user: object) -> str:
        return str(MailPausedAlready()) if MailPause.objects.current() else ""

    def run(self, subject: None, user: object, answers: Answers) -> MailPause:
        return commands.pause_mail(by=user, why=answers["why"])


class LetMailGo(CommandPage[None, Any, int]):
    slug = "let-go"
    label = "Let outgoing e-mails go"
    button = "Let them go"

    def may(self, subject: None, user: object) -> bool:
        return acts_for_dcc(user)

    def obstacle(self, subject: None, user: object) -> str:
        return "" if MailPause.objects.current() else str(MailGoes())

    def context(self, subject: None, user: object) -> dict[str, Any]:
        waiting = Job.objects.open().filter(kind=DELIVERY).count()
        return {"lead": f"E-mails that wait: {waiting}. The oldest go first."}

    def run(self, subject: None, user: object, answers: Answers) -> int:
        return commands.let_mail_go(by=user)

    def message(self, subject: None, result: int) -> str:
        return f"Outgoing e-mails go again. {result} waited and are sent now."


class AgainForm(forms.Form):
    why = reason("Why it is sent once more", "Write why it is sent once more")
    to = forms.EmailField(
        label="Another address of theirs", help_text=SAME, required=False
    )


class SendOnceMore(CommandPage[Notice, Any, Notice]):
    slug = "send-once-more"
    label = "Send it once more"
    hint = "The same words go again, as an e-mail of its own beside this one."
    button = "Send it"
    form_class = AgainForm

    def may(self, subject: Notice, user: object) -> bool:
        return acts_for_dcc(user)

    def obstacle(self, subject: Notice, user: object) -> str:
        if subject.is_secret:
            return str(SecretNotSentAgain())
        return str(StillOnItsWay()) if subject.state == NoticeState.QUEUED else ""

    def run(self, subject: Notice, user: object, answers: Answers) -> Notice:
        why, to = answers["why"], answers["to"]
        return commands.send_once_more(subject.pk, by=user, why=why, to=to)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return "to" if answers["to"] else None

    def message(self, subject: Notice, result: Notice) -> str:
        return f"It is sent once more, to {result.to}."


def kinds_of_mail() -> list[tuple[str, str]]:
    """Return each kind that there are words for: no list is read to know them."""
    folders = (settings.BASE_DIR / "templates" / "emails").iterdir()
    kinds = sorted(one.name for one in folders if one.is_dir())
    return [(kind, kind_words(kind)) for kind in kinds]


def kind_words(kind: str) -> str:
    return kind.replace("_", " ").capitalize()


def last_of(kind: str, thread: str) -> Notice | None:
    """Return the last e-mail of a kind, about one order if it is named."""
    rows = Notice.objects.filter(kind=kind)
    about = rows.filter(thread=thread) if thread else rows
    return about.order_by("-owed_at", "-pk").first()


def example_of(kind: str, thread: str) -> dict[str, Any]:
    """Return an example of a kind, and where its facts come from.

    The last that was owed, as its template words it now where it is worded anew; else
    one with the rows of the order, and blanks for what nobody has yet.
    """
    now, notice = timezone.now(), last_of(kind, thread)
    facts = FACTS.get(kind)
    if notice is None:
        words = with_blanks(kind, thread, now)
    elif facts is None:
        words = {"subject": notice.subject, "text": notice.text}
    else:
        words = worded(kind, facts(notice, now))
    return {"notice": notice, "words": words, "source": source_of(kind)}


def kinds_view(request: HttpRequest, admin: Any) -> HttpResponse:
    """List every kind of e-mail, and show one of them with real facts."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    kinds = kinds_of_mail()
    kind = request.GET.get("kind", "")
    thread = read_reference(request.GET.get("thread", ""))
    known = dict(kinds).get(kind, "")
    context = {
        **admin.admin_site.each_context(request),
        "title": "Kinds of e-mails",
        "kinds": kinds,
        "kind": kind if known else "",
        "kind_words": known,
        "thread": thread,
        "is_worded_anew": kind in FACTS,
        **(example_of(kind, thread) if known else {}),
    }
    return TemplateResponse(request, "desk/kinds_of_mail.html", context)
