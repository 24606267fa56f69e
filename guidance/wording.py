"""What the texts may name without spelling it out, and how they become pages."""

import html
import re
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from common.figures import figure, lower_rate_from
from guidance.commonmark import to_html
from guidance.glossary import TERMS

PLACE = re.compile(r"\{(\w+)\}")
LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
MARKS = re.compile(r"\*\*|^#+ |(?<=\w)>|<(?=\w)", re.MULTILINE)
# The operator's own name, and a unit: linked everywhere they would only distract.
NOT_LINKED = {"DCC", "U"}
AROUND = 90


def facts() -> dict[str, Any]:
    """Return what `{name}` stands for in a text: what the settings may change.

    Source: R-1.3-2, R-1.3-3, R-1.3-10.
    """
    return {
        "desk_phone": settings.SERVICE_DESK_PHONE,
        "desk_email": settings.SERVICE_DESK_EMAIL,
        "installer": settings.INSTALLER_NAME,
        "configurer": settings.CONFIGURER_NAME,
        "renewal_months": settings.RENEWAL_MONTHS,
        "renewal_notice": figure("RENEWAL_NOTICE_MONTHS", "month"),
        "renewal_window": figure("RENEWAL_WINDOW_MONTHS", "month"),
        "nominations": figure("NOMINATIONS_DAYS", "calendar day"),
        "quote_working": figure("QUOTE_WORKING_DAYS", "working day"),
        "quote_open": figure("QUOTE_OPEN_DAYS", "calendar day"),
        "updated_quote_open": figure("UPDATED_QUOTE_OPEN_DAYS", "calendar day"),
        "updated_quote_days": settings.UPDATED_QUOTE_OPEN_DAYS,
        "visit_warning": figure("VISIT_WARNING_WORKING_DAYS", "working day"),
        "hv_maximum": settings.HV_MAXIMUM_MBPS,
        "rate_change_days": settings.RATE_CHANGE_DAYS,
        "collect": figure("COLLECT_WORKING_DAYS", "working day"),
        "lower_rate_from": lower_rate_from(),
        "website": settings.SMART_DCC_URL,
    }


def filled(text: str) -> str:
    known = facts()
    return PLACE.sub(lambda found: str(known.get(found[1], found[0])), text)


def unknown_names(text: str) -> list[str]:
    """Return the `{names}` in a text that stand for nothing."""
    return sorted({name for name in PLACE.findall(text) if name not in facts()})


def as_html(text: str) -> SafeString:
    """Return a text as HTML, with its terms linked to the glossary. Source: R-8-1."""
    address = reverse("glossary")
    names = [term.name for term in TERMS if term.name not in NOT_LINKED]
    links = {name: f"{address}#{name.lower()}" for name in names}
    return to_html(filled(text), terms=links)


def plain(text: str) -> str:
    """Return a text's words alone, on one line."""
    return " ".join(html.unescape(strip_tags(to_html(filled(text)))).split())


def excerpt(text: str, words: str) -> str:
    """Return what stands around the first of `words` in a text."""
    line = plain(text)
    lower = line.lower()
    at = min((lower.find(w) for w in words.lower().split() if w in lower), default=0)
    begin = line.rfind(" ", 0, max(0, at - AROUND)) + 1
    end = line.find(" ", at + AROUND)
    head = "…" if begin else ""
    return f"{head}{line[begin:]}" if end < 0 else f"{head}{line[begin:end]}…"


def unmarked(text: str) -> str:
    """Return a text without the marks of CommonMark, its lines as they are."""
    words = MARKS.sub("", LINK.sub(r"\1", filled(text)))
    return re.sub(r"\n{3,}", "\n\n", words)
