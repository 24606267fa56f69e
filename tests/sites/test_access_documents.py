"""Documents that let people into a site: handed in, checked, out of date."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.files import Upload
from orders.errors import ReasonMissing
from records.errors import NotPossibleInState
from records.models import Document, Notice
from sites import commands
from sites.errors import NotValidLongEnough, ValidityPassed
from sites.models import AccessDocument, AccessItem
from sites.tasks import reopen_expired_items
from tests import journey, journey_on_site
from tests.common.hostile import SOME_HOSTILE
from tests.reading import read_to_the_end
from worklist.models import WorkItem

# NOW is Tuesday 3 March 2026.
VISIT_ON = date(2026, 3, 17)
SCAN = Upload(b"%PDF-1.7 permit", "permit.pdf", "application/pdf", "clean", pages=1)
PEOPLE = (
    "operator",
    "desk",
    "installer",
    "configurer",
    "billing_clerk",
    "submitter",
    "colleague",
    "outsider",
)


def hand_in(item, by, **how):
    return commands.hand_in_access_document(item.pk, by=by, file=SCAN, **how)


@pytest.fixture
def paper(access_item, submitter):
    return hand_in(access_item, submitter, valid_until=date(2026, 3, 10))


@pytest.fixture
def booked(paper, desk, installer):
    """A visit for 17 March, let in by a permit that ends a week before it."""
    commands.approve_access_document(paper.pk, by=desk, valid_until=paper.valid_until)
    order = journey_on_site.agree_access(paper.item.order, installer)
    return journey_on_site.book(order, installer, "circuit", on=VISIT_ON)


def owed():
    return set(WorkItem.objects.open().values_list("kind", "turn"))


@pytest.mark.guidance("R-2.13-4")
def test_what_is_handed_in_is_checked_by_dcc_and_then_done(paper, desk):
    assert owed() == {("check_access_document", "operations")}

    commands.approve_access_document(paper.pk, by=desk)

    item = AccessItem.objects.get()
    assert (item.state, item.closed_by) == ("done", desk)
    assert item.reason == "permit.pdf approved"
    assert owed() == {("agree_access", "operations")}


@pytest.mark.guidance("R-2.13-4")
def test_what_is_turned_down_says_why_and_is_owed_again(paper, desk, submitter):
    with pytest.raises(ReasonMissing):
        commands.turn_down_access_document(paper.pk, by=desk, reason=" ")
    commands.turn_down_access_document(paper.pk, by=desk, reason="Page 2 is missing")

    assert owed() == {("access_item_of_party", "submitter")}
    notice = Notice.objects.get(kind="access_document_turned_down")
    assert notice.to == submitter.email
    assert "Why: Page 2 is missing" in notice.text


def test_nobody_approves_a_document_twice(paper, desk):
    commands.approve_access_document(paper.pk, by=desk)

    with pytest.raises(NotPossibleInState):
        commands.turn_down_access_document(paper.pk, by=desk, reason="No")


@pytest.mark.parametrize("who", PEOPLE)
def test_dcc_alone_approves(request, paper, who):
    try:
        commands.approve_access_document(paper.pk, by=request.getfixturevalue(who))
    except PermissionDenied:
        assert who not in {"operator", "desk"}
    else:
        assert who in {"operator", "desk"}


def test_a_document_that_is_over_is_neither_handed_in_nor_approved(
    access_item, paper, submitter, desk
):
    with pytest.raises(ValidityPassed, match="2 March 2026"):
        hand_in(access_item, submitter, valid_until=date(2026, 3, 2))
    with pytest.raises(NotValidLongEnough, match="valid on 3 March 2026 too"):
        commands.approve_access_document(
            paper.pk, by=desk, valid_until=date(2026, 3, 2)
        )


def test_nothing_is_handed_in_for_what_is_settled(access_item, desk, submitter):
    commands.settle_access_item(access_item.pk, by=desk)

    with pytest.raises(NotPossibleInState):
        hand_in(access_item, submitter)


@pytest.mark.guidance("R-2.13-3", "R-2.13-4")
def test_a_document_that_ends_before_the_visit_opens_its_thing_again(booked, submitter):
    reopen_expired_items()
    reopen_expired_items()

    item = AccessItem.objects.get()
    assert (item.state, item.due_on) == ("open", date(2026, 3, 16))
    assert "valid until 10 March 2026. It has to hold on 17 March 2026" in item.note
    assert ("access_item_of_party", "submitter") in owed()
    assert Notice.objects.filter(kind="access_item_reopened").count() == 1
    # Whoever was told a moment ago that it is due finds that it is done.
    assert not commands.reopen_expired_item(item.pk)


def test_a_document_that_ends_once_nobody_has_to_come_any_more_opens_nothing(
    paper, desk, installer, clock
):
    commands.approve_access_document(paper.pk, by=desk, valid_until=paper.valid_until)
    journey_on_site.install(paper.item.order, installer)

    clock.move_to(datetime(2026, 3, 11, 1, tzinfo=UTC))
    reopen_expired_items()
    assert AccessItem.objects.get().state == "done"


def test_it_holds_on_its_last_day_and_not_the_day_after(paper, desk, clock):
    commands.approve_access_document(paper.pk, by=desk, valid_until=paper.valid_until)

    clock.move_to(datetime(2026, 3, 10, 23, tzinfo=UTC))
    reopen_expired_items()
    assert AccessItem.objects.get().state == "done"
    clock.move_to(datetime(2026, 3, 11, 1, tzinfo=UTC))
    reopen_expired_items()
    assert AccessItem.objects.get().state == "open"


def test_the_next_document_has_to_hold_until_the_visit(booked, submitter, desk):
    reopen_expired_items()
    item = AccessItem.objects.get()
    short = hand_in(item, submitter, valid_until=date(2026, 3, 16))
    with pytest.raises(NotValidLongEnough, match="valid on 17 March 2026 too"):
        commands.approve_access_document(
            short.pk, by=desk, valid_until=short.valid_until
        )

    commands.approve_access_document(short.pk, by=desk, valid_until=VISIT_ON)
    reopen_expired_items()
    assert AccessItem.objects.get().state == "done"


def test_what_has_no_end_never_ends(paper, desk, clock):
    commands.approve_access_document(paper.pk, by=desk)
    clock.move_to("2027-03-11T01:00Z")
    reopen_expired_items()

    assert AccessItem.objects.get().state == "done"


@pytest.mark.guidance("R-1.3-3")
@pytest.mark.parametrize("who", PEOPLE)
def test_the_party_dcc_and_the_installer_download_it_and_nobody_else(
    request, client, paper, who
):
    client.force_login(request.getfixturevalue(who))
    answer = client.get(reverse("document", args=[paper.document_id]))

    read_to_the_end(answer)
    assert answer.status_code == (404 if who in {"configurer", "outsider"} else 200)


def test_the_configurer_has_no_document_of_an_order_that_was_passed_to_it(
    client, connection, configurer, submitter
):
    stored = Document.objects.create(
        thread=connection.order.reference,
        kind="access",
        name="permit.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        at=connection.order.accepted_at,
    )
    client.force_login(configurer)

    answer = client.get(reverse("document", args=[stored.pk]))
    assert answer.status_code == 404


def page_of(item):
    return reverse("access-item", args=[item.order.reference, item.number])


def sent(content, name="permit.pdf"):
    day = {"valid_until_day": "1", "valid_until_month": "4", "valid_until_year": "2026"}
    return {"file": SimpleUploadedFile(name, content), **day}


def test_the_party_hands_in_a_document_on_its_page(client, access_item, submitter):
    client.force_login(submitter)
    answer = client.post(page_of(access_item), sent(journey.tiny_pdf()))

    assert answer.status_code == 302
    paper = AccessDocument.objects.get()
    assert (paper.valid_until, str(paper)) == (date(2026, 4, 1), "permit.pdf")
    shown = client.get(answer.url).content.decode()
    assert "To be checked" in shown
    assert reverse("document", args=[paper.document_id]) in shown


@pytest.mark.parametrize("name", SOME_HOSTILE)
def test_a_hostile_file_is_refused_here_too(client, access_item, submitter, name):
    client.force_login(submitter)
    answer = client.post(page_of(access_item), sent(SOME_HOSTILE[name]))

    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()
    assert not AccessDocument.objects.exists()


def test_a_colleague_hands_in_nothing(client, access_item, colleague):
    client.force_login(colleague)

    assert client.post(page_of(access_item), sent(b"%PDF")).status_code == 403
