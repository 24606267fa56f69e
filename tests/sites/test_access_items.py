"""What has to be there before anybody may come: asked for, added, settled."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from orders.errors import ReasonMissing
from records.models import Event, Notice
from sites import commands
from sites.errors import AccessItemOnlyBefore, AccessItemsOpen, DueDayPassed
from sites.models import AccessItem
from tests import journey, journey_on_site
from worklist.models import WorkItem

# NOW is Tuesday 3 March 2026.
DUE = date(2026, 3, 6)
ASKS = {
    "own_documents": "Visitor permit\n\n Hot works permit ",
    "rams": "standard",
    "induction": "20 minutes on the first visit",
    "notice_working_days": 3,
    "notice_says": "Names and number plates",
}


@pytest.fixture
def asked(authorised_order, submitter):
    """An order at a site that asks for all it can."""
    journey_on_site.write_passport(authorised_order, submitter, **ASKS)
    return journey.fresh(authorised_order)


@pytest.fixture
def item(told_order, desk):
    return add(told_order, desk)


def add(order, by, **how):
    how = {"what": "Insurance certificate", "owner": "party", "due_on": DUE, **how}
    return commands.add_access_item(order.pk, by=by, **how)


def owed():
    rows = WorkItem.objects.open().order_by("kind", "pk")
    return [(row.kind, row.turn, row.due_on) for row in rows]


@pytest.mark.guidance("R-2.13-3", "R-2.13-4")
def test_what_a_site_asks_for_has_an_owner_and_a_last_day(asked):
    found = [(one.kind, one.what, one.owner) for one in asked.access_items.all()]

    assert found == [
        ("own_document", "Visitor permit", "party"),
        ("own_document", "Hot works permit", "party"),
        ("rams", "Standard RAMS handed in to the site", "installer"),
        ("induction", "Induction booked with the site", "party"),
        ("notice", "For the site’s notice: Names and number plates", "installer"),
    ]
    assert {one.due_on for one in asked.access_items.all()} == {date(2026, 3, 10)}


@pytest.mark.guidance("R-2.13-3")
def test_access_is_not_agreed_while_something_is_open(item, told_order, desk):
    words = rf"Insurance certificate \({told_order.party}, by 6 March 2026\)"
    with pytest.raises(AccessItemsOpen, match=words):
        commands.record_access(told_order.pk, by=desk)

    commands.settle_access_item(item.pk, by=desk)
    assert commands.record_access(told_order.pk, by=desk).is_agreed


@pytest.mark.guidance("R-2.13-1", "R-2.13-3")
def test_what_comes_up_after_access_was_agreed_keeps_a_visit_from_being_booked(
    ready_order, desk, installer
):
    late = add(ready_order, desk)
    with pytest.raises(AccessItemsOpen, match="Insurance certificate"):
        journey_on_site.book(ready_order, installer, "circuit")

    commands.drop_access_item(late.pk, by=desk, reason="The site has it")
    assert journey_on_site.book(journey.fresh(ready_order), installer, "circuit").pk


@pytest.mark.guidance("R-2.13-4")
def test_each_thing_is_owed_by_whoever_sees_to_it_until_its_day(told_order, desk):
    for owner in ("party", "installer", "dcc"):
        add(told_order, desk, owner=owner)

    assert owed() == [
        ("access_item_of_dcc", "operations", DUE),
        ("access_item_of_installer", "installer", DUE),
        ("access_item_of_party", "submitter", DUE),
    ]


def test_once_all_is_there_the_desk_agrees_access_from_then_on(item, submitter, clock):
    clock.move_to("2026-03-05T10:00Z")
    commands.settle_access_item(item.pk, by=submitter)

    row = WorkItem.objects.open().get()
    assert (row.kind, row.opened_at.date()) == ("agree_access", date(2026, 3, 5))


def test_a_corrected_passport_brings_the_list_up_to_date(asked, submitter, desk):
    permit = asked.access_items.get(what="Visitor permit")
    commands.settle_access_item(permit.pk, by=desk)
    now = {**ASKS, "own_documents": "Visitor permit\nKey card", "rams": "none"}
    journey_on_site.write_passport(asked, submitter, **now)

    states = dict(asked.access_items.values_list("what", "state"))
    assert states["Visitor permit"] == "done"
    assert states["Key card"] == "open"
    assert states["Hot works permit"] == "dropped"
    assert states["Standard RAMS handed in to the site"] == "dropped"
    gone = asked.access_items.get(what="Hot works permit")
    assert gone.reason == "Version 2 of the access details asks for it no longer"


def test_what_is_asked_for_again_is_open_again(asked, submitter):
    journey_on_site.write_passport(asked, submitter, **{**ASKS, "rams": "none"})
    journey_on_site.write_passport(asked, submitter, **ASKS)

    rams = asked.access_items.filter(kind="rams").values_list("state", flat=True)
    assert list(rams) == ["dropped", "open"]


def test_custom_rams_may_cost_something_and_the_supplier_sees_to_it(
    authorised_order, submitter
):
    journey_on_site.write_passport(authorised_order, submitter, rams="custom")

    rams = AccessItem.objects.get()
    assert (rams.kind, rams.owner) == ("rams", "installer")
    assert "may cost something" in rams.note


@pytest.mark.guidance("R-2.12-1")
def test_after_the_last_visit_nothing_is_asked_for(installed_order, submitter, desk):
    journey_on_site.write_passport(installed_order, submitter, **ASKS)

    assert not AccessItem.objects.exists()
    with pytest.raises(AccessItemOnlyBefore, match="needs no visit any more"):
        add(installed_order, desk)


def test_before_an_authority_nothing_can_be_added(issued_quote, desk):
    with pytest.raises(AccessItemOnlyBefore, match="or none yet"):
        add(issued_quote.order, desk)


def test_what_is_still_open_when_all_is_installed_is_owed_by_nobody(
    told_order, desk, installer
):
    one = add(told_order, desk)
    commands.settle_access_item(one.pk, by=desk)
    journey_on_site.install(told_order, installer)

    assert "access_item_of_party" not in {kind for kind, *_ in owed()}


def test_a_last_day_that_has_passed_is_refused(told_order, desk):
    with pytest.raises(DueDayPassed, match="2 March 2026 has passed"):
        add(told_order, desk, due_on=date(2026, 3, 2))


def test_what_is_no_longer_needed_says_why(item, desk):
    with pytest.raises(ReasonMissing):
        commands.drop_access_item(item.pk, by=desk, reason=" ")

    commands.drop_access_item(item.pk, by=desk, reason="The site has it")
    event = Event.objects.get(name="drop")
    assert (event.by, event.why) == (desk, "Insurance certificate\nThe site has it")


OWNERS = {
    "party": {"operator", "desk", "submitter"},
    "installer": {"operator", "desk", "installer"},
    "dcc": {"operator", "desk"},
}
PEOPLE = (
    "operator",
    "desk",
    "installer",
    "configurer",
    "billing_clerk",
    "submitter",
    "authoriser",
    "colleague",
    "outsider",
)


@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("who", PEOPLE)
def test_its_owner_and_dcc_settle_a_thing_and_nobody_else(
    request, told_order, desk, owner, who
):
    allowed = OWNERS[owner]
    one = add(told_order, desk, owner=owner)
    person = request.getfixturevalue(who)
    try:
        commands.settle_access_item(one.pk, by=person)
    except PermissionDenied:
        assert who not in allowed
    else:
        assert who in allowed


@pytest.mark.parametrize("who", PEOPLE)
def test_the_party_and_whoever_talks_to_the_site_add_a_thing(request, told_order, who):
    try:
        add(told_order, request.getfixturevalue(who))
    except PermissionDenied:
        assert who not in {"operator", "desk", "installer", "submitter"}
    else:
        assert who in {"operator", "desk", "installer", "submitter"}


@pytest.mark.parametrize("who", PEOPLE)
def test_these_people_see_what_has_to_be_there(request, item, who):
    seen = AccessItem.objects.visible_to(request.getfixturevalue(who)).exists()

    assert seen is (who not in {"configurer", "outsider"})


def test_the_party_is_told_what_dcc_asks_of_it_and_of_nothing_else(
    told_order, desk, submitter
):
    add(told_order, desk)
    add(told_order, desk, owner="installer")
    add(told_order, submitter)

    notice = Notice.objects.get(kind="access_item_added")
    assert notice.to == submitter.email
    assert "has to be there: Insurance certificate" in notice.text
    assert "Friday 6 March 2026" in notice.text


def test_the_page_says_what_is_open_whose_and_until_when(client, item, submitter):
    client.force_login(submitter)
    page = client.get(reverse("access", args=[item.order.reference])).content.decode()

    assert "One thing open" in page
    assert "Insurance certificate" in page
    assert "3 days left" in page
    assert ">See to it<" in page


def test_who_may_not_settle_it_reads_who_does(client, item, colleague):
    client.force_login(colleague)
    page = client.get(reverse("access", args=[item.order.reference])).content.decode()

    assert f"<strong>{item.order.party}</strong> sees to it" in page
    assert ">See to it<" not in page


def test_the_party_adds_a_thing_on_its_page_and_settles_it(
    client, told_order, submitter
):
    client.force_login(submitter)
    named = [told_order.reference]
    typed = {"what": "Key card", "owner": "party", "note": "From reception"}
    day = {"due_on_day": "9", "due_on_month": "3", "due_on_year": "2026"}
    answer = client.post(reverse("access-item-new", args=named), {**typed, **day})
    assert answer.url == reverse("access", args=named)

    settle = reverse("access-item-settle", args=[*named, 1])
    refused = client.post(settle, {"how": "dropped", "note": ""}).content.decode()
    assert "Say why it is no longer needed" in refused
    client.post(settle, {"how": "done", "note": "At reception"})

    one = AccessItem.objects.get()
    assert (one.state, one.reason, one.closed_by) == ("done", "At reception", submitter)
    shown = client.get(reverse("access-item", args=[*named, 1])).content.decode()
    assert "At reception" in shown


def test_a_colleague_sends_no_settling_by_hand(client, item, colleague):
    client.force_login(colleague)
    settle = reverse("access-item-settle", args=[item.order.reference, item.number])

    assert client.post(settle, {"how": "done"}).status_code == 403
    assert AccessItem.objects.get().is_open


def test_the_visit_page_names_what_is_not_there_yet(
    client, circuit_visit, desk, submitter
):
    add(circuit_visit.order, desk)
    client.force_login(submitter)
    page = client.get(reverse("visit", args=[circuit_visit.reference]))

    assert "Insurance certificate" in page.content.decode()


def test_things_are_numbered_by_order(told_order, desk):
    assert [add(told_order, desk).number for _ in range(2)] == [1, 2]
