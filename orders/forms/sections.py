"""The sections of the request form, in the order in which they are asked."""

from orders.forms.pairing import PairSection
from orders.forms.section import SectionForm
from orders.forms.sections_connection import (
    ConnectionSection,
    PeriodSection,
    UseSection,
)
from orders.forms.sections_party import CapacitySection, CareSection, ReferenceSection
from orders.forms.sections_site import (
    BuildingSection,
    ContactsSection,
    RoomSection,
    SiteSection,
)
from orders.forms.sharing import SharingSection
from orders.models import ConnectionRequest

SECTIONS: tuple[type[SectionForm], ...] = (
    CapacitySection,
    ConnectionSection,
    PeriodSection,
    UseSection,
    PairSection,
    SharingSection,
    SiteSection,
    RoomSection,
    BuildingSection,
    ContactsSection,
    ReferenceSection,
    CareSection,
)


def sections_of(order: ConnectionRequest) -> list[type[SectionForm]]:
    """Return the sections that this order is asked, in order."""
    return [section for section in SECTIONS if section.applies_to(order)]


def bound_sections(order: ConnectionRequest) -> list[SectionForm]:
    """Return the sections that this order is asked, bound to what is stored."""
    return [section.of(order) for section in sections_of(order)]
