"""Two requests that belong together: made, kept mutual, checked, taken apart."""

import pytest

from orders import commands
from orders.errors import (
    AlreadyPaired,
    CrossReferenceNotMutual,
    DiversityOnOneForm,
    NotEditable,
    NotNominated,
    NotOneSite,
    NotPaired,
    NotTwoSites,
    PairIncomplete,
    PartnerUnfit,
    RolesAreSettled,
    SmallerStandbyNotAccepted,
)
from orders.models import ConnectionRequest, ResilienceGroup
from records.models import Event, Notice
from tests import journey, journey_of_pairs


def save(order, submitter, **answers):
    return commands.save_answers(order.pk, by=submitter, answers=answers)


def references(order):
    order = journey.fresh(order)
    return order.customer_reference, order.related_reference


def told(order, name):
    return Event.objects.of_thread(order.reference).filter(name=name).exists()


@pytest.mark.guidance("R-1.3-6", "R-2.4.1-1", "R-2.4.2-1", "R-2.14-2", "R-3.2-3", "T18")
def test_a_pair_is_two_requests_that_name_each_other(pair):
    primary, backup = pair

    assert primary.reference != backup.reference
    assert references(primary) == references(backup)[::-1]
    assert (primary.role, backup.role) == ("primary", "backup")
    assert journey.fresh(primary).partner == backup
    assert told(primary, "pair")
    assert told(backup, "pair")


@pytest.mark.guidance("R-2.1.1-4")
def test_a_party_may_have_any_number_of_requests(party, submitter):
    for _ in range(3):
        journey_of_pairs.start(party, submitter)

    assert party.orders.count() == 6


@pytest.mark.guidance("R-2.14-2")
def test_a_new_reference_is_quoted_on_the_other_form(pair, submitter):
    first, second = pair
    save(first, submitter, customer_reference="PO 1")
    save(second, submitter, customer_reference="PO 2")

    assert references(first) == ("PO 1", "PO 2")
    assert references(second) == ("PO 2", "PO 1")


@pytest.mark.guidance("R-2.14-2")
def test_neither_form_of_a_pair_can_lose_its_reference(pair, submitter):
    first, second = pair
    save(first, submitter, customer_reference="", related_reference="Nobody's")

    assert references(first) == references(second)[::-1]
    assert all(references(first))


@pytest.mark.guidance("R-2.14-2")
def test_a_reference_follows_also_when_dcc_has_the_other_form(ready_pair, submitter):
    sent, kept = ready_pair
    journey.submit(sent, submitter)

    save(kept, submitter, customer_reference="PO 9")

    assert references(sent)[1] == "PO 9"
    assert told(sent, "copy_to_partner")


@pytest.mark.guidance("R-2.14-2")
def test_a_reference_that_another_request_took_is_no_obstacle(
    party, submitter, empty_order
):
    number = int(empty_order.reference.removeprefix("ORD-"))
    save(empty_order, submitter, customer_reference=f"ORD-{number + 1}")

    first, _ = journey_of_pairs.start(party, submitter)

    assert references(first)[0] == f"ORD-{number + 1}/2"


@pytest.mark.guidance("R-2.14-1", "R-2.14-2", "R-4.3-1")
def test_what_goes_for_both_is_said_once(pair, submitter):
    first, second = pair
    save(first, submitter, wants_diverse_routing=True, site_separation="40 miles")

    other = journey.fresh(second)
    assert (other.wants_diverse_routing, other.site_separation) == (True, "40 miles")


@pytest.mark.guidance("R-2.4.2-1")
def test_the_roles_can_be_swapped(pair, submitter):
    first, second = pair
    commands.swap_roles(second.pk, by=submitter)

    assert (journey.fresh(first).role, journey.fresh(second).role) == (
        "backup",
        "primary",
    )


@pytest.mark.guidance("R-2.4.2-1")
def test_roles_stand_once_dcc_accepted_one_of_the_two(ready_pair, submitter, operator):
    first, second = ready_pair
    journey.accept(journey.submit(first, submitter), operator)

    with pytest.raises(RolesAreSettled, match=first.reference):
        commands.swap_roles(second.pk, by=submitter)


