"""The terms of the trade, in the guidance's own expansions. Source: R-8-1, R-8-2."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Origin(TextChoices):
    """Where a term stands. Source: R-8-1, R-8-2."""

    GLOSSARY = "glossary", "In the guidance’s glossary"
    TEXT = "text", "Used by the guidance, but not in its glossary"
    OURS = "ours", "Added by us: the guidance writes it out"


@dataclass(frozen=True)
class Term:
    """A term, what its letters stand for, and what it means for a reader."""

    name: str
    letters: str
    meaning: str
    origin: Origin = Origin.GLOSSARY

    @property
    def anchor(self) -> str:
        return self.name.lower()


TERMS = [
    Term(
        "BCDR",
        "Business continuity and disaster recovery",
        "Going on after something has gone badly wrong.",
        Origin.OURS,
    ),
    Term(
        "CoCo",
        "Code of Connection",
        "The rules for those who have a DCC Gateway Connection.",
        Origin.TEXT,
    ),
    Term(
        "DCC",
        "Data Communications Company",
        "Runs the network between smart meters and those who use their data.",
        Origin.TEXT,
    ),
    Term(
        "DCCKI",
        "DCC Key Infrastructure",
        "Issues the certificates by which the two ends of a session know each other.",
        Origin.TEXT,
    ),
    Term("DR", "Disaster Recovery", "What takes over when the usual way has failed."),
    Term(
        "DSP",
        "Data Service Provider",
        "{configurer}: configures connections and sessions.",
        Origin.TEXT,
    ),
    Term(
        "DUIS",
        "DCC User Interface Specification",
        "How your systems send service requests to DCC.",
    ),
    Term(
        "HV",
        "High Volume",
        "A connection over Ethernet, rated from 10 to {hv_maximum} Mbps.",
    ),
    Term("LV", "Low Volume", "A connection over broadband, superfast or standard."),
    Term(
        "MPLS",
        "Multiprotocol Label Switching",
        "The technique of DCC’s network between your site and its data centres.",
        Origin.TEXT,
    ),
    Term(
        "NTE",
        "Network Terminating Equipment",
        "The box at your site where the telecom provider’s line ends.",
        Origin.TEXT,
    ),
    Term(
        "PEP",
        "Policy Enforcement Point",
        "Your security device behind the DCC router; a session ends there.",
    ),
    Term(
        "RAMS",
        "Risk Assessment and Method Statement",
        "How engineers will work safely at your site.",
        Origin.TEXT,
    ),
    Term(
        "RDP",
        "Registration Data Provider",
        "Tells DCC which supplier each meter point is registered to.",
    ),
    Term(
        "SEC",
        "Smart Energy Code",
        "The contract between DCC and those who use its services.",
    ),
    Term(
        "SSI",
        "Self-Service Interface",
        "The web pages where you look things up and raise incidents with DCC.",
    ),
    Term("TLS", "Transport Layer Security", "Encrypts a session from end to end."),
    Term(
        "U",
        "Rack unit",
        "The height of equipment in a rack: 1U is 1.75 inches (44.45mm).",
        Origin.TEXT,
    ),
]
