import pytest
from django.core.exceptions import PermissionDenied

from records.models import Event
from sites.commands import record_access
from sites.errors import AccessNotRecorded, AccessNotWanted
from sites.models import SiteAccess
from tests import journey, journey_on_site


@pytest.mark.guidance("R-3.5-1", "R-3.5-3")
def test_a_verified_authority_brings_the_answer_about_access(
    issued_quote, authoriser, operator
):
    authority = journey.upload(issued_quote, authoriser, rules="Photo ID, 48 hours")
    journey.verify(authority, operator, authoriser)

    access = SiteAccess.objects.get()
    assert (access.has_rules, access.rules) == (True, "Photo ID, 48 hours")
    assert not access.is_agreed


@pytest.mark.guidance("R-2.13-1", "R-2.13-3", "R-3.6-2")
def test_no_visit_is_booked_before_access_is_recorded(authorised_order, installer):
    with pytest.raises(AccessNotRecorded, match="before access is agreed"):
        journey_on_site.book(authorised_order, installer, "circuit")

    journey_on_site.agree_access(authorised_order, installer)
    assert journey_on_site.book(authorised_order, installer, "circuit").pk


def test_recording_access_says_who_when_and_how(authorised_order, desk):
    record_access(authorised_order.pk, by=desk, notes="Gate code from Sam")

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
    request, authorised_order, who, allowed
):
    try:
        record_access(authorised_order.pk, by=request.getfixturevalue(who))
    except PermissionDenied:
        assert not allowed
    else:
        assert allowed


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
    events = Event.objects.filter(name="keep_access_answer")
    assert events.exists() != is_agreed
