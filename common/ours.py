"""What is ours: where DCC's guidance is silent or says two things, and a page does not.

A page that states one of these marks it, beside the sections that the rest rests on:
`{% rule "3.6" "T9" %}`. `docs/requirements.md` has each decision in a sentence.
"""

from collections import defaultdict
from dataclasses import dataclass

RULE, READING = "Our rule", "Our reading"


@dataclass(frozen=True)
class Own:
    """A decision of ours: the mark that it carries, and what the mark names."""

    mark: str
    what: str


OWN = {
    "T2": Own(RULE, "no charge before its amount is accepted"),
    "T3": Own(RULE, "for how long a contract renews"),
    "T4": Own(RULE, "a notice before each renewal"),
    "T5": Own(READING, "the time to cancel runs from the notice"),
    "T6": Own(READING, "what cancelling costs in that time and after it"),
    "T7": Own(RULE, "what stopping costs before the installation is complete"),
    "T8": Own(READING, "an indicative quotation commits to the survey alone"),
    "T9": Own(RULE, "the time for accepting an updated quotation"),
    "T10": Own(READING, "a visit moves free of charge with enough warning"),
    "T11": Own(READING, "the visit that replaces the failed one is charged"),
    "T12": Own(READING, "bill and period begin before the configuration"),
    "T13": Own(READING, "from when a change counts, and no refund for a lower rate"),
    "T15": Own(RULE, "DCC never changes LV into HV by itself"),
    "T17": Own(READING, "each session has its own primary and secondary"),
    "T20": Own(READING, "the days are counted from the one after acceptance"),
    "T25": Own(RULE, "DCC decides whether an RDP’s HV connection is charged"),
    "T27": Own(READING, "a signature counts from when it came"),
    "T29": Own(RULE, "when a quotation counts as received"),
    "T30": Own(READING, "an RDP’s connection has no minimum period"),
    "T31": Own(READING, "an estimate of the bandwidth where there is no survey"),
    "T33": Own(READING, "a survey can find that LV cannot be had"),
    "T34": Own(RULE, "what a common point of the two paths holds back"),
    "T35": Own(RULE, "a form without an answer is closed only where DCC sets a time"),
}


def marks_of(ids: list[str]) -> list[str]:
    """Return one line for each mark: "Our reading: this; that"."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in ids:
        found[OWN[each].mark].append(OWN[each].what)
    return [f"{mark}: {'; '.join(whats)}" for mark, whats in found.items()]
