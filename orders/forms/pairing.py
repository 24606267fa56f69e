"""What is asked of two connections that belong together."""

from typing import Any, ClassVar

from django import forms

from common.forms import PortalForm, noted
from common.parts import Answer
from orders.forms.section import AcknowledgeField, SectionForm
from orders.models import ConnectionRequest
from orders.states import AcknowledgementKind, Channel, Option, OrderState

ALONE, BOTH = "alone", "both"


class PairSection(SectionForm):
    slug = "pair"
    group = "The connection"
    guidance = ("2.4.1", "2.4.2", "2.14", "4.2", "4.3")

    active_standby = AcknowledgeField(
        AcknowledgementKind.ACTIVE_STANDBY,
        "I accept that one of the two links works while the other stands by: the load "
        "is never shared between them",
        section="4.2",
    )
    layer_2_switch = AcknowledgeField(
        AcknowledgementKind.LAYER_2_SWITCH,
        "I confirm that a layer 2 switched network of our own joins both DCC routers "
        "and our security gateway. Routed links are not supported",
        section="4.2",
    )
    layer_2_link = AcknowledgeField(
        AcknowledgementKind.LAYER_2_LINK,
        "I confirm that we provide a layer 2 switch at each site and a layer 2 link "
        "between the two data centres",
        section="4.3",
    )
    smaller_standby = AcknowledgeField(
        AcknowledgementKind.SMALLER_STANDBY,
        "The two differ in type or rating. I accept that service is degraded while "
        "only the smaller one works",
        section="2.4.2",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - questions_for(self.order):
            del self.fields[name]
        # Diverse routes are part of two connections at one site, unless not wanted.
        is_open = self.order.wants_diverse_routing is None
        if is_open and self.order.option == Option.MEDIUM:
            self.initial["wants_diverse_routing"] = True

    @classmethod
    def applies_to(cls, order: ConnectionRequest) -> bool:
        """One by itself has no pair; a form on paper may name a related form."""
        return order.group_id is not None or order.channel != Channel.PORTAL

    @property
    def body_template(self) -> str:
        return "orders/pair_section.html"

    @property
    def is_started(self) -> bool:
        stored = self.stored(self.order)
        return any(stored[name] not in (None, "") for name in self.fields)

    def rows(self, change: str = "") -> list[Answer]:
        """Return the answers under the names of both forms, which nobody types."""
        partner = self.order.partner
        if partner is None:
            return super().rows(change)
        role, other = self.order.place_in_pair, partner.place_in_pair
        own = self.order.customer_reference or "no reference yet"
        named = partner.customer_reference or "no reference yet"
        return [
            Answer("This connection", f"{role}, {own}"),
            Answer("The other request", f"{partner}, {other}, {named}"),
            *super().rows(change),
        ]

    def summary(self) -> str:
        if self.order.partner is None:
            return super().summary()
        routing = ", diverse routing" if self.order.wants_diverse_routing else ""
        place = self.order.place_in_pair
        return f"{place} with {self.order.partner}{routing}"


def questions_for(order: ConnectionRequest) -> set[str]:
    """Return the questions that a form of its pair is asked.

    Source: R-2.14-1, R-4.2-4, R-4.2-5, R-4.2-7, R-4.3-1 to R-4.3-6, R-2.4.3-1.
    """
    partner = order.partner
    if partner is None:
        return {"related_reference"}
    asked = {"wants_diverse_routing"}
    if not order.is_split:
        asked.add("active_standby")
    if order.option == Option.HIGH:
        asked |= {"site_separation", "layer_2_link"}
    else:
        asked.add("layer_2_switch")
    if order.is_unlike(partner):
        asked.add("smaller_standby")
    return asked


ONE, EXISTING, ELSE = "one", "existing", "else"
SITES = {
    Option.MEDIUM.value: "At the same data centre: medium resilience",
    Option.HIGH.value: "At another data centre: high resilience",
}


class BeginForm(PortalForm):
    what = forms.ChoiceField(
        label="What do you want to order?",
        choices=[
            (ONE, "One connection"),
            (Option.MEDIUM.value, "Two connections at one site"),
            (Option.HIGH.value, "Two connections at two sites"),
            (EXISTING, "A second connection for one that I have or have asked for"),
            (ELSE, "Something else"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you want to order"},
    )

    HINTS: ClassVar[dict[str, str]] = {
        ONE: "Low resilience. While the line is down you have no access to DCC",
        Option.MEDIUM.value: "Medium resilience: two linked requests, one for the main "
        "line and one for its back-up",
        Option.HIGH.value: "High resilience: two linked requests, one for each site",
        EXISTING: "A new request, linked to the order that you choose next",
        ELSE: "Such as three circuits. You describe it, and DCC calls you",
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        noted(self.fields["what"], choice_hints=self.HINTS)


class PairWithNewForm(PortalForm):
    """Which order gets a second connection, and where."""

    order = forms.TypedChoiceField(
        label="Which connection does the new one belong with?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of your orders"},
    )
    option = forms.ChoiceField(
        label="Where will the new one end?",
        choices=list(SITES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the same data centre or another one"},
    )

    def __init__(
        self, *args: object, orders: list[ConnectionRequest], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["order"]
        choice.choices = [(row.pk, f"{row.reference}: {row.title}") for row in orders]
        hints = {str(row.pk): row.get_state_display() for row in orders}
        noted(choice, choice_hints=hints)


class ChangePairForm(PortalForm):
    """How a pair is changed; what the other form can no longer ask is asked here."""

    no_availability = AcknowledgeField(
        AcknowledgementKind.NO_AVAILABILITY,
        "I understand that no availability target is guaranteed should its one link "
        "fail",
        section="4.1",
        required=False,
    )

    def __init__(
        self, data: object = None, *, partner: ConnectionRequest, is_asked: bool
    ) -> None:
        super().__init__(data)
        if not is_asked:
            del self.fields["no_availability"]
            return
        self.fields["no_availability"].label = (
            f"I understand that {partner}, which DCC has already, would be one "
            "connection by itself: no availability target is guaranteed should its one "
            "link fail"
        )


class DiscardForm(ChangePairForm):
    """What becomes of the other one of a pair whose draft is thrown away."""

    field_order = ("other", "no_availability")
    other = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": "Say what is to become of the other request"},
    )

    def __init__(
        self, data: object = None, *, order: ConnectionRequest, is_asked: bool
    ) -> None:
        partner = order.partner
        super().__init__(data, partner=partner or order, is_asked=is_asked)
        if partner is None or partner.state != OrderState.DRAFT:
            del self.fields["other"]
            return
        other: Any = self.fields["other"]
        other.label = f"What is to become of {partner}, the other one of the pair?"
        other.choices = [
            (ALONE, f"Keep {partner}: it goes on as one connection by itself"),
            (BOTH, f"Throw {partner} away too"),
        ]


class PartnerForm(PortalForm):
    """Which other request belongs with this one."""

    partner = forms.TypedChoiceField(
        label="Which request belongs with this one?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of your requests"},
    )
    option = forms.ChoiceField(
        label="Where do the two end?",
        choices=[
            (Option.MEDIUM.value, "At one data centre: medium resilience"),
            (Option.HIGH.value, "At two data centres: high resilience"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one data centre or two"},
    )

    def __init__(
        self, *args: object, orders: list[ConnectionRequest], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["partner"]
        choice.choices = [(row.pk, f"{row.reference}: {row.title}") for row in orders]
        hints = {str(row.pk): row.get_state_display() for row in orders}
        noted(choice, choice_hints=hints)
