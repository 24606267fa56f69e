"""What a contact told the desk of a pair, or of HV in place of LV (T35)."""

from collections.abc import Mapping
from typing import Any

from django import forms

from common.pages import Answers, still_there
from common.staff_fields import offer, one_of
from orders.commands import (
    Said,
    is_low_to_be_accepted,
    record_hv_instead,
    record_pair_apart,
    record_pairing,
    record_roles_swapped,
)
from orders.commands.reapply import started_as_hv
from orders.file import OrderFile
from orders.forms.instead import ratings
from orders.models import ConnectionRequest
from orders.models.request import BEFORE_ACCEPTANCE
from orders.querysets import OrderQuerySet
from orders.states import ConnectionType, Option, OrderState
from orders.steps.base import OrderPage
from orders.steps.who_said import FOR_SUBMITTERS, SaidPage, WhoSaidForm
from parties.models import User

BY_ANOTHER_WAY = (
    "For what came by e-mail, phone or letter (our rule). The contact is told by "
    "e-mail and can object."
)
# The form is with its Party, so what it says of a pair can be changed.
WITH_THEM = (OrderState.DRAFT, OrderState.RETURNED)
SWAP, APART = "swap", "apart"
BEGINS_SO = "A draft is begun for them, with the answers of {source}."
THEY_SEND_IT = (
    "They check each answer and send it to DCC in the portal. Nothing is ordered and "
    "nothing is charged until they do."
)


class PairSaidForm(WhoSaidForm):
    """Which other request belongs with this one, and where the two end. R-2.14-2."""

    field_order = ("partner", "option")
    nominated_to = FOR_SUBMITTERS
    partner = one_of(
        ConnectionRequest,
        "Which request belongs with this one?",
        "Choose the other request",
    )
    option = forms.ChoiceField(
        label="Where do the two end?",
        choices=[
            (Option.MEDIUM, "At one data centre: medium resilience"),
            (Option.HIGH, "At two data centres: high resilience"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one data centre or two"},
    )

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        del self.fields["reason"]
        rows = without_partner(file).order_by("-pk")
        offer(self, "partner", rows, lambda row: f"{row}: {row.title}")


def without_partner(file: OrderFile) -> OrderQuerySet:
    """Return the other requests of its Party that stand alone and go on."""
    alone = ConnectionRequest.objects.visible_to(file.user).without_partner()
    others: OrderQuerySet = alone.filter(party=file.order.party_id)
    return others.exclude(pk=file.pk).for_pages()


class RecordPairing(SaidPage):
    slug = "pair-said"
    label = "Record that a contact pairs it with another request"
    hint = BY_ANOTHER_WAY
    form_class = PairSaidForm
    states = WITH_THEM
    not_due = "It is one of a pair already, or its Party has no other request for one."

    def is_listed(self, file: OrderFile) -> bool:
        if not super().is_listed(file) or file.order.group_id is not None:
            return False
        return without_partner(file).exists()

    def follows(self, file: OrderFile) -> list[str]:
        return [
            "The two requests name each other, and each keeps its own quotation.",
            "What a pair has to state is asked on the forms that are with the Party.",
        ]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        partner, option = answers["partner"].pk, answers["option"]
        return record_pairing(
            file.pk, by=user, said=said, partner_id=partner, option=option
        )


class PairChangeSaidForm(WhoSaidForm):
    """Whether the two change places, or stand alone again. R-2.4.1-2."""

    field_order = ("act", "is_low_accepted")
    nominated_to = FOR_SUBMITTERS
    act = forms.ChoiceField(
        label="What did they say?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they said"},
    )
    is_low_accepted = forms.BooleanField(required=False)

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        del self.fields["reason"]
        act: Any = self.fields["act"]
        act.choices = pair_acts(file)
        partner = file.order.partner
        if partner is None or not is_low_to_be_accepted(partner):
            del self.fields["is_low_accepted"]
            return
        self.fields["is_low_accepted"].label = (
            f"They understand that {partner}, which DCC has already, would be one "
            "connection by itself, without an availability target should its one link "
            "fail"
        )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        is_asked = "is_low_accepted" in self.fields and answers.get("act") == APART
        if is_asked and not answers.get("is_low_accepted"):
            told = "Tell them first, and tick the box if they accept it"
            self.add_error("is_low_accepted", told)
        return answers


def pair_acts(file: OrderFile) -> list[tuple[str, str]]:
    """Return what can become of its pair now. Source: R-2.4.1-2, R-2.4.2-1."""
    partner = file.order.partner
    apart = (APART, "They take the pair apart: each stands alone")
    if partner is None:
        return []
    if partner.state not in BEFORE_ACCEPTANCE or file.order.is_split:
        return [apart]
    return [apart, (SWAP, "The primary and the back-up change places")]


class RecordPairChange(SaidPage):
    slug = "pair-change-said"
    label = "Record that a contact changes the pair, or takes it apart"
    hint = BY_ANOTHER_WAY
    form_class = PairChangeSaidForm
    states = WITH_THEM
    not_due = "It is not one of a pair."

    def is_listed(self, file: OrderFile) -> bool:
        return super().is_listed(file) and file.order.group_id is not None

    def follows(self, file: OrderFile) -> list[str]:
        partner = still_there(file.order.partner)
        words = {
            APART: f"Apart: {file} and {partner} are each one connection by itself, "
            "a single point of failure. What only a pair states is taken off the "
            "forms that are with the Party.",
            SWAP: "Swapped: each form says so from now on. Nothing else changes.",
        }
        return [words[act] for act, _ in pair_acts(file)]

    def letters(self, file: OrderFile) -> Mapping[str, str]:
        return {**super().letters(file), "pair_taken_apart": "if it is taken apart"}

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        if answers["act"] == SWAP:
            return record_roles_swapped(file.pk, by=user, said=said)
        accepted = answers.get("is_low_accepted", False)
        return record_pair_apart(file.pk, by=user, said=said, is_low_accepted=accepted)


class HvInsteadSaidForm(WhoSaidForm):
    """The rating of the HV that they ask for in place of LV. R-2.6-8."""

    field_order: tuple[str, ...] = ("rating",)
    nominated_to = FOR_SUBMITTERS
    rating = forms.TypedChoiceField(
        label="What rating should the HV connection have?",
        choices=lambda: [("", "Choose a rating"), *ratings()],
        coerce=int,
        error_messages={"required": "Choose a rating"},
    )

    def __init__(
        self, data: object = None, *, file: OrderFile, **kwargs: object
    ) -> None:
        super().__init__(data, file=file, **kwargs)
        del self.fields["reason"]


class RecordHvInstead(SaidPage):
    slug = "hv-instead-said"
    label = "Record that a contact asks for HV in its place"
    hint = BY_ANOTHER_WAY
    form_class = HvInsteadSaidForm
    states = (OrderState.UNAVAILABLE,)
    not_due = "It did not ask for LV, or HV is asked for in its place already."

    def is_listed(self, file: OrderFile) -> bool:
        is_lv = file.order.connection_type == ConnectionType.LV
        if not (super().is_listed(file) and is_lv):
            return False
        return started_as_hv(file.order) is None

    def follows(self, file: OrderFile) -> list[str]:
        return [BEGINS_SO.format(source=file), THEY_SEND_IT]

    def record(
        self, file: OrderFile, user: User, said: Said, answers: Answers
    ) -> object:
        rating = answers["rating"]
        return record_hv_instead(file.pk, by=user, said=said, rating=rating)


PAGES: list[OrderPage[Any]] = [RecordPairing(), RecordPairChange(), RecordHvInstead()]
