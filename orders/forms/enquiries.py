"""What a Party's people type when they ask the Service Desk."""

from typing import Any, NamedTuple

from django import forms

from common.door import never_printed
from common.fields import phone
from common.forms import PortalForm, noted
from common.staff_fields import TOO_LONG, offer
from orders.errors import PhoneMissing, WordsMissing
from orders.models.declared import PHONE_HINT
from orders.states import EnquiryKind
from parties.forms import line


class EnquiryChoice(NamedTuple):
    """How one kind of enquiry is offered and asked for."""

    title: str
    lead: str
    words: str
    hint: str
    next: str
    sections: tuple[str, ...]
    concerns_orders: bool = True


ASKS = {
    EnquiryKind.QUESTION: EnquiryChoice(
        "Ask a question",
        "About one of your orders, or about anything that the guidance leaves open.",
        "What do you want to know?",
        "One enquiry for each matter is answered soonest",
        "The Service Desk answers by e-mail and on the page of your enquiry.",
        ("1",),
    ),
    EnquiryKind.CALL: EnquiryChoice(
        "Ask for a call about another kind of connection",
        "Such as two circuits into one site and one into another. Describe it, and DCC "
        "talks it through with you. Nothing is ordered by asking.",
        "What do you have in mind?",
        "Which sites, how many connections to each, and what has to keep working when "
        "one fails",
        "DCC writes to you when it calls. What the call comes to, and the failover and "
        "disaster recovery design that you agree, is kept with the enquiry. You then "
        "order each connection by a request of its own.",
        ("4.3",),
    ),
    EnquiryKind.MESSAGE_SIZES: EnquiryChoice(
        "Ask for help with message sizes",
        "How large are the messages that you will send and receive, so that you can "
        "work out which type and rating you need.",
        "What do you want to work out?",
        "Say which services you will use, for about how many meters, and what you have "
        "worked out so far",
        "The Service Desk answers by e-mail and on the page of your enquiry. Which "
        "type and rating you order stays your own decision.",
        ("2.8",),
    ),
    EnquiryKind.ACCESS: EnquiryChoice(
        "Ask about getting into a site",
        "What the site-visit Pre Requisite form wants to know, or what the site asks "
        "of visitors.",
        "What is not clear?",
        "Say which fact of the form it is about, and what the site has told you",
        "The Service Desk answers by e-mail and on the page of your enquiry. The order "
        "is at the top of it, so that the answer stays with the form.",
        ("3.5",),
    ),
    EnquiryKind.UPLOAD_AREA: EnquiryChoice(
        "Ask for access to the secure upload area",
        "If you send your forms as files rather than fill them in here.",
        "Who needs access, and what for?",
        "Give the name and e-mail address of each person",
        "The Service Desk sets the access up and tells you how to sign in. Filling in "
        "the form here is quicker and needs no other access.",
        ("1.3",),
        concerns_orders=False,
    ),
}


class EnquiryForm(PortalForm):
    order: Any = forms.ModelChoiceField(
        label="Which order is it about?",
        queryset=None,
        required=False,
        to_field_name="reference",
        empty_label="None of them",
        error_messages={"invalid_choice": "Choose one of your orders, or none of them"},
    )
    words = never_printed(
        forms.CharField(
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 6}),
            error_messages={"required": WordsMissing.words, "max_length": TOO_LONG},
        )
    )
    phone = line("Phone number", 40, width=20)
    best_time = line(
        "When is the best time to call?",
        100,
        hint="You can leave this empty. Such as weekdays before 11am",
    )

    def __init__(
        self, data: object = None, *, kind: EnquiryKind, orders: object, order: str = ""
    ) -> None:
        super().__init__(data, initial={"order": order})
        ask, is_call = ASKS[kind], kind == EnquiryKind.CALL
        words: Any = self.fields["words"]
        words.label, words.help_text = ask.words, ask.hint
        noted(words, section=ask.sections[0])
        self.choose_orders(ask, orders)
        number: Any = self.fields["phone"]
        number.required = is_call
        number.error_messages["required"] = PhoneMissing.words
        number.help_text = PHONE_HINT if is_call else f"Optional. {PHONE_HINT}"
        if not is_call:
            del self.fields["best_time"]

    def choose_orders(self, ask: EnquiryChoice, orders: Any) -> None:
        """Offer the Party's own orders, where the matter can be one of them."""
        if not ask.concerns_orders:
            del self.fields["order"]
            return
        offer(self, "order", orders, called=lambda row: f"{row.reference}, {row.title}")

    def clean_phone(self) -> str:
        return phone(self.cleaned_data["phone"])

    @property
    def facts(self) -> dict[str, Any]:
        """What `raise_enquiry` asks for."""
        kept = dict(self.cleaned_data)
        order = kept.pop("order", None)
        return {**kept, "order_id": order.pk if order else None}
