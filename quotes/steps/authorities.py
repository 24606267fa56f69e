"""An authority to proceed: entered from an e-mail, read, and checked."""

from typing import Any

from django import forms
from django.http import QueryDict

from common.dated import span_words
from common.fields import Moment
from common.files import UploadsField
from common.money import pounds
from common.pages import Answers, still_there
from common.staff_fields import offer, words, yes_or_no
from common.wording import day_words
from orders.file import OrderFile
from orders.states import OrderState
from orders.steps.base import OrderPage
from parties.models import Nomination, User
from parties.policies import is_desk, is_operations
from parties.states import Purpose
from quotes.commands import (
    begin_check,
    key_in_authority,
    read_scan_again,
    reject_authority,
    verify_authority,
)
from quotes.file import quotes_of
from quotes.findings import ScanFindings, Sheet, found_on
from quotes.findings.ink import ink_finding
from quotes.models import Authority, Quote
from quotes.obligations import VERIFY
from quotes.states import OPEN, AuthorityOutcome, QuoteState

OUTCOMES = [
    ("effective", "Effective: a nominated person signed it"),
    ("not_effective", "Not effective"),
]


class SignatoryChoice(forms.ModelChoiceField[Nomination]):
    def label_from_instance(self, obj: Nomination) -> str:
        return f"{obj.user}, nominated {span_words(obj)}"


class VerifyForm(forms.Form):
    outcome = forms.ChoiceField(
        label="What did you find?",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose effective or not effective"},
    )
    nomination = SignatoryChoice(
        label="Who signed, if effective",
        queryset=Nomination.objects.none(),
        required=False,
        empty_label="Choose the nomination",
        help_text="Only a nomination that held on the day it came in counts.",
    )
    reason = words(
        "Why, if not effective",
        "The Gateway Party reads it, and what it can still do.",
    )

    def clean(self) -> dict[str, Any]:
        answers: Answers = super().clean() or {}
        outcome = answers.get("outcome")
        if outcome == "effective" and not answers.get("nomination"):
            self.add_error(
                "nomination", "Choose the nomination of the person who signed"
            )
        if outcome == "not_effective" and not answers.get("reason", "").strip():
            self.add_error("reason", "Write what was wrong with the authority")
        return answers


