"""The quotation as a document: its facts, and how they stand on paper."""

from quotes.documents.facts import TEMPLATE, quotation_facts
from quotes.documents.paper import FINGERPRINT_SHOWN, drawn, render_quotation
from quotes.documents.supplied import (
    charging_words,
    decision_words,
    diversity_words,
)

__all__ = [
    "FINGERPRINT_SHOWN",
    "TEMPLATE",
    "charging_words",
    "decision_words",
    "diversity_words",
    "drawn",
    "quotation_facts",
    "render_quotation",
]
