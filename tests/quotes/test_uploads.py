"""A signed scan on its way to DCC: uploaded, handed in, replaced, thrown away."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from orders import commands as orders
from quotes import commands, tasks
from quotes.errors import (
    CheckBegun,
    QuoteLapsed,
    ReplacementWaiting,
    ScanMissing,
    SignedUploadNeeded,
    UploadChanged,
    UploadWaiting,
)
from quotes.models import Authority, Quote
from records.models import Document, Event, Notice
from tests import journey
from tests.cast import NOW

pytestmark = pytest.mark.guidance("R-2.11-3")
TICK = timedelta(microseconds=1)
QUARTER = timedelta(minutes=15)
OTHER = journey.one_file(b"%PDF-another", name="page 2.pdf")


@pytest.fixture
def uploaded(issued_quote, authoriser):
    """Uploaded, and neither looked at nor handed in."""
    return journey.bring(issued_quote, authoriser, at=NOW)


def row_of(authority):
    return Authority.objects.get(pk=authority.pk)


def replace(before, person, *files, **more):
    files = files or (OTHER,)
    return journey.bring(before.quote, person, *files, replaces=before.pk, **more)


def standing():
    return Quote.objects.get().state


def test_an_upload_is_kept_and_is_no_authority_before_it_is_handed_in(uploaded):
    assert (uploaded.state, uploaded.outcome) == ("uploaded", "none")
    assert uploaded.hands_in_at == NOW + QUARTER
    assert standing() == "issued"
    assert not Notice.objects.filter(kind="authority_received").exists()
    assert journey.content_of(uploaded.documents[0]) == journey.tiny_pdf()


@pytest.mark.guidance("R-2.11-1", "R-2.11-5")
def test_it_counts_from_the_upload_and_not_from_when_it_was_handed_in(
    uploaded, submitter
):
    later = NOW + timedelta(minutes=7)

    commands.hand_in_authority(uploaded.pk, by=submitter, at=later)

    row = row_of(uploaded)
    assert (row.received_at, row.handed_in_at) == (NOW, later)
    assert Event.objects.get(name="hand_in_authority").at == NOW
    assert (standing(), row.outcome) == ("authority_received", "pending")
    assert Notice.objects.filter(kind="authority_received").exists()


@pytest.mark.guidance("R-2.11-1", "R-3.4-3")
def test_uploaded_in_the_last_second_and_confirmed_after_midnight_is_in_time(
    issued_quote, authoriser, operator
):
    end = issued_quote.lapses_at
    row = journey.bring(issued_quote, authoriser, at=end - timedelta(seconds=1))
    assert not commands.lapse_quote(issued_quote.pk, now=end + timedelta(minutes=5))

    commands.hand_in_authority(row.pk, by=authoriser, at=end + timedelta(minutes=6))

    assert journey.verify(row, operator, authoriser).state == "authorised"
    assert Quote.objects.get().decided_at == end - timedelta(seconds=1)


@pytest.mark.guidance("R-2.11-1")
@pytest.mark.parametrize("late", [timedelta(0), timedelta(hours=9)])
def test_what_nobody_confirms_is_handed_in_as_it_is_however_late_the_timer(
    uploaded, late
):
    assert commands.hand_in_due_authority(uploaded.pk, now=NOW + QUARTER + late)
    assert not commands.hand_in_due_authority(uploaded.pk, now=NOW + QUARTER + late)

    row = row_of(uploaded)
    assert (row.state, row.handed_in_at) == ("handed_in", NOW + QUARTER)
    event = Event.objects.get(name="hand_in_authority")
    assert (event.at, event.by) == (NOW, None)
    assert "Nobody had confirmed it" in Event.objects.get(name="hand_in").why
    text = Notice.objects.filter(kind="authority_received").first().text
    assert "Nobody had confirmed it within 15 minutes" in text


def test_before_its_time_no_timer_hands_it_in(uploaded, clock, monkeypatch):
    asked = []
    monkeypatch.setattr(tasks, "hand_in", asked.append)
    assert not commands.hand_in_due_authority(uploaded.pk, now=NOW + QUARTER - TICK)
    tasks.hand_in_due_authorities()
    assert asked == []

    clock.move_to(NOW + QUARTER)
    tasks.hand_in_due_authorities()

    assert asked == [uploaded.pk]


@pytest.mark.guidance("R-3.4-3")
def test_an_upload_thrown_away_after_the_last_day_lets_the_offer_lapse(
    issued_quote, authoriser
):
    end = issued_quote.lapses_at
    row = journey.bring(issued_quote, authoriser, at=end - TICK)

    commands.discard_upload(row.pk, by=authoriser, at=end + TICK)

    assert commands.lapse_quote(issued_quote.pk, now=end + TICK)
    assert row_of(row).state == "discarded"


def test_confirming_twice_is_confirming_once(uploaded, authoriser):
    for _ in range(2):
        commands.hand_in_authority(uploaded.pk, by=authoriser)

    assert Event.objects.filter(name="hand_in").count() == 1
    assert Notice.objects.filter(kind="authority_received", to=authoriser.email).count()


def test_the_same_form_sent_twice_is_one_upload(uploaded, authoriser):
    again = journey.bring(uploaded.quote, authoriser)

    assert again == uploaded
    assert Document.objects.filter(kind="authority").count() == 1


def test_a_second_upload_by_somebody_else_waits_for_the_first(uploaded, submitter):
    with pytest.raises(UploadWaiting, match="handed in by 3 March 2026, 10:15am"):
        journey.bring(uploaded.quote, submitter)


@pytest.mark.parametrize("who", ["colleague", "outsider", "operator", "desk"])
@pytest.mark.parametrize("step", ["hand_in_authority", "discard_upload"])
def test_only_who_may_upload_settles_an_upload(request, uploaded, who, step):
    with pytest.raises(PermissionDenied):
        getattr(commands, step)(uploaded.pk, by=request.getfixturevalue(who))
    assert row_of(uploaded).state == "uploaded"


def test_an_upload_is_replaced_and_what_it_was_stays_stored(uploaded, submitter):
    row = replace(uploaded, submitter, at=NOW + timedelta(minutes=2))

    assert row_of(uploaded).state == "replaced"
    assert (row.state, row.received_at) == ("uploaded", NOW + timedelta(minutes=2))
    assert [paper.name for paper in row.documents] == ["page 2.pdf"]
    assert journey.content_of(uploaded.documents[0]) == journey.tiny_pdf()


def test_the_missing_page_is_added_to_what_came_before(uploaded, authoriser):
    row = replace(uploaded, authoriser, reuses_files=True)

    assert [paper.name for paper in row.documents] == ["signed.pdf", "page 2.pdf"]
    assert row.documents[0] == uploaded.documents[0]


def test_only_the_name_is_put_right_and_it_counts_from_when_the_paper_came(
    uploaded, authoriser
):
    row = commands.upload_authority(
        uploaded.quote_id,
        by=authoriser,
        files=[],
        signatory_name="Bo Law",
        has_access_rules=False,
        has_rack_space=True,
        replaces=uploaded.pk,
        reuses_files=True,
        at=NOW + timedelta(minutes=9),
    )

    assert (row.received_at, row.hands_in_at) == (NOW, NOW + QUARTER)
    assert (row.signatory_name, row.documents) == ("Bo Law", uploaded.documents)


def test_an_upload_without_a_file_is_none(uploaded, authoriser):
    with pytest.raises(ScanMissing):
        commands.upload_authority(
            uploaded.quote_id,
            by=authoriser,
            files=[],
            signatory_name="Bo Law",
            has_access_rules=False,
            has_rack_space=True,
            replaces=uploaded.pk,
        )
    assert row_of(uploaded).state == "uploaded"


@pytest.mark.guidance("R-3.4-3")
def test_a_replacement_after_the_last_day_is_late_and_the_upload_stands(
    issued_quote, authoriser
):
    end = issued_quote.lapses_at
    row = journey.bring(issued_quote, authoriser, at=end - TICK)

    with pytest.raises(QuoteLapsed):
        replace(row, authoriser, at=end)

    assert row_of(row).state == "uploaded"


def test_what_was_handed_in_stands_until_its_replacement_is(
    pending_authority, authoriser
):
    row = replace(pending_authority, authoriser)
    assert row_of(pending_authority).outcome == "pending"

    commands.hand_in_authority(row.pk, by=authoriser)

    assert row_of(pending_authority).state == "replaced"
    assert (row_of(row).outcome, standing()) == ("pending", "authority_received")


def test_throwing_a_replacement_away_leaves_what_was_handed_in(
    pending_authority, authoriser
):
    row = replace(pending_authority, authoriser)

    commands.discard_upload(row.pk, by=authoriser)

    assert row_of(pending_authority).outcome == "pending"


@pytest.mark.guidance("R-2.11-5")
def test_once_dcc_has_begun_its_check_nothing_is_replaced(
    pending_authority, authoriser, operator
):
    assert commands.begin_check(pending_authority.pk, by=operator)
    assert not commands.begin_check(pending_authority.pk, by=operator)

    with pytest.raises(CheckBegun, match="began its check on 3 March 2026, 10:00am"):
        replace(pending_authority, authoriser)
    assert Event.objects.filter(name="begin_check", is_public=True).count() == 1


@pytest.mark.parametrize("who", ["desk", "billing_clerk", "authoriser", "installer"])
def test_only_who_checks_begins_a_check(request, pending_authority, who):
    with pytest.raises(PermissionDenied):
        commands.begin_check(pending_authority.pk, by=request.getfixturevalue(who))


def test_while_a_replacement_waits_the_check_neither_begins_nor_ends(
    pending_authority, authoriser, operator
):
    replace(pending_authority, authoriser)

    assert not commands.begin_check(pending_authority.pk, by=operator)
    with pytest.raises(ReplacementWaiting, match="by 3 March 2026, 10:15am"):
        journey.verify(pending_authority, operator, authoriser)
    with pytest.raises(ReplacementWaiting):
        commands.reject_authority(pending_authority.pk, by=operator, reason="No")


def test_what_was_replaced_or_never_handed_in_is_not_checked(
    uploaded, authoriser, operator
):
    replace(uploaded, authoriser)
    commands.discard_upload(Authority.objects.waiting().get().pk, by=authoriser)

    with pytest.raises(UploadChanged):
        journey.verify(uploaded, operator, authoriser)


def test_whoever_looked_at_an_older_upload_is_told_so(uploaded, authoriser, submitter):
    replace(uploaded, authoriser)

    for step in (commands.hand_in_authority, commands.discard_upload):
        with pytest.raises(UploadChanged):
            step(uploaded.pk, by=submitter)
    with pytest.raises(UploadChanged):
        replace(uploaded, submitter)


@pytest.fixture
def overtaking(issued_quote, operator, desk, authoriser, submitter):
    """What would end the offer, or take it, past an upload."""
    pk, order = issued_quote.pk, issued_quote.order
    answers = {"statement": "I accept", "has_access_rules": False}
    return {
        "decline": lambda: commands.decline_quote(pk, by=authoriser),
        "take back": lambda: commands.withdraw_quote(pk, by=operator, reason="Anew"),
        "withdraw": lambda: orders.withdraw_request(order.pk, by=submitter),
        "e-mail": lambda: journey.mail_in(issued_quote, desk, issued_quote.issued_at),
        "portal": lambda: commands.accept_in_portal(
            pk, by=authoriser, has_rack_space=True, **answers
        ),
    }


@pytest.mark.parametrize("what", ["decline", "take back", "withdraw", "e-mail"])
def test_nothing_overtakes_an_upload_that_is_not_handed_in_yet(
    uploaded, overtaking, what
):
    with pytest.raises(UploadWaiting):
        overtaking[what]()
    assert (standing(), row_of(uploaded).state) == ("issued", "uploaded")


def test_nor_does_an_acceptance_in_the_portal(uploaded, overtaking, settings):
    with pytest.raises(SignedUploadNeeded):
        overtaking["portal"]()
    settings.SIGNED_UPLOAD_MANDATORY = False
    with pytest.raises(UploadWaiting):
        overtaking["portal"]()


def test_a_late_timer_changes_no_outcome(uploaded, authoriser):
    """Once its time is over an upload is handed in, whoever comes first to it."""
    late = NOW + QUARTER
    with pytest.raises(UploadChanged):
        commands.discard_upload(uploaded.pk, by=authoriser, at=late)

    replace(uploaded, authoriser, at=late)

    row = row_of(uploaded)
    assert (row.state, row.handed_in_at, row.handed_in_by) == ("handed_in", late, None)