class Verify(OrderPage[Authority]):
    slug = "verify"
    label = "Verify the authority"
    button = "Save what you found"
    form_class = VerifyForm
    template = "desk/verify.html"
    states = (OrderState.QUOTED, OrderState.SURVEY)
    sees_to = (VERIFY,)
    tells_if = dict.fromkeys(
        ("authority_verified", "authority_not_effective"), "with what you found"
    )
    not_due = "No quotation of this order is open, so there is no authority to verify."

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_operations(user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and quotes_of(file).open is not None

    def missing(self, file: OrderFile) -> str:
        waiting = quotes_of(file).waiting_upload
        if waiting is not None:
            until = waiting.until_words
            return f"Signed pages were uploaded. They are handed in by {until}."
        if quotes_of(file).pending_authority is None:
            return "No signed authority has come in yet."
        return ""

    def form(
        self, subject: OrderFile, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        party_id = subject.order.party_id
        rows = Nomination.objects.of_party(party_id, Purpose.AUTHORISE)
        offer(form, "nomination", rows)
        return form

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        """Return what the page shows. Opening it begins the check."""
        authority = quotes_of(subject).pending_authority
        if authority is None or quotes_of(subject).waiting_upload is not None:
            return {}
        if authority.check_began_at is None:
            begin_check(authority.pk, by=user, at=subject.now)
        found = found_on(authority)
        then = subject.authorisers_at(authority.received_at)
        today = subject.authorisers_today
        rows = [
            {"row": row, "then": row in then, "now": row in today}
            for row in subject.authorisers
        ]
        return {
            "authority": authority,
            "rows": rows,
            "is_still_open": authority.quote.is_open_at(subject.now),
            "found": found if authority.has_scan else None,
            "sides": sides(found, authority),
            "signed": signed_page(found),
            "ink": ink_finding(sides(found, authority)),
            "doubts": found.doubts if authority.has_scan else [],
        }

    def follows(self, file: OrderFile) -> list[str]:
        quote = still_there(quotes_of(file).pending_authority).quote
        last, total = quote.last_day, pounds(quote.total.net)
        until = day_words(last) if last else f"{quote.open_days} days after its receipt"
        effective = f"{file.order.party} is committed to {total} excluding VAT"
        return [
            f"Effective: {effective}, and access to its site is arranged next.",
            f"Not effective: the offer stays open until {until} and can be signed.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Authority:
        pk = still_there(quotes_of(subject).pending_authority).pk
        if answers["outcome"] == "effective":
            chosen = answers["nomination"].pk
            return verify_authority(pk, by=user, nomination_id=chosen)
        return reject_authority(pk, by=user, reason=answers["reason"])

    def message(self, subject: OrderFile, result: Authority) -> str:
        if result.outcome == AuthorityOutcome.EFFECTIVE:
            return f"The authority for {result.quote} is effective."
        return f"The authority for {result.quote} is not effective; they are told why."


def sides(found: ScanFindings, authority: Authority) -> list[tuple[Sheet, Any]]:
    """Return the pages that came, in order, each beside the quotation's own."""
    paper = authority.quote.document
    sent = {page.number: page for page in paper.pages.all()} if paper else {}
    return [(sheet, sent.get(sheet.number)) for sheet in found.sheets]


def signed_page(found: ScanFindings) -> Sheet | None:
    """Return the page that bears the signature, or the last that came if it did not."""
    came = [sheet for sheet in found.sheets if not sheet.is_missing]
    last = [sheet for sheet in came if sheet.number == found.pages]
    return next(iter([*last, *reversed(came)]), None)


class KeyInAuthorityForm(forms.Form):
    scan = UploadsField(
        label="The signed scan, as it came",
        error_messages={"required": "Choose what came with the e-mail"},
    )
    sender_email = forms.EmailField(
        label="Which address did it come from?",
        error_messages={"required": "Enter the address it came from"},
    )
    received_at = Moment(
        label="When did the e-mail come?",
        help_text="UK time, as the mail server has it. The authority counts from then.",
        error_messages={
            "required": "Enter the day and the time at which the e-mail came"
        },
    )
    signatory_name = forms.CharField(
        label="Who signed it, as the paper says?",
        max_length=150,
        error_messages={"required": "Enter the name of the person who signed"},
    )
    has_access_rules = yes_or_no(
        "Does the site have rules about visits?",
        "Say whether the site has rules about visits. Ask the Gateway Party if it "
        "does not say: without an answer the authority is not complete",
    )
    access_rules = words("If so, what must be done before a visit?", rows=3)
    has_rack_space = forms.BooleanField(
        label="The Gateway Party confirms that the rack space is kept free",
        required=False,
        help_text="Needed for a firm quotation.",
    )


class KeyInAuthority(OrderPage[Authority]):
    slug = "key-in"
    label = "Enter a signed quotation that came by e-mail"
    button = "Enter it"
    hint = (
        "It counts from when the e-mail came, even if the offer has lapsed since: "
        "the lapse is then set aside (guidance, section 2.11)."
    )
    form_class = KeyInAuthorityForm
    states = (OrderState.QUOTED, OrderState.SURVEY, OrderState.LAPSED)
    not_due = "No quotation of this order is open, so none can be signed."
    tells = ("authority_received",)

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_desk(user)

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and signable(file) is not None

    def missing(self, file: OrderFile) -> str:
        if quotes_of(file).pending_authority is not None:
            return "A signed authority is already being checked."
        waiting = quotes_of(file).waiting_upload
        if waiting is not None:
            until = waiting.until_words
            return f"The Party uploaded signed pages: handed in by {until}."
        return ""

    def follows(self, file: OrderFile) -> list[str]:
        lapsed = file.state == OrderState.LAPSED
        counts = "It counts from when the e-mail came; DCC Operations verifies it next."
        back = "If it came in time, the order is quoted again."
        return [counts, back] if lapsed else [counts]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Authority:
        quote, files = signable(subject), answers.pop("scan")
        return key_in_authority(
            quote.pk if quote else 0,
            by=user,
            files=files,
            **answers,
        )

    def message(self, subject: OrderFile, result: Authority) -> str:
        return (
            f"The signed quotation {result.quote} is entered. This page soon says what "
            "its codes say, and it can be verified."
        )


def signable(file: OrderFile) -> Quote | None:
    """Return the offer that a signature can still answer, or could when it came."""
    lapsed = file.state == OrderState.LAPSED
    states = (QuoteState.LAPSED,) if lapsed else (*OPEN,)
    return quotes_of(file).in_state(*states)


class ReadAgain(OrderPage[object]):
    slug = "read-again"
    label = "Read the codes of the scan again"
    button = "Read it again"
    done = "The scan is being read again."
    states = (OrderState.QUOTED, OrderState.SURVEY)
    not_due = "The scan has been read, or is being read: no reading has failed."

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_desk(user)

    def is_listed(self, file: OrderFile) -> bool:
        authority = quotes_of(file).pending_authority
        return super().is_listed(file) and bool(authority and authority.reading_error)

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The portal reads the pages again. Nothing is decided by it.",
        ]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> object:
        return read_scan_again(
            still_there(quotes_of(subject).pending_authority).pk, by=user
        )


PAGES: list[OrderPage[Any]] = [Verify(), KeyInAuthority(), ReadAgain()]
