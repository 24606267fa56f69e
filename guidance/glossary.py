"""The terms of the trade, in the guidance's own expansions. Source: R-8-1, R-8-2."""

from dataclasses import dataclass

from django.db.models import TextChoices


class TermOrigin(TextChoices):
    """Where a term stands. Source: R-8-1, R-8-2."""

    GLOSSARY = "glossary", "In the guidance’s glossary"
    TEXT = "text", "Used by the guidance, but not in its glossary"
    OURS = "ours", "Added by us: the guidance writes it out"


@dataclass(frozen=True)
class GlossaryTerm:
    """A term, what its letters stand for, and what it means for a reader."""

    name: str
    letters: str
    meaning: str
    origin: TermOrigin = TermOrigin.GLOSSARY

    @property
    def anchor(self) -> str:
        return self.name.lower()


TERMS = [
    GlossaryTerm(
        "BCDR",
        "Business continuity and disaster recovery",
        "Going on after something has gone badly wrong.",
        TermOrigin.OURS,
    ),
    GlossaryTerm(
        "CoCo",
        "Code of Connection",
        "The rules for those who have a DCC Gateway Connection.",
        TermOrigin.TEXT,
    ),
    GlossaryTerm(
        "DCC",
        "Data Communications Company",
        "Runs the network between smart meters and those who use their data.",
        TermOrigin.TEXT,
    ),
    GlossaryTerm(
        "DCCKI",
        "DCC Key Infrastructure",
        "Issues the certificates by which the two ends of a session know each other.",
        TermOrigin.TEXT,
    ),
    GlossaryTerm(
        "DR", "Disaster Recovery", "What takes over when the usual way has failed."
    ),
    GlossaryTerm(
        "DSP",
        "Data Service Provider",
        "{configurer}: configures connections and sessions.",
        TermOrigin.TEXT,
    ),
    GlossaryTerm(
        "DUIS",
        "DCC User Interface Specification",
        "How your systems send service requests to DCC.",
    ),
    GlossaryTerm(
        "HV",
        "High Volume",
        "A connection over Ethernet, rated from 10 to {hv_maximum} Mbps.",
    ),
    GlossaryTerm(
        "LV", "Low Volume", "A connection over broadband, superfast or standard."
    ),
    GlossaryTerm(
        "MPLS",
        "Multiprotocol Label Switching",
        "The technique of DCC’s network between your site and its data centres.",
        TermOrigin.TEXT,
    ),
    GlossaryTerm(
        "NTE",
        "Network Terminating Equipment",
        "The box at your site where the telecom provider’s line ends.",
        TermOrigin.TEXT,
    ),
    GlossaryTerm(
        "PEP",
        "Policy Enforcement Point",
        "Your security device behind the DCC router; a session ends there.",
    ),
    GlossaryTerm(
        "RAMS",
        "Risk Assessment and Method Statement",
        "How engineers will work safely at your site.",
        TermOrigin.TEXT,
    ),
    GlossaryTerm(
        "RDP",
        "Registration Data Provider",
        "Tells DCC which supplier each meter point is registered to.",
    ),
    GlossaryTerm(
        "SEC",
        "Smart Energy Code",
        "The contract between DCC and those who use its services.",
    ),
    GlossaryTerm(
        "SSI",
        "Self-Service Interface",
        "The web pages where you look things up and raise incidents with DCC.",
    ),
    GlossaryTerm(
        "TLS", "Transport Layer Security", "Encrypts a session from end to end."
    ),
    GlossaryTerm(
        "U",
        "Rack unit",
        "The height of equipment in a rack: 1U is 1.75 inches (44.45mm).",
        TermOrigin.TEXT,
    ),
]
