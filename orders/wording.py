"""What staff call the states of an order. Contacts read their own words."""

from orders.states import OrderState

STATES = {
    OrderState.DRAFT: "Draft",
    OrderState.SUBMITTED: "Submitted, being checked",
    OrderState.RETURNED: "Returned with questions",
    OrderState.ACCEPTED: "Desk review",
    OrderState.QUOTED: "Quoted",
    OrderState.AUTHORISED: "Authorised",
    OrderState.SURVEY: "Survey",
    OrderState.INSTALL: "Installation",
    OrderState.CONFIGURING: "Configuration",
    OrderState.CONFIGURED: "In service",
    OrderState.LAPSED: "Quotation lapsed",
    OrderState.DECLINED: "Declined",
    OrderState.WITHDRAWN: "Withdrawn",
    OrderState.CANCELLED: "Cancelled",
    OrderState.UNAVAILABLE: "Not available",
    OrderState.DISCARDED: "Draft thrown away",
}


def state_words(state: str) -> str:
    return STATES[OrderState(state)]
