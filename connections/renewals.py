"""The renewals that DCC has ahead of it: how far each is, and how many each month."""

from datetime import date
from decimal import Decimal
from typing import Any

from common.asking_back import unusual_amount
from common.clock import MONTHS_A_YEAR, add_months
from connections.drawings import NoticesOfMonth
from connections.models import ContractPeriod

RENEWALS_HEAD = (
    "Notice due",
    "Connection",
    "Order",
    "Gateway Party",
    "Period ends",
    "Annual charge now, excluding VAT",
    "Annual charge on renewal, excluding VAT",
    "State",
    "Is that right?",
    "Notice went",
    "Last day to cancel",
)


def months_ahead(today: date) -> list[NoticesOfMonth]:
    """Return the notices of twelve months, from the one that `today` lies in.

    One query for any number. Source: R-2.5-4, R-2.5-5.
    """
    begin = today.replace(day=1)
    firsts = [add_months(begin, number) for number in range(MONTHS_A_YEAR + 1)]
    found = ContractPeriod.objects.notices_by_month(firsts[0], firsts[-1])
    by_month = {row.pop("month"): row for row in found}
    return [NoticesOfMonth(one, **by_month.get(one, {})) for one in firsts[:-1]]


def notice_state(period: ContractPeriod) -> str:
    """Say how far a renewal is, in a few words."""
    answers = list(period.answers.all())
    if answers:
        return f"{answers[-1].get_choice_display()}, says {answers[-1].by}"
    if period.notice_at is not None:
        return sent_state(period)
    return "No charge yet" if period.renewal_net is None else "Ready to go"


def sent_state(period: ContractPeriod) -> str:
    """Say whether a notice that went was read, and by whom first. Source: R-2.5-9."""
    readings = list(period.readings.all())
    if readings:
        return str(readings[0].words)
    return "Sent, not read" if period.delivered_at else "On its way"


def doubt_of(period: ContractPeriod) -> str:
    """Ask about a charge that is far from the one before it. Source: R-2.5-5."""
    net: Decimal | None = period.renewal_net
    return "" if net is None else unusual_amount(net, period.net_after_changes)


def renewal_cells(period: ContractPeriod) -> list[Any]:
    connection = period.connection
    return [
        period.renewal_due_on,
        connection.reference,
        connection.order.reference,
        str(connection.party),
        period.last_day,
        period.net_after_changes,
        period.renewal_net,
        notice_state(period),
        doubt_of(period),
        period.notice_on,
        period.window_last_day,
    ]


def next_step(period: ContractPeriod, *, may_price: bool) -> tuple[str, str] | None:
    """Return what the desk can do for a renewal: a step's slug, and what to call it.

    Args:
        may_price: the reader may set its charge.

    Source: R-2.5-5, R-2.5-8.
    """
    if period.answers.all():
        return None
    if period.notice_at is not None:
        known = ("renewal-remind", "Remind them")
        return known if period.readings.all() else ("renewal-told", "Call them")
    words = "Set the charge" if period.renewal_net is None else "Change the charge"
    return ("renewal-charge", words) if may_price else None
