import pytest
from django.core.exceptions import PermissionDenied

from records.models import Event
from sites.commands import record_access
from sites.errors import AccessNotRecorded, AccessNotWanted, RackSpaceNotConfirmed
from sites.models import SiteAccess
from tests import journey, journey_on_site


@pytest.mark.guidance("R-3.5-1")
def test_a_verified_authority_brings_the_answer_about_access(
    issued_quote, authoriser, operator
):
    authority = journey.upload(issued_quote, authoriser, rules="Photo ID, 48 hours")
    journey.verify(authority, operator, authoriser)

    access = SiteAccess.objects.get()
    assert (access.has_rules, access.rules) == (True, "Photo ID, 48 hours")
    assert not access.is_agreed


@pytest.mark.guidance("R-2.13-1", "R-3.6-2", "R-3.5-6")
def test_no_visit_is_booked_before_access_is_recorded(authorised_order, installer):
    with pytest.raises(AccessNotRecorded, match="before access is agreed"):
        journey_on_site.book(authorised_order, installer, "circuit")

    journey_on_site.agree_access(authorised_order, installer)
    assert journey_on_site.book(authorised_order, installer, "circuit").pk


@pytest.mark.guidance("R-3.5-6")
def test_a_survey_too_waits_for_access(indicative_order, installer):
    with pytest.raises(AccessNotRecorded, match="before access is agreed"):
        journey_on_site.book(indicative_order, installer, "survey")


def test_recording_access_says_who_when_and_how(told_order, desk):
    record_access(told_order.pk, by=desk, notes="Gate code from Sam")

    access = SiteAccess.objects.get()
    assert (access.agreed_by, access.notes) == (desk, "Gate code from Sam")
    event = Event.objects.get(name="record_access")
    assert (event.by, event.at) == (desk, access.agreed_at)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("operator", True),
        ("desk", True),
        ("installer", True),
        ("configurer", False),
        ("billing_clerk", False),
        ("submitter", False),
        ("outsider", False),
    ],
)
def test_only_those_who_talk_to_the_site_record_access(
    request, told_order, who, allowed
):
    try:
        record_access(told_order.pk, by=request.getfixturevalue(who))
    except PermissionDenied:
        assert not allowed
    else:
        assert allowed


@pytest.mark.guidance("R-3.7-2")
def test_the_rack_space_is_confirmed_by_who_brought_the_authority_when_it_came(
    pending_authority, authoriser, operator
):
    journey.verify(pending_authority, operator, authoriser)

    access = SiteAccess.objects.get()
    assert access.space_confirmed_at == pending_authority.received_at
    assert access.space_confirmed_by == authoriser


@pytest.mark.guidance("R-3.7-2")
def test_no_installation_is_booked_without_the_rack_space(ready_order, installer, desk):
    SiteAccess.objects.update(space_confirmed_at=None, space_confirmed_by=None)

    with pytest.raises(RackSpaceNotConfirmed, match="4U of rack space is free"):
        journey_on_site.book(ready_order, installer, "circuit")

    record_access(ready_order.pk, by=desk, is_space_confirmed=True)
    assert SiteAccess.objects.get().space_confirmed_by == desk
    assert journey_on_site.book(journey.fresh(ready_order), installer, "circuit").pk


@pytest.mark.guidance("R-3.7-2")
def test_a_survey_is_booked_before_the_rack_space_is_settled(
    survey_ready_order, installer
):
    assert not SiteAccess.objects.get().has_space
    assert journey_on_site.book(survey_ready_order, installer, "survey").pk


@pytest.mark.parametrize("state", ["submitted", "quoted", "cancelled", "lapsed"])
def test_access_is_recorded_only_for_an_order_that_is_going_ahead(
    make_order, operator, state
):
    order = make_order(state)

    with pytest.raises(AccessNotWanted, match="no access to arrange"):
        record_access(order.pk, by=operator)


def test_access_is_not_recorded_after_installation(connection, operator):
    with pytest.raises(AccessNotWanted, match="configuration"):
        record_access(connection.order_id, by=operator)


@pytest.mark.guidance("R-3.5-1", "R-2.13-1")
@pytest.mark.parametrize(
    ("rules", "is_agreed"),
    [("", True), ("Photo ID", False)],
    ids=["none as before", "other rules"],
)
def test_other_rules_with_the_updated_authority_are_agreed_anew(
    surveyed_order, operator, authoriser, rules, is_agreed
):
    quote = journey.issue(journey.draft(surveyed_order, operator), operator)
    authority = journey.upload(quote, authoriser, rules=rules)
    journey.verify(authority, operator, authoriser)

    assert SiteAccess.objects.get().is_agreed == is_agreed
    events = Event.objects.filter(name="record_access_answer")
    assert events.exists() != is_agreed
