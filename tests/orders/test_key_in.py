"""Forms that came by e-mail or upload: taken in from nominated senders only."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from orders import commands
from orders.errors import NotAnotherChannel, NotNominated, NotWhenItCame
from orders.models import ConnectionRequest, RefusedForm
from quotes.commands.picture import picture_form
from records.models import Event, Job, Notice
from tests import journey
from tests.cast import NOW
from tests.factories.parties import NominationFactory, PersonFactory
from tests.reading import read_to_the_end

YESTERDAY = NOW - timedelta(days=1)
ADD = "admin:orders_connectionrequest_add"


def key_in(party, by, **changed):
    return journey.key_in(party, by, **({"received_at": YESTERDAY} | changed))


@pytest.fixture
def keyed_order(party, submitter, desk):
    return key_in(party, desk)


@pytest.mark.guidance("R-1.3-7", "R-1.3-8")
def test_a_form_of_a_nominated_sender_becomes_a_draft_of_its_party(
    keyed_order, submitter, desk
):
    order = journey.fresh(keyed_order)

    assert (order.state, order.party) == ("draft", submitter.party)
    assert (order.channel, order.sender_email) == ("email", submitter.email)
    assert (order.received_at, order.keyed_by) == (YESTERDAY, desk)
    assert journey.content_of(order.form_document) == journey.tiny_pdf()
    assert Event.objects.get(name="key_in_request").by == desk
    assert Notice.objects.get(kind="form_received").to == submitter.email


@pytest.mark.guidance("R-1.3-7", "R-2.2-5")
def test_the_desk_fills_it_in_and_it_is_the_senders_from_when_it_came(
    keyed_order, submitter, desk, data_centre
):
    journey.answer(keyed_order, desk, data_centre)

    order = journey.submit(keyed_order, desk)

    assert (order.submitted_by, order.submitted_at) == (submitter, YESTERDAY)
    event = Event.objects.get(name="submit")
    assert (event.by, event.at) == (desk, YESTERDAY)


def test_while_the_desk_keys_it_in_the_party_need_do_nothing(
    client, keyed_order, submitter
):
    client.force_login(submitter)

    answer = client.get(reverse("order", args=[keyed_order.reference]))
    page = " ".join(answer.content.decode().split())

    assert "You need do nothing: DCC is entering the form that you sent" in page
    assert "Your turn" not in page


def test_once_returned_it_counts_from_when_it_is_sent_again(
    keyed_order, desk, data_centre, operator
):
    journey.answer(keyed_order, desk, data_centre)
    sent = journey.submit(keyed_order, desk)
    journey.answer_all(journey.return_with_questions(sent, operator), desk)

    assert journey.submit(keyed_order, desk, at=NOW).submitted_at == NOW


def test_the_sender_may_go_on_in_the_portal(keyed_order, submitter, data_centre):
    journey.answer(keyed_order, submitter, data_centre)

    assert journey.submit(keyed_order, submitter, at=NOW).submitted_at == NOW


@pytest.mark.guidance("R-2.2-5", "R-2.2-7")
@pytest.mark.parametrize(
    "sender",
    [
        "stranger@example.com",
        "authoriser@northgate.example",
        "colleague@northgate.example",
        "outsider@calder.example",
    ],
)
def test_a_form_from_somebody_not_nominated_makes_no_order(
    party, submitter, authoriser, colleague, *, outsider, desk, sender
):
    refused = key_in(party, desk, sender_email=sender)

    assert isinstance(refused, RefusedForm)
    assert not ConnectionRequest.objects.exists()
    assert journey.content_of(refused.document) == journey.tiny_pdf()
    told = Notice.objects.filter(kind="form_refused")
    assert {notice.to for notice in told} == {sender, submitter.email}
    assert "nominates the person" in told[0].text
    assert not Event.objects.get(name="turn_away").is_public


@pytest.mark.guidance("R-2.2-5")
@pytest.mark.parametrize(
    ("from_on", "until_on", "is_taken"),
    [(-1, -1, True), (-9, None, True), (0, None, False), (-9, -2, False)],
    ids=["that day only", "open", "from today", "ended before"],
)
def test_the_day_it_came_decides_who_was_nominated(
    party, desk, from_on, until_on, is_taken
):
    person, today = PersonFactory(party=party), NOW.date()
    NominationFactory(
        user=person,
        from_on=today + timedelta(days=from_on),
        until_on=None if until_on is None else today + timedelta(days=until_on),
    )
    found = key_in(party, desk, sender_email=person.email.upper())

    assert isinstance(found, ConnectionRequest) is is_taken


@pytest.mark.guidance("R-1.2-1", "T21")
@pytest.mark.parametrize(
    ("received_at", "is_taken"),
    [
        (datetime(2015, 1, 25, 23, 59, tzinfo=UTC), False),
        (datetime(2015, 1, 26, 0, 0, tzinfo=UTC), True),
        (NOW, True),
        (NOW + timedelta(hours=1), False),
    ],
)
def test_nothing_came_before_the_service_opened_or_comes_from_the_future(
    party, submitter, desk, received_at, is_taken
):
    if is_taken:
        assert key_in(party, desk, received_at=received_at)
        return
    with pytest.raises(NotWhenItCame):
        key_in(party, desk, received_at=received_at)


@pytest.mark.parametrize("channel", ["portal", "fax", ""])
def test_only_other_channels_are_keyed_in(party, submitter, desk, channel):
    with pytest.raises(NotAnotherChannel):
        key_in(party, desk, channel=channel)


@pytest.mark.guidance("R-1.3-7", "R-1.3-1")
@pytest.mark.parametrize("who", ["billing_clerk", "installer", "submitter", "outsider"])
def test_only_the_desk_keys_in(request, party, who):
    with pytest.raises(PermissionDenied):
        key_in(party, request.getfixturevalue(who))


@pytest.mark.guidance("R-2.2-5")
@pytest.mark.parametrize("who", ["desk", "operator"])
def test_the_desk_fills_in_no_form_of_the_portal(request, empty_order, who):
    staff = request.getfixturevalue(who)

    with pytest.raises(NotNominated):
        commands.save_answers(empty_order.pk, by=staff, answers={"uses": ["ssi"]})


@pytest.mark.parametrize(
    ("who", "status"), [("desk", 200), ("billing_clerk", 403), ("outsider", 404)]
)
def test_the_form_pages_of_a_keyed_request_are_the_desks_too(
    request, client, keyed_order, who, status
):
    client.force_login(request.getfixturevalue(who))
    url = reverse("order-section", args=[keyed_order.reference, "period"])

    page = client.get(url)
    sent = client.post(url, {"minimum_period_years": "3"})

    assert sent.status_code == (302 if status == 200 else status)
    assert (b"did not come through this portal" in page.content) is (status != 404)


@pytest.fixture
def posted(party, submitter):
    file = SimpleUploadedFile("form.pdf", journey.tiny_pdf(), "application/pdf")
    return {
        "party": party.name.upper(),
        "channel": "upload",
        "sender_email": submitter.email,
        "received_at": "2026-03-02T09:30",
        "form": file,
    }


def test_the_desk_is_led_from_the_file_to_the_form(client, desk, posted):
    client.force_login(desk)

    response = client.post(reverse(ADD), posted)

    order = ConnectionRequest.objects.get()
    assert response.url == reverse(
        "admin:orders_connectionrequest_fill-in", args=[order.pk]
    )
    assert order.received_at == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert Job.objects.get(kind="picture_form").subject == order.form_document_id
    picture_form(order.form_document_id)
    assert [page.number for page in order.form_document.pages.all()] == [1]


@pytest.mark.guidance("R-2.2-7")
def test_the_desk_sees_what_was_refused_and_its_file(client, desk, posted):
    client.force_login(desk)

    response = client.post(reverse(ADD), posted | {"sender_email": "who@x.example"})

    refused = RefusedForm.objects.get()
    assert "who@x.example" in client.get(response.url).content.decode()
    listed = client.get(reverse("admin:orders_refusedform_changelist"))
    assert refused.reference in listed.content.decode()
    paper = reverse("document", args=[refused.document.pk])
    response = client.get(paper)
    read_to_the_end(response)
    assert response.status_code == 200


def test_nobody_else_reads_a_refused_form(client, party, submitter, desk):
    refused = key_in(party, desk, sender_email="who@x.example")
    client.force_login(submitter)

    paper = reverse("document", args=[refused.document.pk])
    assert client.get(paper).status_code == 404


@pytest.mark.parametrize(
    ("name", "value", "refusal"),
    [
        ("party", "", "Choose the Gateway Party"),
        ("party", "Northgait", "No Gateway Party is called"),
        ("channel", "portal", "Select a valid choice"),
        ("sender_email", "sue", "Enter an address like"),
        ("sender_email", "", "Enter the address that the form came from"),
        ("received_at", "soon", "Enter a real day and time"),
        ("received_at", "2014-12-01T10:00", "nor before the ordering service opened"),
        ("form", "", "Choose the file of the form"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client, desk, posted, *, name, value, refusal
):
    client.force_login(desk)

    page = client.post(reverse(ADD), posted | {name: value}).content.decode()

    assert refusal in page
    assert "northgate.example" in page or name == "sender_email"
    assert not ConnectionRequest.objects.exists()


@pytest.mark.guidance("R-1.3-7", "R-2.3-1")
def test_the_desk_names_who_shares_as_the_form_says(client, keyed_order, desk):
    client.force_login(desk)
    typed = {"name": "Fenland Power", "standing": "sec_party", "reason": "other"}
    days = {"from_on_day": "1", "from_on_month": "4", "from_on_year": "2026"}

    client.post(reverse("sharer-new", args=[keyed_order.reference]), typed | days)

    assert keyed_order.sharers.get().added_by == desk


@pytest.mark.guidance("R-1.3-7", "R-3.2-6")
def test_the_desk_keys_in_what_the_sender_answers(
    client, keyed_order, desk, operator, data_centre
):
    journey.answer(keyed_order, desk, data_centre)
    journey.submit(keyed_order, desk)
    asked = commands.ask_question(keyed_order.pk, by=operator, words="Is it yours?")
    commands.return_request(keyed_order.pk, by=operator)
    client.force_login(desk)

    address = reverse("order-questions", args=[keyed_order.reference])
    client.post(address, {f"question-{asked.pk}": "Yes, ours."})

    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("Yes, ours.", desk)


@pytest.mark.guidance("R-1.3-7")
def test_a_form_half_keyed_in_waits_in_a_queue_that_leads_back_to_it(
    client, keyed_order, desk, draft_order
):
    client.force_login(desk)
    queue = reverse("admin:worklist_workitem_changelist") + "?queue=keyed"

    (row,) = client.get(queue).context["cl"].result_list
    assert row.thread == keyed_order.reference
    cards = {row["queue"].slug: row for row in client.get("/admin/").context["cards"]}
    assert cards["keyed"]["queue"].count == 1
    page = reverse("admin:orders_connectionrequest_change", args=[keyed_order.pk])
    fill_in = reverse("admin:orders_connectionrequest_fill-in", args=[keyed_order.pk])
    assert f'href="{fill_in}"' in client.get(page).content.decode()
    form = reverse("order-form", args=[keyed_order.reference])
    assert f'href="{page}"' in client.get(form).content.decode()
