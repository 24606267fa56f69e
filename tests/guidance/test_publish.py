"""Publishing: approved by name, in force at once, told to everybody once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from guidance import commands
from guidance.errors import ApprovalMissing, IssueDateWrong, NothingChanged
from guidance.models import GuidanceVersion
from guidance.states import VersionState
from parties.states import Standing
from records.models import Event, Notice
from tests.cast import NOW
from tests.factories.parties import PartyFactory, PersonFactory
from tests.guidance.conftest import APPROVAL
from tests.owed import do


def publish(draft, by, **facts):
    return commands.publish_version(draft.pk, by=by, at=NOW, **(APPROVAL | facts))


def told():
    notices = Notice.objects.filter(kind="guidance_published")
    return sorted(notices.values_list("to", flat=True))


@pytest.mark.guidance("R-0-2", "R-0-3")
def test_publishing_records_approver_title_date_and_who_published(
    changed_draft, operator
):
    publish(changed_draft, operator)

    version = GuidanceVersion.objects.get(number="1.1")
    assert {name: getattr(version, name) for name in APPROVAL} == APPROVAL
    assert (version.published_at, version.published_by) == (NOW, operator)
    assert Event.objects.get(name="publish").what == "Guidance published"
    assert commands.version_in_force() == "1.1"


@pytest.mark.guidance("R-0-3")
@pytest.mark.parametrize("who", ["desk", "billing_clerk", "configurer", "authoriser"])
def test_only_operations_publishes(request, changed_draft, who):
    with pytest.raises(PermissionDenied):
        publish(changed_draft, request.getfixturevalue(who))

    assert commands.version_in_force() == "1.0"


@pytest.mark.guidance("R-0-3")
@pytest.mark.parametrize("fact", APPROVAL)
def test_an_approval_with_a_gap_is_refused(changed_draft, operator, fact):
    with pytest.raises(ApprovalMissing, match="Enter "):
        publish(changed_draft, operator, **{fact: None if "_on" in fact else " "})


@pytest.mark.guidance("R-0-3")
def test_the_database_holds_no_published_version_without_an_approver(in_force):
    in_force.approver = ""
    with pytest.raises(IntegrityError), transaction.atomic():
        in_force.save()


def test_a_version_that_says_nothing_new_is_refused(draft, operator):
    with pytest.raises(NothingChanged, match=r"the same as version 1\.0"):
        publish(draft, operator)


def test_a_new_answer_is_something_new(draft, operator):
    commands.add_question(draft.pk, by=operator, question="Q", answer="A")

    assert publish(draft, operator).state == VersionState.PUBLISHED


@pytest.mark.parametrize("day", [date(2026, 3, 4), date(2015, 1, 18)])
def test_an_issue_date_is_not_in_the_future_nor_before_the_last(
    changed_draft, operator, day
):
    with pytest.raises(IssueDateWrong, match="nor before 19 January 2015"):
        publish(changed_draft, operator, issued_on=day)


def contact_of(standing, address, **dates):
    party = PartyFactory(standing__standing=standing, **dates)
    return PersonFactory(party=party, email=address)


@pytest.mark.guidance("R-0-4")
def test_every_contact_of_sec_parties_and_rdps_is_told(
    changed_draft, operator, colleague, rdp_submitter
):
    publish(changed_draft, operator)
    assert do(commands.tell_of_version, changed_draft.pk)

    assert told() == [colleague.email, rdp_submitter.email]
    text = Notice.objects.get(to=rdp_submitter.email).text
    assert "approved by Ann Prover, Director of Operations" in text
    assert "issued on 3 March 2026" in text


@pytest.mark.guidance("R-0-4")
def test_who_has_left_or_has_no_standing_today_is_not_told(changed_draft, operator):
    contact_of(Standing.RDP, "former@x.example", standing__until_on=date(2026, 3, 2))
    contact_of(Standing.RDP, "future@x.example", standing__from_on=date(2026, 3, 4))
    PersonFactory(party=PartyFactory(standing=None), email="none@x.example")
    contact_of(Standing.SEC_PARTY, "last-day@x.example", standing__until_on=NOW.date())
    PersonFactory(party=PartyFactory(), email="gone@x.example", is_active=False)
    publish(changed_draft, operator)
    assert do(commands.tell_of_version, changed_draft.pk)

    assert told() == ["last-day@x.example"]


def test_a_version_is_told_once_however_often_a_worker_is_asked(
    changed_draft, operator, colleague
):
    publish(changed_draft, operator)
    assert do(commands.tell_of_version, changed_draft.pk)
    assert commands.tell_of_version(changed_draft.pk) == 0

    assert told() == [colleague.email]
    assert not GuidanceVersion.objects.still_to_tell().exists()


def test_telling_goes_on_where_it_was_cut_short(changed_draft, operator, monkeypatch):
    monkeypatch.setattr("guidance.commands.publish.CHUNK", 2)
    for number in range(5):
        contact_of(Standing.SEC_PARTY, f"person-{number}@x.example")
    publish(changed_draft, operator)
    commands.tell_of_version(changed_draft.pk)
    GuidanceVersion.objects.filter(pk=changed_draft.pk).update(told_at=None)

    assert commands.tell_of_version(changed_draft.pk) == 5
    assert len(told()) == 5


def test_who_joined_after_the_day_is_not_told_by_a_late_run(
    changed_draft, operator, colleague, clock
):
    publish(changed_draft, operator)
    clock.move_to(NOW + timedelta(days=2))
    contact_of(Standing.RDP, "late@x.example", standing__from_on=date(2026, 3, 4))
    commands.tell_of_version(changed_draft.pk)

    assert told() == [colleague.email]


def test_the_first_version_is_told_to_nobody_again(in_force, colleague):
    assert commands.tell_of_version(in_force.pk) == 0


@pytest.mark.guidance("R-0-2")
def test_an_order_keeps_the_version_in_force_when_it_was_sent(
    submitted_order, changed_draft, operator, make_order
):
    publish(changed_draft, operator)
    submitted_order.refresh_from_db()

    assert submitted_order.guidance_version == "1.0"
    assert make_order("submitted").guidance_version == "1.1"