@pytest.mark.guidance("R-2.4-1", "R-2.4.1-2")
def test_a_pair_taken_apart_leaves_two_that_stand_alone(ready_pair, submitter):
    first, second = ready_pair
    commands.unpair(second.pk, by=submitter)

    for order in (journey.fresh(first), journey.fresh(second)):
        assert (order.partner, order.role, order.option) == (None, "", "low")
        assert (order.related_reference, order.wants_diverse_routing) == ("", None)
        assert not order.acknowledgements.filter(what="active_standby").exists()
        assert told(order, "unpair")
    assert Notice.objects.get(kind="pair_taken_apart").to == submitter.email


def test_a_form_that_dcc_has_keeps_its_answers_when_its_pair_is_taken_apart(
    ready_pair, submitter
):
    sent, kept = ready_pair
    journey.submit(sent, submitter)
    commands.unpair(kept.pk, by=submitter, is_low_accepted=True)

    assert journey.fresh(sent).wants_diverse_routing is True
    assert references(sent)[1] == ""


@pytest.mark.guidance("R-2.4.1-1", "R-2.14-2")
@pytest.mark.parametrize("state", ["draft", "submitted", "accepted", "quoted"])
def test_an_order_that_stands_alone_gets_a_second_connection(
    make_order, submitter, state
):
    elder = make_order(state)

    order = commands.pair_with_new(elder.pk, by=submitter, option="high")

    assert (order.role, order.partner, order.state) == ("backup", elder, "draft")
    assert references(order) == references(elder)[::-1]
    assert journey.fresh(elder).state == state


@pytest.mark.guidance("R-2.4.1-1")
@pytest.mark.parametrize("state", ["withdrawn", "lapsed", "cancelled"])
def test_an_order_that_ended_is_no_partner(make_order, empty_order, submitter, state):
    ended = make_order(state)

    with pytest.raises(PartnerUnfit, match=ended.reference):
        commands.pair_requests(
            empty_order.pk, by=submitter, partner_id=ended.pk, option="high"
        )


def test_a_request_is_no_partner_of_itself_or_of_another_partys(
    empty_order, submitter, rdp, rdp_submitter
):
    foreign = journey.start(rdp, rdp_submitter)
    for other in (empty_order, foreign):
        with pytest.raises(PartnerUnfit):
            commands.pair_requests(
                empty_order.pk, by=submitter, partner_id=other.pk, option="high"
            )


@pytest.mark.guidance("R-2.4.1-2")
def test_a_third_connection_does_not_fit_into_a_pair(pair, empty_order, submitter):
    for one, other in ((empty_order, pair[0]), (pair[0], empty_order)):
        with pytest.raises(AlreadyPaired, match="already one of a pair"):
            commands.pair_requests(
                one.pk, by=submitter, partner_id=other.pk, option="medium"
            )


@pytest.mark.guidance("R-2.2-5")
@pytest.mark.parametrize("who", ["authoriser", "colleague", "outsider", "operator"])
def test_only_a_nominated_submitter_changes_a_pair(request, pair, empty_order, who):
    person, order = request.getfixturevalue(who), pair[0]
    steps = [
        lambda: commands.swap_roles(order.pk, by=person),
        lambda: commands.unpair(order.pk, by=person),
        lambda: commands.pair_with_new(empty_order.pk, by=person, option="high"),
    ]
    for step in steps:
        with pytest.raises(NotNominated):
            step()
    assert ResilienceGroup.objects.count() == 1


def test_what_stands_alone_is_not_swapped_or_taken_apart(empty_order, submitter):
    for step in (commands.swap_roles, commands.unpair):
        with pytest.raises(NotPaired, match=empty_order.reference):
            step(empty_order.pk, by=submitter)


def test_the_pair_of_a_form_that_was_sent_stands(ready_pair, submitter):
    sent = journey.submit(ready_pair[0], submitter)

    with pytest.raises(NotEditable):
        commands.unpair(sent.pk, by=submitter)


@pytest.mark.guidance("R-2.4.1-2")
def test_two_at_one_site_end_at_one_site(ready_pair, submitter, second_site):
    first, second = ready_pair
    save(second, submitter, data_centre_id=second_site.pk)

    with pytest.raises(NotOneSite, match="at one site"):
        journey.submit(first, submitter)


@pytest.mark.guidance("R-2.4.1-2")
def test_two_at_two_sites_end_at_two(high_pair, submitter, data_centre):
    first, second = high_pair
    save(second, submitter, data_centre_id=data_centre.pk)

    with pytest.raises(NotTwoSites, match="both end at Thornby Park"):
        journey.submit(first, submitter)


