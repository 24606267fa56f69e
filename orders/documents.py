"""The request on paper, as it was sent and blank: frozen facts in, bytes out.

The facts of a request come from its form as it was kept, never from the answers as
they are now.
"""

import re
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from common.clock import UK, uk_date
from common.pdf import PrintedPaper, fingerprint, render_pdf, stylesheet
from common.templates import Rendering, of_the_guidance
from common.wording import day_words
from orders.models import ConnectionRequest, FormVersion
from orders.models.sections import ACKNOWLEDGEMENT
from orders.states import Channel

# The document template, which has a version, an author and a date. Source: R-0-5.
TITLE = "Request for DCC Gateway Connection"
TEMPLATE = Rendering(
    TITLE, "1.3", "DCC Connections", date(2026, 11, 29), of_the_guidance(TITLE)
)
FINGERPRINT_SHOWN = 16
FORM_SHEETS = ("quote", "form")


def template_facts() -> dict[str, str]:
    """Return what each document says of its template. Source: R-0-5."""
    return {
        **TEMPLATE.facts(),
        "desk_phone": settings.SERVICE_DESK_PHONE,
        "desk_email": settings.SERVICE_DESK_EMAIL,
    }


def request_facts(version: FormVersion) -> dict[str, Any]:
    """Return all that the record of one sent form says, as plain strings and lists.

    Source: R-0-5, R-0-2, R-3.2-6.
    """
    order = version.order
    before = order.versions.filter(number=version.number - 1).first()
    return {
        **template_facts(),
        "reference": order.reference,
        "number": version.number,
        "customer_reference": answer_of(version, "customer_reference"),
        "party": order.party.name,
        "party_reference": order.party.reference,
        "route": order.get_route_display(),
        "guidance_version": version.guidance_version,
        "sent_on": uk_date(version.submitted_at).isoformat(),
        "sent_at": time_words(version.submitted_at),
        "sent_by": str(version.submitted_by),
        "recorded": version.recorded,
        **channel_facts(order),
        "sections": sections_of(version),
        "before": before.number if before else None,
        "changes": changes_since(before, version) if before else [],
    }


def channel_facts(order: ConnectionRequest) -> dict[str, str]:
    """Return how the form came to DCC, and who keyed it in. Source: R-1.3-7."""
    came_at = order.received_at if order.channel != Channel.PORTAL else None
    return {
        "channel": order.get_channel_display(),
        "sender": order.sender_email if came_at else "",
        "received_at": time_words(came_at) if came_at else "",
        "keyed_by": "" if order.keyed_by is None else str(order.keyed_by),
    }


def rows_of(version: FormVersion) -> list[tuple[str, str, str, str]]:
    """Return section, field, question and answer of each row, as words."""
    return [
        (section, field, question, answer_words(answer))
        for section, field, question, answer in version.answers
    ]


def answer_words(answer: object) -> str:
    return ", ".join(answer) if isinstance(answer, list) else str(answer)


def answer_of(version: FormVersion, name: str) -> str:
    found = (answer for _, field, _, answer in rows_of(version) if field == name)
    return next(found, "")


def sections_of(version: FormVersion) -> list[dict[str, Any]]:
    """Return the rows under their headings, in the order of the form.

    What was accepted says by whom and when. Source: R-4.2-4.
    """
    given = version.order.acknowledgements.select_related("by")
    known = {f"{ACKNOWLEDGEMENT}{row.what}": row for row in given}
    sections: dict[str, list[dict[str, str]]] = {}
    for section, field, question, answer in rows_of(version):
        words = "\n".join(filter(None, [answer, moment(known.get(field))]))
        row = {"question": question, "answer": words}
        sections.setdefault(section, []).append(row)
    return [{"title": title, "rows": rows} for title, rows in sections.items()]


def moment(acknowledgement: Any) -> str:
    return time_words(acknowledgement.at) if acknowledgement else ""


def changes_since(before: FormVersion, version: FormVersion) -> list[dict[str, str]]:
    """Return what differs from the form before, in the order of the form.

    Source: R-3.2-6.
    """
    old = {field: (question, answer) for _, field, question, answer in rows_of(before)}
    new = {field: (question, answer) for _, field, question, answer in rows_of(version)}
    found = (
        {
            "question": (new.get(field) or old[field])[0],
            "before": old.get(field, ("", ""))[1],
            "after": new.get(field, ("", ""))[1],
        }
        for field in dict.fromkeys([*new, *old])
    )
    return [change for change in found if change["before"] != change["after"]]


def time_words(instant: datetime) -> str:
    """Return "5 March 2026 at 14:30", in the UK."""
    local = instant.astimezone(UK)
    return f"{day_words(local)} at {local:%H:%M}"


def render_request(facts: dict[str, Any]) -> bytes:
    """Return the record of one sent form as PDF/UA; the same facts, the same bytes.

    Raises:
        NotRendered: it asks for something outside itself.

    Source: R-0-5.
    """
    day = date.fromisoformat(facts["sent_on"])
    return render("documents/request.html", facts, day)


def render_blank_form(facts: dict[str, Any]) -> bytes:
    """Return the form without answers as PDF/UA, to be filled in by hand.

    Raises:
        NotRendered: it asks for something outside itself.

    Source: R-3.2-1, R-1.3-5.
    """
    return render("documents/request_blank.html", facts, TEMPLATE.dated)


def render(template: str, facts: dict[str, Any], day: date, **drawn: object) -> bytes:
    mark = fingerprint(facts)
    shown = " ".join(re.findall("....", mark[:FINGERPRINT_SHOWN]))
    html = render_to_string(template, {**drawn, "f": facts, "fingerprint": shown})
    css = "".join(stylesheet(name) for name in FORM_SHEETS)
    return render_pdf(lambda _pages: PrintedPaper(html, css), identifier=mark, day=day)
