"""Takes two requests that belong together through their steps."""

from orders import commands as orders
from orders.commands.acknowledge import acknowledge
from orders.states import AcknowledgementKind
from tests import journey

STATED = {
    "wants_diverse_routing": True,
    "site_separation": "62 miles by road",
}
OF_PAIRS = {
    AcknowledgementKind.ACTIVE_STANDBY,
    AcknowledgementKind.LAYER_2_SWITCH,
    AcknowledgementKind.LAYER_2_LINK,
}


def start(party, submitter, option="medium"):
    return orders.start_pair(party.pk, by=submitter, option=option)


def answer(order, submitter, site, **answers):
    """Fill in the form of one of a pair, all but what differing sizes ask."""
    order = journey.fresh(order)
    journey.answer(order, submitter, site, **{**STATED, **answers})
    acknowledge(order.pk, by=submitter, whats=OF_PAIRS)
    return journey.fresh(order)


def answered(party, submitter, sites, option="medium"):
    """Return a pair whose forms are both ready to be sent."""
    pair = start(party, submitter, option)
    for order, site in zip(pair, sites, strict=True):
        answer(order, submitter, site)
    return [journey.fresh(order) for order in pair]


def authorised(pair, people):
    """Take a pair whose forms are ready on to the authority to proceed for both."""
    for order in pair:
        journey.submit(order, people.submitter)
    for order in pair:
        accepted = journey.accept(order, people.operator)
        quote = journey.offer(accepted, people.operator)
        journey.authorise(quote, people.operator, people.authoriser)
    return [journey.fresh(order) for order in pair]


def accept_smaller(order, submitter):
    what = {AcknowledgementKind.SMALLER_STANDBY}
    acknowledge(order.pk, by=submitter, whats=what)
