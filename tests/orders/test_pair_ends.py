"""What the end of one of a pair means for the other."""

import pytest

from orders import commands
from orders.errors import PartnerEnded
from records.models import Event, Notice
from tests import journey


@pytest.fixture
def endings(authoriser, operator):
    return {
        "lapsed": journey.lapse,
        "declined": lambda order: journey.decline(order, authoriser),
        "cancelled": lambda order: journey.cancel(order, authoriser),
        "unavailable": lambda order: journey.close_as_unavailable(order, operator),
    }


def told(order, name):
    return Event.objects.of_thread(order.reference).filter(name=name).exists()


@pytest.mark.guidance("R-2.4.1-2")
def test_the_other_one_hears_of_an_end_and_cannot_be_accepted_as_one_of_a_pair(
    ready_pair, submitter, operator
):
    first, second = (journey.submit(order, submitter) for order in ready_pair)
    journey.withdraw(first, submitter)

    assert told(second, "partner_ended")
    notice = Notice.objects.get(kind="partner_ended")
    assert (notice.to, notice.thread) == (submitter.email, second.reference)
    with pytest.raises(PartnerEnded, match="has ended"):
        journey.accept(second, operator)


@pytest.mark.guidance("R-2.4.1-2")
@pytest.mark.parametrize("state", ["lapsed", "declined", "cancelled", "unavailable"])
def test_every_kind_of_end_is_told_to_the_other_one(
    make_order, submitter, endings, state
):
    before = {"lapsed": "quoted", "declined": "quoted", "cancelled": "authorised"}
    ended = make_order(before.get(state, "accepted"), connection_type="lv")
    other = commands.pair_with_new(ended.pk, by=submitter, option="medium")

    endings[state](journey.fresh(ended))

    assert told(other, "partner_ended")
    with pytest.raises(PartnerEnded):
        commands.check_pair(journey.fresh(other))


@pytest.mark.guidance("R-3.4-6")
def test_a_copy_of_one_of_a_pair_stands_alone(ready_pair, submitter):
    sent = journey.submit(ready_pair[0], submitter)
    journey.withdraw(sent, submitter)

    copy = commands.copy_request(sent.pk, by=submitter)

    assert (copy.partner, copy.related_reference) == (None, "")
    assert copy.wants_diverse_routing is None
