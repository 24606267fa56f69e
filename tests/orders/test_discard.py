"""A draft can be thrown away, and put back until the end of the next day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from orders import commands
from orders.deadlines import discard_is_final_at
from orders.errors import EnoughRequests, LowNotAccepted, TooLateToRestore
from orders.models import ConnectionRequest
from records.errors import NotPossibleInState
from records.models import Event, Notice
from tests import journey, journey_of_pairs
from tests.cast import NOW

TICK = timedelta(microseconds=1)


@pytest.fixture
def pair(party, submitter, data_centre):
    return journey_of_pairs.answered(party, submitter, [data_centre, data_centre])


def discard(order, submitter, **how):
    return commands.discard_draft(order.pk, by=submitter, **how)


def state_of(order):
    return journey.fresh(order).state


@pytest.mark.parametrize(
    ("thrown_away", "is_final"),
    [
        (datetime(2026, 3, 3, 10, tzinfo=UTC), datetime(2026, 3, 5, tzinfo=UTC)),
        # In summer a UK day ends at 23:00 UTC.
        (datetime(2026, 7, 1, 22, tzinfo=UTC), datetime(2026, 7, 2, 23, tzinfo=UTC)),
        (datetime(2026, 7, 1, 23, tzinfo=UTC), datetime(2026, 7, 3, 23, tzinfo=UTC)),
        # The clocks go forward on 29 March.
        (datetime(2026, 3, 28, 9, tzinfo=UTC), datetime(2026, 3, 29, 23, tzinfo=UTC)),
    ],
)
def test_there_is_time_until_the_end_of_the_next_uk_day(thrown_away, is_final):
    assert discard_is_final_at(thrown_away) == is_final


def test_a_draft_is_thrown_away_and_put_back_with_all_its_answers(
    draft_order, submitter
):
    before = journey.fresh(draft_order).__dict__
    order = discard(draft_order, submitter)
    assert (order.state, order.closed_at is not None) == ("discarded", True)

    commands.restore_draft(order.pk, by=submitter, at=order.discard_final_at - TICK)

    after = journey.fresh(order).__dict__
    assert {k: v for k, v in after.items() if k != "_state"} == {
        k: v for k, v in before.items() if k != "_state"
    }


def test_both_stand_in_its_history_and_nobody_is_written_to(draft_order, submitter):
    notices = Notice.objects.count()
    discard(draft_order, submitter)
    commands.restore_draft(draft_order.pk, by=submitter)

    told = Event.objects.of_thread(draft_order.reference).order_by("pk")
    assert [(row.what, row.by) for row in told][-2:] == [
        ("Draft thrown away", submitter),
        ("Draft put back", submitter),
    ]
    assert Notice.objects.count() == notices


def test_after_its_day_it_is_gone_for_good(draft_order, submitter):
    order = discard(draft_order, submitter, at=NOW)

    with pytest.raises(TooLateToRestore, match="the end of Wednesday 4 March 2026"):
        commands.restore_draft(order.pk, by=submitter, at=order.discard_final_at)
    assert state_of(order) == "discarded"


def test_what_was_sent_to_dcc_is_not_thrown_away(submitted_order, submitter):
    with pytest.raises(NotPossibleInState):
        discard(submitted_order, submitter)


def test_what_was_not_thrown_away_is_not_put_back(submitted_order, submitter):
    with pytest.raises(NotPossibleInState):
        commands.restore_draft(submitted_order.pk, by=submitter)


@pytest.mark.parametrize("who", ["colleague", "authoriser", "outsider", "operator"])
def test_only_who_may_send_it_may_throw_it_away(request, draft_order, who):
    with pytest.raises(PermissionDenied):
        discard(draft_order, request.getfixturevalue(who))
    assert state_of(draft_order) == "draft"


def test_a_form_that_the_desk_is_entering_is_not_the_partys_to_throw_away(
    party, submitter, desk
):
    order = journey.key_in(party, desk, sender_email=submitter.email)

    with pytest.raises(PermissionDenied):
        discard(order, submitter)


def test_it_still_counts_among_the_requests_of_the_day(party, submitter, settings):
    settings.REQUESTS_A_DAY = 1
    discard(journey.start(party, submitter), submitter)

    with pytest.raises(EnoughRequests):
        journey.start(party, submitter)


def test_its_reference_is_free_for_another_request(party, submitter, draft_order):
    name(draft_order, submitter, "PO 7")
    discard(draft_order, submitter)
    other = name(journey.start(party, submitter), submitter, "PO 7")

    commands.restore_draft(draft_order.pk, by=submitter)

    assert journey.fresh(other).customer_reference == "PO 7"
    assert journey.fresh(draft_order).customer_reference == ""


def test_a_reference_that_only_a_discarded_draft_has_is_kept(
    party, submitter, draft_order
):
    name(draft_order, submitter, "PO 7")
    discard(draft_order, submitter)
    other = name(journey.start(party, submitter), submitter, "PO 7")
    discard(other, submitter)

    commands.restore_draft(draft_order.pk, by=submitter)

    assert journey.fresh(draft_order).customer_reference == "PO 7"


def name(order, submitter, reference):
    answers = {"customer_reference": reference}
    return commands.save_answers(order.pk, by=submitter, answers=answers)


def test_the_other_one_of_a_pair_goes_on_alone(pair, submitter):
    first, second = pair
    discard(first, submitter)

    other = journey.fresh(second)
    assert (other.state, other.partner, other.related_reference) == ("draft", None, "")
    assert state_of(first) == "discarded"


def test_both_of_a_pair_go_and_come_back_as_a_pair(pair, party, submitter):
    first, second = pair
    discard(first, submitter, with_partner=True)
    taken = name(journey.start(party, submitter), submitter, first.customer_reference)
    assert {state_of(first), state_of(second)} == {"discarded"}

    commands.restore_draft(second.pk, by=submitter)

    one, other = journey.fresh(first), journey.fresh(second)
    assert (one.state, other.state, one.partner) == ("draft", "draft", other)
    assert one.customer_reference not in ("", taken.customer_reference)
    assert other.related_reference == one.customer_reference
    assert one.related_reference == other.customer_reference


def test_one_that_dcc_has_is_kept_when_both_are_to_go(pair, submitter):
    sent = journey.submit(pair[0], submitter)

    with pytest.raises(NotPossibleInState):
        discard(pair[1], submitter, with_partner=True)
    assert (state_of(sent), state_of(pair[1])) == ("submitted", "draft")


def test_what_dcc_has_does_not_become_one_alone_unaccepted(pair, submitter):
    sent = journey.submit(pair[0], submitter)

    with pytest.raises(LowNotAccepted, match=sent.reference):
        discard(pair[1], submitter)
    discard(pair[1], submitter, is_low_accepted=True)

    assert journey.fresh(sent).partner is None


# Its pages


def words_of(response):
    return " ".join(response.content.decode().split())


def page(client, person, view, order):
    client.force_login(person)
    return words_of(client.get(reverse(view, args=[order.reference])))


def send(client, person, view, order, **typed):
    client.force_login(person)
    where = reverse(view, args=[order.reference])
    return words_of(client.post(where, typed, follow=True))


@pytest.mark.parametrize("view", ["order", "order-form"])
def test_it_is_offered_to_who_may_on_the_form_and_on_the_orders_page(
    client, submitter, colleague, draft_order, view
):
    link = reverse("order-discard", args=[draft_order.reference])

    assert link in page(client, submitter, view, draft_order)
    assert link not in page(client, colleague, view, draft_order)


def test_the_page_says_what_is_lost_and_until_when_it_can_be_put_back(
    client, submitter, draft_order
):
    shown = page(client, submitter, "order-discard", draft_order)

    assert "all the answers on its form" in shown
    assert "put it back until the end of Wednesday 4 March 2026" in shown


def test_a_person_throws_a_draft_away_and_puts_it_back(client, submitter, draft_order):
    shown = send(client, submitter, "order-discard", draft_order)
    assert "You can put it back until the end of Wednesday 4 March 2026" in shown
    assert reverse("order-restore", args=[draft_order.reference]) in shown

    shown = send(client, submitter, "order-restore", draft_order)

    assert f"{draft_order} is back, with all its answers" in shown
    assert state_of(draft_order) == "draft"


@pytest.mark.parametrize("view", ["order-discard", "order-restore"])
def test_who_may_not_is_told_who_may_and_changes_nothing(
    client, colleague, submitter, draft_order, view
):
    if view == "order-restore":
        discard(draft_order, submitter)
    before = state_of(draft_order)
    shown = page(client, colleague, view, draft_order)
    assert "to submit requests can" in shown

    where = reverse(view, args=[draft_order.reference])

    assert client.post(where).status_code == 403
    assert state_of(draft_order) == before


def test_in_a_pair_the_person_says_what_becomes_of_the_other(client, submitter, pair):
    first, second = pair
    shown = send(client, submitter, "order-discard", first)
    assert "Say what is to become of the other request" in shown

    send(client, submitter, "order-discard", first, other="both")

    assert {state_of(first), state_of(second)} == {"discarded"}


def test_with_dcc_the_other_one_is_accepted_as_one_alone(client, submitter, pair):
    sent, kept = journey.submit(pair[0], submitter), pair[1]
    shown = send(client, submitter, "order-discard", kept)
    assert "no availability target" in shown
    assert state_of(kept) == "draft"

    send(client, submitter, "order-discard", kept, no_availability="on")

    assert (state_of(kept), journey.fresh(sent).partner) == ("discarded", None)


def test_lists_offer_to_put_it_back_and_then_forget_it(
    client, submitter, draft_order, clock
):
    order = discard(draft_order, submitter)
    client.force_login(submitter)
    home, csv = reverse("home"), reverse("orders-csv")
    back = reverse("order-restore", args=[order.reference])
    assert back in words_of(client.get(home))

    clock.move_to(order.discard_final_at)

    client.force_login(submitter)
    for where in (home, f"{home}?q={order.reference}"):
        assert order.get_absolute_url() not in words_of(client.get(where))
    assert order.reference not in b"".join(client.get(csv)).decode()
    assert "could be put back until" in page(client, submitter, "order-restore", order)


def test_the_desk_never_had_it_and_does_not_list_it(client, operator, make_order):
    order = make_order("discarded")
    client.force_login(operator)

    shown = words_of(client.get(reverse("admin:orders_connectionrequest_changelist")))

    assert order.reference not in shown
    assert ConnectionRequest.objects.visible_to(operator).filter(pk=order.pk).exists()
