"""Starting, filling in, copying and submitting a request."""

from datetime import UTC, date, datetime, timedelta

import pytest

from orders import commands
from orders.errors import (
    ForeignDataCentre,
    NoStanding,
    NotEditable,
    NotEligible,
    NotNominated,
    NotOpenYet,
    ProviderNotSecParty,
    ReferenceTaken,
    RequestIncomplete,
)
from orders.findings import needed_acknowledgements
from orders.models import ConnectionRequest
from parties.commands import appoint_provider
from parties.models import PartyStanding
from parties.states import Purpose
from records.errors import NotPossibleInState
from records.models import Event, Notice
from tests import journey
from tests.cast import NOW
from tests.factories.parties import (
    DataCentreFactory,
    NominationFactory,
    PartyFactory,
    PersonFactory,
    StandingFactory,
)

YESTERDAY = NOW.date() - timedelta(days=1)


def lose_standing(party, last_day=YESTERDAY):
    PartyStanding.objects.filter(party=party).update(until_on=last_day)


@pytest.mark.guidance("R-1.1-2", "R-2.2-8", "R-1.3-6")
@pytest.mark.parametrize(
    ("whose", "who", "route"),
    [("party", "submitter", "h15"), ("rdp", "rdp_submitter", "e3")],
)
def test_a_request_is_placed_under_the_route_of_its_party(request, whose, who, route):
    party, person = request.getfixturevalue(whose), request.getfixturevalue(who)

    order = journey.start(party, person)

    assert (order.route, order.party, order.state) == (route, party, "draft")
    assert Event.objects.of_thread(order.reference).get().by == person


def test_each_request_has_its_own_reference(party, submitter):
    references = {journey.start(party, submitter).reference for _ in range(3)}

    assert len(references) == 3


@pytest.mark.guidance("R-2.2-1", "R-2.2-2")
def test_a_party_that_is_both_says_in_which_capacity_it_asks(rdp, rdp_submitter):
    StandingFactory(party=rdp, from_on=NOW.date())

    order = journey.start(rdp, rdp_submitter)

    assert (order.route, order.is_capacity_asked) == ("", True)
    assert order.missing_fields["route"] == "in which capacity you ask"


@pytest.mark.guidance("R-2.2-1")
def test_a_party_without_standing_starts_nothing(party, submitter):
    lose_standing(party)

    with pytest.raises(NoStanding, match="neither a SEC Party"):
        journey.start(party, submitter)


NOT_SUBMITTERS = ("authoriser", "colleague", "outsider", "operator", "desk")


@pytest.mark.guidance("R-2.2-5", "R-2.2-7")
@pytest.mark.parametrize("who", NOT_SUBMITTERS)
def test_only_a_nominated_submitter_starts_saves_copies_or_submits(
    request, party, draft_order, who
):
    person = request.getfixturevalue(who)
    events = Event.objects.count()
    steps = [
        lambda: commands.start_request(party.pk, by=person),
        lambda: commands.copy_request(draft_order.pk, by=person),
        lambda: commands.save_answers(draft_order.pk, by=person, answers={}),
        lambda: commands.submit_request(draft_order.pk, by=person),
    ]
    for step in steps:
        with pytest.raises(NotNominated, match="To nominate somebody"):
            step()
    assert Event.objects.count() == events


@pytest.mark.guidance("R-2.2-6")
@pytest.mark.parametrize(
    ("from_on", "until_on", "may"),
    [
        (0, None, True),
        (0, 0, True),
        (-10, -1, False),
        (1, None, False),
    ],
    ids=["from today", "today only", "ended yesterday", "from tomorrow"],
)
def test_a_nomination_counts_between_its_days(party, from_on, until_on, may):
    person, today = PersonFactory(party=party), NOW.date()
    NominationFactory(
        user=person,
        from_on=today + timedelta(days=from_on),
        until_on=None if until_on is None else today + timedelta(days=until_on),
    )
    if may:
        assert journey.start(party, person)
        return
    with pytest.raises(NotNominated):
        journey.start(party, person)


