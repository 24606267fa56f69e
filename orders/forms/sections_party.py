"""Sections about what the Gateway Party keeps for itself, and answers for."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from common.clock import uk_date
from common.figures import figure
from orders.forms.fields import question
from orders.forms.section import AcknowledgeField, SectionForm
from orders.models import ConnectionRequest
from orders.states import AcknowledgementKind, Option, Route


class CapacitySection(SectionForm):
    """Asked of an organisation that is a SEC Party and an RDP at once."""

    slug = "capacity"
    group = "The connection"
    guidance = ("1.1", "2.2", "2.9.2")
    is_common = True

    route = question(
        "route",
        choice_hints={
            Route.H15: "For your traffic as a SEC Party. You state a minimum period",
            Route.E3: "For registration data. You state no period, and one LV "
            "connection that carries nothing else is free of charge",
        },
    )

    @classmethod
    def applies_to(cls, order: ConnectionRequest) -> bool:
        return order.is_capacity_asked


class ReferenceSection(SectionForm):
    slug = "reference"
    group = "Your records"
    guidance = ("2.14",)
    is_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = figure("QUOTE_WORKING_DAYS", "working day")
        self.fields["required_by"].help_text = (
            f"Optional, such as 27 3 2027. Leave 30 days or more: the quotation alone "
            f"takes up to {days}, and the delivery date that it states is an estimate"
        )

    def clean_required_by(self) -> date | None:
        """A day that has passed cannot be met, not even by a draft that waited."""
        wanted: date | None = self.cleaned_data["required_by"]
        if wanted and self.order.is_editable and wanted < uk_date(timezone.now()):
            raise ValidationError("Enter a day that is not in the past")
        return wanted


class CareSection(SectionForm):
    slug = "care"
    group = "Send it"
    guidance = ("4.1", "5.2.2")
    is_common = True

    no_availability = AcknowledgeField(
        AcknowledgementKind.NO_AVAILABILITY,
        "I understand that no availability target is guaranteed should this one link "
        "fail",
        section="4.1",
        error_messages={
            "required": "Tick the box: one connection by itself has no availability "
            "target"
        },
    )
    pep = AcknowledgeField(
        AcknowledgementKind.PEP,
        "I confirm that we have, or will have by the installation, a Policy "
        "Enforcement Point (PEP) for DCC’s router to link to",
        section="4.1",
        error_messages={
            "required": "Tick the box to confirm the Policy Enforcement Point"
        },
    )
    protection = AcknowledgeField(
        AcknowledgementKind.PROTECTION,
        "I accept that we protect the equipment from physical access by anybody who is "
        "not authorised (CoCo1.12)",
        section="5.2.2",
        error_messages={
            "required": "Tick the box to accept that you protect the equipment"
        },
    )
    no_damage = AcknowledgeField(
        AcknowledgementKind.NO_DAMAGE,
        "I accept that we do not damage the equipment, on purpose or by negligence "
        "(H15.24)",
        section="5.2.2",
        error_messages={
            "required": "Tick the box to accept that you do not damage the equipment"
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.order.option != Option.LOW:
            del self.fields["no_availability"]
