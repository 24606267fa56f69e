"""What a signed scan says of itself, before a person has looked at it."""

from quotes.findings.codes import PREFIX, Code, parsed, verdict
from quotes.findings.said import ScanFinding, ScanFindings, found_on
from quotes.findings.sheets import Sheet, laid_out

__all__ = [
    "PREFIX",
    "Code",
    "ScanFinding",
    "ScanFindings",
    "Sheet",
    "found_on",
    "laid_out",
    "parsed",
    "verdict",
]