def test_answers_are_kept_and_can_be_changed_while_a_draft(
    empty_order, submitter, data_centre
):
    journey.answer(empty_order, submitter, data_centre, hv_rating_mbps=50)

    order = journey.answer(
        empty_order, submitter, data_centre, connection_type="lv", uses=["ssi"]
    )
    assert (order.connection_type, order.hv_rating_mbps) == ("lv", None)
    assert journey.fresh(order).uses == ["ssi"]


@pytest.mark.guidance("R-2.5-10")
def test_no_period_is_stored_for_an_rdp(rdp, rdp_submitter):
    order = journey.start(rdp, rdp_submitter)

    commands.save_answers(
        order.pk, by=rdp_submitter, answers={"minimum_period_years": 3}
    )

    assert journey.fresh(order).minimum_period_years is None


@pytest.mark.guidance("R-2.3-4")
def test_another_partys_data_centre_is_refused(empty_order, submitter, other_party):
    foreign = DataCentreFactory(party=other_party)

    with pytest.raises(ForeignDataCentre):
        journey.answer(empty_order, submitter, foreign)
    assert journey.fresh(empty_order).data_centre is None


@pytest.mark.guidance("R-2.14-2")
def test_a_reference_of_ones_own_is_given_once_in_a_party(
    draft_order, party, submitter, rdp, rdp_submitter
):
    answers = {"customer_reference": "PO 1"}
    commands.save_answers(draft_order.pk, by=submitter, answers=answers)
    other = journey.start(party, submitter)

    with pytest.raises(ReferenceTaken, match=draft_order.reference):
        commands.save_answers(other.pk, by=submitter, answers=answers)
    commands.save_answers(draft_order.pk, by=submitter, answers=answers)
    elsewhere = journey.start(rdp, rdp_submitter)
    commands.save_answers(elsewhere.pk, by=rdp_submitter, answers=answers)


@pytest.mark.parametrize("name", ["state", "party_id", "reference", "owner"])
def test_only_answers_of_the_form_can_be_saved(draft_order, submitter, name):
    with pytest.raises(ValueError, match=name):
        commands.save_answers(draft_order.pk, by=submitter, answers={name: "x"})


@pytest.mark.parametrize("state", ["submitted", "accepted", "quoted", "withdrawn"])
def test_answers_stand_still_once_sent(make_order, submitter, state):
    order = make_order(state)

    with pytest.raises(NotEditable, match="can no longer be changed"):
        commands.save_answers(order.pk, by=submitter, answers={"uses": ["ssi"]})


@pytest.mark.guidance("R-1.3-8", "R-0-2")
def test_submitting_records_who_when_and_which_guidance(draft_order, submitter):
    order = journey.submit(draft_order, submitter, at=NOW)

    assert (order.state, order.submitted_by) == ("submitted", submitter)
    assert (order.submitted_at, order.guidance_version) == (NOW, "1.0")
    event = Event.objects.get(name="submit")
    assert (event.from_state, event.to_state) == ("draft", "submitted")
    assert Notice.objects.get().to == submitter.email


@pytest.mark.guidance("R-2.5-1")
@pytest.mark.parametrize(
    ("name", "empty", "words"),
    [
        ("data_centre_id", None, "data centre"),
        ("minimum_period_years", None, "minimum contract period"),
        ("uses", [], "intended use"),
        ("site_contact_name", "", "site contact"),
    ],
)
def test_an_incomplete_request_names_what_is_missing(
    draft_order, submitter, name, empty, words
):
    commands.save_answers(draft_order.pk, by=submitter, answers={name: empty})

    with pytest.raises(RequestIncomplete, match=words):
        journey.submit(draft_order, submitter)
    assert journey.fresh(draft_order).state == "draft"


def test_an_empty_request_is_refused_in_words(empty_order, submitter):
    with pytest.raises(RequestIncomplete, match="type of connection"):
        journey.submit(empty_order, submitter)


def test_what_the_form_found_missing_counts_too(draft_order, submitter):
    with pytest.raises(RequestIncomplete, match="declaration"):
        commands.submit_request(draft_order.pk, by=submitter, missing=["Declaration"])


@pytest.mark.guidance("R-2.2-1")
def test_a_party_that_lost_its_standing_cannot_submit(draft_order, party, submitter):
    lose_standing(party)

    with pytest.raises(NotEligible, match="not a SEC Party"):
        journey.submit(draft_order, submitter)


