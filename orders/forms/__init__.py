"""What the Gateway Party types about a request: its sections, and how it ends."""

from orders.forms.endings import DeclarationForm, WithdrawRequestForm
from orders.forms.section import SectionForm
from orders.forms.sections import (
    SECTIONS,
    bound_sections,
    sections_of,
)

__all__ = [
    "SECTIONS",
    "DeclarationForm",
    "SectionForm",
    "WithdrawRequestForm",
    "bound_sections",
    "sections_of",
]
