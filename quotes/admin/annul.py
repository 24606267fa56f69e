"""What a nomination touched: shown before it is annulled."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from common.clock import end_of_uk_day, start_of_uk_day, uk_date
from common.wording import day_words
from orders.models import ConnectionRequest
from parties.admin.corrections import AnnulNomination
from parties.models import Nomination
from parties.states import Purpose
from quotes.models import Authority

# So many are named; the lists of orders have all.
MOST_NAMED = 50
NOTHING = "Nothing: nobody sent or signed anything on it."


class AnnulWithTouched(AnnulNomination):
    """Names what its person sent and signed in its days, the latest first."""

    def touches(self, subject: Nomination) -> list[str]:
        found = [*signed_on(subject), *sent_on(subject)]
        return found[:MOST_NAMED] or [NOTHING]


def in_days_of(row: Nomination, column: str) -> Q:
    """Return the condition that an instant lies in the days of a nomination."""
    days = Q(**{f"{column}__gte": start_of_uk_day(row.from_on)})
    if row.until_on is not None:
        days &= Q(**{f"{column}__lt": end_of_uk_day(row.until_on)})
    return days


def latest(rows: "QuerySet[Any]", column: str) -> "QuerySet[Any]":
    return rows.order_by(f"-{column}")[:MOST_NAMED]


def sent_on(nomination: Nomination) -> list[str]:
    """Return what its person submitted in its days, if it was for submitting."""
    if nomination.purpose != Purpose.SUBMIT:
        return []
    rows = ConnectionRequest.objects.filter(submitted_by=nomination.user_id)
    found = rows.filter(in_days_of(nomination, "submitted_at"))
    return [
        f"{nomination.user} submitted {row} on {on(row.submitted_at)}."
        for row in latest(found, "submitted_at")
    ]


def signed_on(nomination: Nomination) -> list[str]:
    """Return what was signed on it, and what its person handed in without another."""
    if nomination.purpose != Purpose.AUTHORISE:
        return []
    own = Q(nomination=None, uploaded_by=nomination.user_id)
    own &= in_days_of(nomination, "received_at")
    found = Authority.objects.filter(Q(nomination=nomination) | own)
    return [
        f"{nomination.user} gave authority for {row.quote} on {on(row.received_at)}: "
        f"{row.get_outcome_display().lower()}."
        for row in latest(found.select_related("quote"), "received_at")
    ]


def on(moment: datetime) -> str:
    return day_words(uk_date(moment))
