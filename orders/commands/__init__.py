"""All writes to a request, split by verb."""

from orders.commands.calendar import (
    keep_bank_holiday,
    seed_bank_holidays,
    working_calendar,
)
from orders.commands.check import (
    accept_request,
    assign_order,
    close_as_unavailable,
    record_site_review,
    return_request,
)
from orders.commands.eligible import check_eligible, route_of
from orders.commands.enquire import (
    answer_enquiry,
    arrange_call,
    assign_enquiry,
    raise_enquiry,
)
from orders.commands.fill_in import copy_request, save_answers, start_request
from orders.commands.pair import start_pair
from orders.commands.submit import submit_request, withdraw_request

__all__ = [
    "accept_request",
    "answer_enquiry",
    "arrange_call",
    "assign_enquiry",
    "assign_order",
    "check_eligible",
    "close_as_unavailable",
    "copy_request",
    "keep_bank_holiday",
    "raise_enquiry",
    "record_site_review",
    "return_request",
    "route_of",
    "save_answers",
    "seed_bank_holidays",
    "start_pair",
    "start_request",
    "submit_request",
    "withdraw_request",
    "working_calendar",
]
