"""What is found on a form and between the forms of a pair. Reads, and writes nothing.

What refuses a form stands here once: the commands ask it, and the desk reads it beside
each answer before it clicks.
"""

from orders.findings.acknowledged import needed_acknowledgements
from orders.findings.eligible import check_eligible, route_of
from orders.findings.looks import Evidence, Finding, count_words, evidence_of, findings
from orders.findings.obstacles import obstacles
from orders.findings.pairs import check_pair, check_partner
from orders.findings.sharing import check_sharing

__all__ = [
    "Evidence",
    "Finding",
    "check_eligible",
    "check_pair",
    "check_partner",
    "check_sharing",
    "count_words",
    "evidence_of",
    "findings",
    "needed_acknowledgements",
    "obstacles",
    "route_of",
]