@pytest.mark.guidance("R-2.14-2", "R-4.3-1")
@pytest.mark.parametrize(
    ("name", "empty", "words"),
    [
        ("site_separation", "", "how far apart"),
        ("wants_diverse_routing", None, "diverse routing"),
    ],
)
def test_what_a_pair_has_to_state_is_asked_for(
    high_pair, submitter, name, empty, words
):
    save(high_pair[0], submitter, **{name: empty})

    with pytest.raises(PairIncomplete, match=words):
        journey.submit(high_pair[0], submitter)


@pytest.mark.guidance("R-4.2-4", "R-4.2-5", "R-4.3-4", "R-4.3-5")
@pytest.mark.parametrize(
    ("fixture", "what"),
    [
        ("ready_pair", "active_standby"),
        ("ready_pair", "layer_2_switch"),
        ("high_pair", "layer_2_link"),
    ],
)
def test_what_a_pair_has_to_accept_is_asked_for(request, submitter, fixture, what):
    order = request.getfixturevalue(fixture)[0]
    order.acknowledgements.filter(what=what).delete()

    with pytest.raises(PairIncomplete):
        journey.submit(order, submitter)


@pytest.mark.guidance("R-2.4.2-2", "R-4.2-6", "R-4.2-7", "R-4.3-6")
def test_a_smaller_back_up_is_fine_once_its_risk_is_accepted(ready_pair, submitter):
    first, second = ready_pair
    save(second, submitter, connection_type="lv", hv_rating_mbps=None)

    with pytest.raises(SmallerStandbyNotAccepted):
        journey.submit(first, submitter)
    journey_of_pairs.accept_smaller(second, submitter)

    assert journey.submit(first, submitter).state == "submitted"


@pytest.mark.guidance("R-2.14-2")
def test_diverse_routing_is_stated_on_both_forms_or_on_none(ready_pair, submitter):
    sent, kept = ready_pair
    journey.submit(sent, submitter)
    save(kept, submitter, wants_diverse_routing=False)

    with pytest.raises(DiversityOnOneForm):
        journey.submit(kept, submitter)


@pytest.mark.guidance("R-2.14-2", "R-4.3-1")
def test_a_form_that_comes_back_says_what_its_partner_says_by_now(
    high_pair, submitter, operator
):
    first, second = (journey.submit(order, submitter) for order in high_pair)
    journey.return_with_questions(first, operator)
    save(first, submitter, site_separation="90 miles by road")
    assert journey.fresh(second).site_separation == "62 miles by road"

    journey.return_with_questions(second, operator)

    assert journey.fresh(second).site_separation == "90 miles by road"
    assert told(second, "follow_partner")


@pytest.mark.guidance("R-2.14-2")
def test_dcc_accepts_neither_form_unless_each_names_the_other(
    ready_pair, submitter, operator
):
    first, second = (journey.submit(order, submitter) for order in ready_pair)
    ConnectionRequest.objects.filter(pk=second.pk).update(related_reference="Another")

    for order in (first, second):
        with pytest.raises(CrossReferenceNotMutual):
            journey.accept(order, operator)
    assert journey.fresh(first).state == "submitted"


@pytest.mark.guidance("R-2.14-2", "R-2.4.1-2")
def test_dcc_accepts_both_of_a_pair_that_agrees(high_pair, submitter, operator):
    for order in high_pair:
        sent = journey.submit(order, submitter)
        assert journey.accept(sent, operator).state == "accepted"


@pytest.mark.guidance("R-2.14-2")
def test_forms_that_name_each_other_become_a_pair_by_themselves(
    party, submitter, data_centre, second_site
):
    first, second = journey.start(party, submitter), journey.start(party, submitter)
    save(first, submitter, customer_reference="A", related_reference="B")
    save(first, submitter, data_centre_id=data_centre.pk)
    save(second, submitter, customer_reference="B", related_reference="A")
    assert journey.fresh(first).partner is None
    save(second, submitter, data_centre_id=second_site.pk)

    assert journey.fresh(first).partner == second
    assert journey.fresh(second).option == "high"


@pytest.mark.guidance("R-2.14-2")
def test_a_form_that_names_one_that_does_not_name_it_back_is_not_accepted(
    draft_order, submitter, operator
):
    save(draft_order, submitter, customer_reference="A", related_reference="B")
    order = journey.submit(draft_order, submitter)

    with pytest.raises(CrossReferenceNotMutual, match="names B"):
        journey.accept(order, operator)
