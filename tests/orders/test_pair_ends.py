"""What the end of one of a pair means for the other."""

import pytest
from django.urls import reverse

from orders import commands
from orders.errors import (
    AnswerMissing,
    LowNotAccepted,
    NotAcknowledged,
    PartnerEnded,
)
from orders.findings import check_pair
from orders.models import Acknowledgement
from records.models import Event, Notice
from tests import journey

LOW = "no_availability"


@pytest.fixture
def one_sent_of_a_pair(ready_pair, submitter):
    """A pair whose first form is with DCC; it was not asked what one alone is."""
    first, second = ready_pair
    Acknowledgement.objects.filter(what=LOW).delete()
    return journey.submit(first, submitter), second


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
        check_pair(journey.fresh(other))


@pytest.mark.guidance("R-3.4-6")
def test_a_copy_of_one_of_a_pair_stands_alone(ready_pair, submitter):
    sent = journey.submit(ready_pair[0], submitter)
    journey.withdraw(sent, submitter)

    copy = commands.copy_request(sent.pk, by=submitter)

    assert (copy.partner, copy.related_reference) == (None, "")
    assert copy.wants_diverse_routing is None


@pytest.mark.guidance("R-4.1-4")
def test_a_form_with_dcc_does_not_become_one_alone_unaccepted(
    one_sent_of_a_pair, submitter
):
    sent, kept = one_sent_of_a_pair
    with pytest.raises(LowNotAccepted, match=sent.reference):
        commands.unpair(kept.pk, by=submitter)

    commands.unpair(kept.pk, by=submitter, is_low_accepted=True)

    assert journey.fresh(sent).partner is None
    assert sent.acknowledgements.get(what=LOW).by == submitter
    assert told(sent, "acknowledge")


@pytest.mark.guidance("R-4.1-4")
def test_the_page_of_a_pair_asks_it_for_the_form_that_dcc_has(
    client, one_sent_of_a_pair, submitter
):
    sent, kept = one_sent_of_a_pair
    client.force_login(submitter)
    address = reverse("order-pair", args=[kept.reference])

    refused = client.post(address, {"apart": ""}).content.decode()
    assert f"DCC has the form of {sent.reference}" in refused
    client.post(address, {"apart": "", LOW: "on"})
    assert journey.fresh(kept).partner is None


@pytest.mark.guidance("R-4.1-4", "R-3.2-4")
def test_a_form_without_an_acknowledgement_is_not_accepted(submitted_order, operator):
    submitted_order.acknowledgements.filter(what=LOW).delete()

    with pytest.raises(NotAcknowledged, match="No availability is guaranteed"):
        journey.accept(submitted_order, operator)


@pytest.mark.guidance("R-3.2-4")
@pytest.mark.parametrize(
    ("answer", "nothing"), [("is_shared", None), ("technical_contact_phone", "")]
)
def test_nor_is_a_form_without_what_the_form_asks(
    submitted_order, operator, answer, nothing
):
    type(submitted_order).objects.update(**{answer: nothing})

    with pytest.raises(AnswerMissing):
        journey.accept(submitted_order, operator)
