"""What a Party says by phone or e-mail of its nominations, recorded by the desk."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from common.clock import uk_date
from common.dated import span_words
from common.pages import Answers
from parties import commands
from parties.admin.pages import DeskPage, text
from parties.models import Nomination, Party, User
from records.rehearsal import ReadFirst


class ConfirmForm(forms.Form):
    said_by = text(
        "Who said so, and how?",
        "Enter who at the Gateway Party said so, and how",
        max_length=200,
        help_text="Such as Jo Hart, company secretary, by phone.",
    )
    confirmed = forms.ModelMultipleChoiceField(
        label="Still nominated",
        queryset=Nomination.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ended = forms.ModelMultipleChoiceField(
        label="No longer nominated: ends with today",
        queryset=Nomination.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        answers: Answers = super().clean() or {}
        kept, ended = answers.get("confirmed") or (), answers.get("ended") or ()
        if set(kept) & set(ended):
            self.add_error("ended", "The same nomination is ticked in both lists.")
        if not kept and not ended:
            self.add_error("confirmed", "Tick at least one nomination")
        return answers


class ConfirmNominations(ReadFirst[Party, User, None], DeskPage[Party, None]):
    slug = "confirm"
    label = "Record which nominations are confirmed"
    hint = (
        "What is ticked in neither list stays as it is. When one ends, the person "
        "and whoever authorises are told by e-mail."
    )
    button = "Record it"
    form_class = ConfirmForm
    done = "Recorded."

    def form(
        self, subject: Party, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        today = uk_date(timezone.now())
        rows = Nomination.objects.filter(user__party=subject).in_force(today)
        for name in ("confirmed", "ended"):
            field: Any = form.fields[name]
            field.queryset = rows.select_related("user")
            field.label_from_instance = named
        return form

    def run(self, subject: Party, user: User, answers: Answers) -> None:
        commands.confirm_nominations(
            subject.pk,
            by=user,
            confirmed=[row.pk for row in answers["confirmed"]],
            ended=[row.pk for row in answers["ended"]],
            why=answers["said_by"],
        )


def named(row: Nomination) -> str:
    return f"{row}, {span_words(row)}"
