"""What the states of an order are called: by staff, and as contacts are told."""

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

TOLD = {
    OrderState.DRAFT: "Draft, not sent",
    OrderState.SUBMITTED: "Form being checked",
    OrderState.RETURNED: "Returned to you",
    OrderState.ACCEPTED: "Desk review",
    OrderState.QUOTED: "Quotation",
    OrderState.AUTHORISED: "Access to arrange",
    OrderState.SURVEY: "Survey",
    OrderState.INSTALL: "Installation",
    OrderState.CONFIGURING: "Configuration",
    OrderState.CONFIGURED: "In service",
    OrderState.DECLINED: "You declined",
    OrderState.WITHDRAWN: "You withdrew",
    OrderState.CANCELLED: "You cancelled",
    OrderState.UNAVAILABLE: "Not available",
    OrderState.DISCARDED: "Draft thrown away",
}
# What is left to do in a state once its first thing is done.
AFTERWARDS = {OrderState.AUTHORISED: "Visit to book"}


def state_words(state: str) -> str:
    """Return what staff call a state."""
    return STATES[OrderState(state)]
