"""What is typed with an authority to proceed, by each of its routes."""

from collections.abc import Sequence
from typing import Any

from django import forms

from common.fields import Whole
from common.files import MAX_FILES, UploadsField, several_words
from common.forms import PortalForm, noted
from common.money import pounds
from parties.forms import line, lines
from parties.models import User
from quotes.models import Authority, Quote
from quotes.states import ScanVerdict

RULES = [("yes", "Yes, there are rules"), ("none", "None")]
NO_RULES_YET = "Say what must be done before a visit"


class AuthorityAnswersForm(PortalForm):
    """The answer about access, the rack space, and the words that commit."""

    access = noted(
        forms.ChoiceField(
            label="Does the site have rules about visits?",
            choices=RULES,
            widget=forms.RadioSelect,
            help_text="Such as forms to hand in first, notice to give, or escorts",
            error_messages={
                "required": "Say whether the site has rules about visits. “None” is an "
                "answer"
            },
        ),
        section="3.5",
    )
    access_rules = lines(
        "If so, what must be done before a visit?",
        hint="What, by whom, how long before. Engineers cannot come until it is done",
    )
    rack_space = noted(
        forms.BooleanField(
            label="",
            error_messages={
                "required": "Confirm the rack space: installation cannot be booked "
                "without it"
            },
        ),
        section="3.7",
    )
    agreed = forms.BooleanField(
        label="",
        error_messages={"required": "Tick the box to confirm what is accepted"},
    )

    def __init__(self, *args: object, quote: Quote, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = statement(quote)
        self.fields["rack_space"].label = rack_words(quote)
        if not quote.is_firm:
            # Only what a firm offer brings is installed; a survey needs no space.
            del self.fields["rack_space"]

    def clean(self) -> dict[str, Any]:
        kept: dict[str, Any] = super().clean() or self.cleaned_data
        if kept.get("access") == "yes" and not kept.get("access_rules", "-"):
            self.add_error("access_rules", NO_RULES_YET)
        return kept

    @property
    def answers(self) -> dict[str, Any]:
        """What each route's command is told."""
        kept = self.cleaned_data
        return {
            "has_access_rules": kept["access"] == "yes",
            "access_rules": kept["access_rules"],
            "has_rack_space": kept.get("rack_space", False),
        }


class AcceptForm(AuthorityAnswersForm):
    """Acceptance in the portal, by an authoriser who has just signed in again."""


class AuthorityForm(AuthorityAnswersForm):
    """The signed scan and who signed it."""

    scan = noted(
        UploadsField(
            label="File or files with the signed quotation",
            error_messages={
                "required": "Choose the file with the signed quotation",
                "max_length": "Give the file a shorter name",
            },
        ),
        section="2.11",
    )
    signatory = forms.ChoiceField(label="Who signed it?", required=False)
    signatory_other = line(
        "If somebody else signed it: their name",
        150,
        hint="A signature by anyone who is not nominated to authorise has no effect",
    )
    field_order: tuple[str, ...] = ("scan", "signatory", "signatory_other")

    def __init__(
        self, *args: object, quote: Quote, signatories: Sequence[User], **kwargs: object
    ) -> None:
        super().__init__(*args, quote=quote, **kwargs)
        names = [(person.name, person.name) for person in signatories]
        signatory: Any = self.fields["signatory"]
        signatory.choices = [("", "Choose a person"), *names]
        if not names:
            del self.fields["signatory"]
            self.fields["signatory_other"].label = "Who signed it?"
        self.fields[
            "scan"
        ].help_text = (
            f"All pages of version {quote.version}, signed. {several_words(MAX_FILES)}"
        )

    def clean(self) -> dict[str, Any]:
        kept = super().clean()
        named = [kept.get("signatory"), kept.get("signatory_other")]
        first = "signatory" if "signatory" in self.fields else "signatory_other"
        if not any(named) and not self.has_error("signatory_other"):
            self.add_error(first, "Choose or enter the name of the person who signed")
        elif all(named):
            words = "Choose a person, or enter another name, but not both"
            self.add_error("signatory", words)
        return kept

    @property
    def signatory_name(self) -> str:
        typed = str(self.cleaned_data["signatory_other"])
        return typed or str(self.cleaned_data["signatory"])


class ReplaceForm(AuthorityForm):
    """Other files, or another name, in the place of what was uploaded.

    What was answered about the site stands as it was.
    """

    authority = Whole(widget=forms.HiddenInput)
    reuses_files = forms.BooleanField(label="", required=False)
    field_order = ("scan", "reuses_files", "signatory", "signatory_other", "authority")

    def __init__(self, *args: Any, before: Authority, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("access", "access_rules", "rack_space", "agreed"):
            self.fields.pop(name, None)
        scan = self.fields["scan"]
        scan.required = False
        scan.label = "The right files, or the pages that are missing"
        names = ", ".join(document.name for document in before.documents)
        self.fields["reuses_files"].label = f"Keep {names}, and add these"
        self.initial.update(
            authority=before.pk,
            reuses_files=before.verdict == ScanVerdict.PART,
            **self.named(before.signatory_name),
        )

    def named(self, name: str) -> dict[str, str]:
        """Return who is said to have signed, as the two fields hold it."""
        choice: Any = self.fields.get("signatory")
        is_choice = choice is not None and name in dict(choice.choices)
        return {"signatory" if is_choice else "signatory_other": name}

    def clean(self) -> dict[str, Any]:
        self.let_what_changed_count()
        kept = super().clean()
        has_files = kept.get("scan") or kept.get("reuses_files")
        if not has_files and not self.has_error("scan"):
            self.add_error("scan", "Choose the file with the signed quotation")
        return kept

    def let_what_changed_count(self) -> None:
        """Of two names, drop the one that stood there already: the other is new."""
        kept, names = self.cleaned_data, ("signatory", "signatory_other")
        if all(kept.get(name) for name in names):
            for name in names:
                if kept[name] == self.initial.get(name):
                    kept[name] = ""


def statement(quote: Quote) -> str:
    """Return what the box commits to, by name of the total. Source: R-3.4-2."""
    total, party = pounds(quote.total.net), quote.order.party
    if quote.is_firm:
        return (
            f"{party} accepts this quotation, which commits it to {total} excluding VAT"
            f"{over_years(quote)}"
        )
    return (
        f"{party} authorises the survey. The total of {total} excluding VAT"
        f"{over_years(quote)} is indicative, and is not owed before {party} accepts "
        "the quotation that follows the survey"
    )


def over_years(quote: Quote) -> str:
    years = quote.period_years
    return f" over {years} year{'s' if years > 1 else ''}" if years else ""


def rack_words(quote: Quote) -> str:
    return (
        f"{quote.order.rack_units}U of rack space, with power, is kept free for the "
        f"equipment at {quote.order.data_centre}"
    )