@pytest.mark.guidance("R-2.2-1")
def test_being_an_rdp_does_not_help_a_request_of_a_sec_party(
    draft_order, party, submitter
):
    lose_standing(party)
    StandingFactory(party=party, standing="rdp")

    with pytest.raises(NotEligible):
        journey.submit(draft_order, submitter)


@pytest.mark.guidance("R-1.2-1", "T21")
@pytest.mark.parametrize(
    ("at", "is_open"),
    [("2015-01-25T23:59:59", False), ("2015-01-26T00:00:00", True)],
)
def test_nothing_is_submitted_before_the_service_opened(
    draft_order, submitter, at, is_open
):
    at = datetime.fromisoformat(at).replace(tzinfo=UTC)
    if is_open:
        assert journey.submit(draft_order, submitter, at=at).state == "submitted"
        return
    with pytest.raises(NotOpenYet):
        journey.submit(draft_order, submitter, at=at)


def test_submitting_twice_is_told_and_sends_nothing_twice(submitted_order, submitter):
    with pytest.raises(NotPossibleInState, match="is submitted"):
        journey.submit(submitted_order, submitter)
    assert Notice.objects.filter(kind="request_received").count() == 1


@pytest.mark.guidance("R-3.4-6")
def test_a_copy_is_a_new_request_with_the_old_answers(make_order, submitter):
    source = make_order("lapsed", customer_reference="PO 7")

    order = commands.copy_request(source.pk, by=submitter)

    assert (order.state, order.copied_from) == ("draft", source)
    assert order.reference != source.reference
    assert (order.hv_rating_mbps, order.customer_reference) == (20, "")
    assert journey.fresh(source).state == "lapsed"


@pytest.mark.guidance("R-4.1-4")
def test_nobody_acknowledges_by_copying(make_order, submitter):
    copy = commands.copy_request(make_order("lapsed").pk, by=submitter)
    commands.save_answers(copy.pk, by=submitter, answers={"is_shared": False})

    with pytest.raises(RequestIncomplete, match="no availability is guaranteed"):
        journey.submit(copy, submitter)
    whats = needed_acknowledgements(copy)
    commands.acknowledge(copy.pk, by=submitter, whats=whats)
    assert journey.submit(copy, submitter).state == "submitted"


def test_a_copy_goes_by_the_standing_of_today(make_order, party, submitter):
    source = make_order("submitted")
    lose_standing(party)
    StandingFactory(party=party, standing="rdp", from_on=date(2015, 1, 26))

    order = commands.copy_request(source.pk, by=submitter)

    assert (order.route, order.minimum_period_years) == ("e3", None)


@pytest.mark.guidance("R-1.3-1", "R-1.3-3")
@pytest.mark.parametrize(
    ("who", "count"),
    [
        ("submitter", 3),
        ("colleague", 3),
        ("outsider", 0),
        ("operator", 3),
        ("desk", 3),
        ("billing_clerk", 3),
        ("installer", 1),
        ("configurer", 0),
    ],
)
def test_each_sees_their_own_orders(request, make_order, who, count):
    for state in ("draft", "quoted", "authorised"):
        make_order(state)
    person = request.getfixturevalue(who)

    assert ConnectionRequest.objects.visible_to(person).count() == count


def test_someone_nominated_for_both_may_do_both(party, data_centre):
    person = PersonFactory(party=party, nominated=[Purpose.SUBMIT, Purpose.AUTHORISE])
    order = journey.answer(journey.start(party, person), person, data_centre)

    assert journey.submit(order, person).state == "submitted"


@pytest.mark.guidance("R-2.2-3")
def test_a_shared_service_provider_orders_only_once_it_is_a_sec_party(rdp, desk):
    provider = PartyFactory(name="Shared Services", standing=None)
    person = PersonFactory(party=provider, nominated=[Purpose.SUBMIT])
    appoint_provider(rdp.pk, provider_id=provider.pk, from_on=NOW.date(), by=desk)

    with pytest.raises(ProviderNotSecParty, match="provider of Tamar Networks"):
        commands.start_request(provider.pk, by=person)

    StandingFactory(party=provider)
    assert commands.start_request(provider.pk, by=person).route == "h15"
