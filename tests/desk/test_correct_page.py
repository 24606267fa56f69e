"""The page on which the desk corrects a form: all of it is read before it is kept."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from common.money import pounds
from orders.commands import OUR_SLIP, Said, record_corrections
from orders.errors import NotKeyedIn, SlipOfOneForm
from orders.models import Acknowledgement
from orders.models.corrections import Corrections
from quotes.models import PriceItem
from records.models import Event, Job, Notice
from tests import journey
from tests.cast import NOW
from tests.desk.conftest import page_url
from tests.orders.test_keyed_by_mistake import as_keyed
from tests.reading import words_of

pytestmark = pytest.mark.guidance("T35")


def fields_of(page):
    """Return what a browser would send back of a page, nothing changed."""
    form = page.context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        is_ticked = value is not False or bound.widget_type != "checkbox"
        if value not in (None, "") and is_ticked:
            sent[bound.html_name] = value
        first = bound.initial
        if bound.field.show_hidden_initial and first is not None:
            sent[bound.html_initial_name] = first
    return sent


@pytest.fixture
def sent(as_, desk, later):
    """Return the page of an order's corrections, sent with what is changed on it."""

    def send(order, **typed):
        later()
        person = as_(desk)
        shown = person.page(order, "correct")
        who = {"how": "phone", "came_at": "2026-03-04T10:00", **fields_of(shown)}
        return person.client.post(page_url(order, "correct"), who | typed, follow=True)

    return send


def test_the_desk_reads_what_changes_before_it_is_kept(
    sent, submitted_order, submitter
):
    typed = {"person": submitter.pk, "correct_hv_rating_mbps": 30}

    asked = sent(submitted_order, **typed)
    words = words_of(asked)
    assert "Rating</th><td><del>20 Mbps</del></td>" in words
    assert "<td><strong>30 Mbps</strong></td>" in words
    assert "The check goes on with the corrected form" in words
    assert journey.fresh(submitted_order).hv_rating_mbps == 20

    shown = asked.context["form"].data["shown"]
    done = sent(submitted_order, **typed, shown=shown, is_right="on")
    assert "Form 2: Recorded by Dee Skelton for Sue Mitter" in words_of(done)
    assert "The form is corrected for Sue Mitter" in words_of(done)
    assert journey.fresh(submitted_order).hv_rating_mbps == 30


@pytest.fixture
def our_slip(sent, submitted_order, submitter, desk):
    """Send a page that puts a slip of ours right, with what else is on it."""
    as_keyed(submitted_order, submitter, desk)
    typed = {
        "is_our_slip": "on",
        "correct_hv_rating_mbps": 30,
        "how": "",
        "came_at": "",
    }
    return partial(sent, submitted_order, **typed)


@pytest.mark.guidance("R-1.3-7")
def test_a_slip_of_ours_is_put_right_though_nobody_told_us(
    our_slip, submitted_order, submitter
):
    asked = our_slip()
    words = words_of(asked)
    assert "This is what the form as it came says" in words
    assert "DCC had keyed it in otherwise. Dee Skelton of DCC put it right." in words

    done = our_slip(shown=asked.context["form"].data["shown"], is_right="on")

    assert "Form 2: The form that Sue Mitter sent says so" in words_of(done)
    assert journey.fresh(submitted_order).hv_rating_mbps == 30
    told = Notice.objects.filter(kind="form_corrected")
    assert submitter.email in {row.to for row in told}
    assert not Notice.objects.filter(kind="recorded_for_you").exists()


def test_a_slip_is_put_right_in_the_right_of_who_sent_the_paper_on_the_day_it_came(
    our_slip, submitted_order, submitter
):
    submitter.nominations.update(until_on=NOW.date())

    shown = our_slip().context["form"].data["shown"]
    our_slip(shown=shown, is_right="on")

    assert journey.fresh(submitted_order).hv_rating_mbps == 30
    told = Notice.objects.filter(kind="form_corrected")
    assert submitter.email in {row.to for row in told}


def test_a_box_on_the_paper_is_its_senders_from_when_it_came_and_names_who_keyed_it_in(
    our_slip, submitted_order, submitter, desk
):
    Acknowledgement.objects.filter(what="pep").delete()
    typed = {"correct_pep": "on", "correct_hv_rating_mbps": 20}
    shown = our_slip(**typed).context["form"].data["shown"]

    our_slip(**typed, shown=shown, is_right="on", is_declared="on")

    row = Acknowledgement.objects.get(what="pep")
    assert (row.by, row.keyed_by) == (submitter, desk)
    assert row.at == journey.fresh(submitted_order).received_at


def test_what_the_party_answered_itself_is_no_slip_of_ours(
    our_slip, submitted_order, submitter
):
    changes = submitted_order.answer_changes.filter(field="hv_rating_mbps")
    changes.update(by=submitter)

    words = words_of(our_slip())

    assert "gave these answers itself after the form was keyed in: rating" in words
    assert journey.fresh(submitted_order).hv_rating_mbps == 20


def test_a_slip_of_ours_gives_us_no_more_time_for_the_quotation(
    sent, issued_quote, submitter, desk
):
    order, due = issued_quote.order, issued_quote.order.quote_due_on
    as_keyed(order, submitter, desk)
    typed = {"is_our_slip": "on", "correct_hv_rating_mbps": 30}

    asked = sent(order, **typed)
    assert "as before: a slip of DCC gives DCC no more time" in words_of(asked)
    sent(order, **typed, shown=asked.context["form"].data["shown"], is_right="on")

    assert journey.fresh(order).state == "accepted"
    assert journey.fresh(order).quote_due_on == due


def test_a_slip_is_not_put_right_on_a_form_that_came_through_the_portal(
    authorised_pair, submitter, desk
):
    first, _ = authorised_pair
    as_keyed(first, submitter, desk)
    said = Said(submitter.pk, OUR_SLIP, NOW)
    both = Corrections({"wants_diverse_routing": False})

    with pytest.raises(SlipOfOneForm):
        record_corrections(first.pk, by=desk, said=said, corrections=both)


def test_a_box_that_is_not_ticked_is_no_slip(sent, submitted_order, submitter, desk):
    as_keyed(submitted_order, submitter, desk)

    page = sent(submitted_order, is_our_slip="false", correct_hv_rating_mbps=30)

    assert "Choose who said it" in words_of(page)


def test_no_slip_of_ours_is_in_a_form_that_came_through_the_portal(
    as_, submitted_order, submitter, desk
):
    page = as_(desk).page(submitted_order, "correct")
    assert "is_our_slip" not in page.context["form"].fields

    said = Said(submitter.pk, OUR_SLIP, NOW)
    with pytest.raises(NotKeyedIn):
        record_corrections(
            submitted_order.pk,
            by=desk,
            said=said,
            corrections=Corrections({"hv_rating_mbps": 30}),
        )


def test_what_was_shown_is_all_that_a_tick_agrees_to(sent, submitted_order, submitter):
    typed = {"person": submitter.pk, "correct_hv_rating_mbps": 40}

    again = sent(
        submitted_order, **typed, shown="Rating: 20 Mbps → 30 Mbps", is_right="on"
    )

    assert "Check what changes and the e-mails that go" in words_of(again)
    assert journey.fresh(submitted_order).hv_rating_mbps == 20


def test_no_declaration_is_kept_that_the_contact_is_not_named_as_having_made(
    sent, returned_order, submitter
):
    Acknowledgement.objects.filter(what="pep").delete()
    typed = {"person": submitter.pk, "correct_pep": "on"}
    shown = sent(returned_order, **typed).context["form"].data["shown"]

    refused = sent(returned_order, **typed, shown=shown, is_right="on")
    assert "Nobody else can declare it" in words_of(refused)
    assert not Acknowledgement.objects.filter(what="pep").exists()

    sent(returned_order, **typed, shown=shown, is_right="on", is_declared="on")
    assert Acknowledgement.objects.get(what="pep").by == submitter


def test_a_signed_order_shows_what_can_be_corrected_and_says_why_no_more(
    as_, desk, authorised_order
):
    shown = as_(desk).page(authorised_order, "correct")

    names = set(shown.context["form"].fields)
    assert "correct_site_contact_phone" in names
    assert "correct_hv_rating_mbps" not in names
    assert "A signed price is never rewritten" in words_of(shown)


def test_the_desk_reads_what_a_correction_touches_before_it_is_kept(
    sent, issued_quote, submitter
):
    order = issued_quote.order
    typed = {"person": submitter.pk, "correct_hv_rating_mbps": 30}

    asked = sent(order, **typed)

    words = words_of(asked)
    assert f"{issued_quote}, open until 2 April 2026" in words
    assert f"{issued_quote} is withdrawn, the site review is made again" in words
    assert "withdrawn, kept as a document" in words
    assert "Time to accept</th><td>until 2 April 2026" in "".join(
        asked.text.split("\n")
    )
    assert journey.fresh(order).state == "quoted"
    shown = asked.context["form"].data["shown"]
    done = sent(order, **typed, shown=shown, is_right="on")
    assert "what was taken back stays taken back" in words_of(done)
    assert journey.fresh(order).state == "accepted"


@pytest.mark.parametrize(
    ("fixture", "words"),
    [
        ("draft_order", "has not been sent yet"),
        ("connection", "a change to the connection, not a correction of its form"),
    ],
)
def test_a_form_that_cannot_be_corrected_says_the_true_reason(
    at, order_called, fixture, words
):
    assert words in words_of(at.page(order_called(fixture), "correct"))


def test_the_emails_are_read_word_for_word_before_they_go_and_nothing_is_done(
    sent, issued_quote, submitter
):
    def kept():
        return [model.objects.count() for model in (Notice, Event, Job)]

    typed = {
        "person": submitter.pk,
        "correct_hv_rating_mbps": 30,
        "reason": "They grew",
    }
    before = kept()

    form = sent(issued_quote.order, **typed).context["form"]

    assert kept() == before
    assert journey.fresh(issued_quote.order).state == "quoted"
    read = {(to, one.subject, one.text) for one in form.letters for to in one.to}
    known = set(Notice.objects.values_list("pk", flat=True))
    sent(issued_quote.order, **typed, shown=form.data["shown"], is_right="on")
    went = Notice.objects.exclude(pk__in=known)
    assert read == set(went.values_list("to", "subject", "text"))
    assert {one.subject for one in form.letters} == {
        f"Quotation {issued_quote} taken back by DCC",
        f"Order {issued_quote.order}: DCC recorded what you said",
        f"Order {issued_quote.order}: its form was corrected",
    }


def test_other_words_in_an_email_are_shown_anew_before_it_goes(
    sent, issued_quote, submitter
):
    typed = {"person": submitter.pk, "correct_landlord": "Quay Ltd"}
    shown = sent(issued_quote.order, **typed).context["form"].data["shown"]

    again = sent(
        issued_quote.order, **typed, reason="They moved", shown=shown, is_right="on"
    )

    assert "Why: They moved" in words_of(again)
    assert not journey.fresh(issued_quote.order).landlord


@pytest.mark.parametrize(
    ("prices", "words"),
    [
        ({}, "No price yet"),
        ({"connection": 5000, "annual": 8000}, "About £29,000.00"),
    ],
)
def test_what_is_offered_stands_beside_what_the_list_gives_for_the_corrected_form(
    sent, issued_quote, submitter, prices, words
):
    for kind, net in prices.items():
        PriceItem.objects.create(
            kind=kind,
            connection_type="hv",
            hv_rating_mbps=30,
            net=Decimal(net),
            from_on=NOW.date() - timedelta(days=30),
        )

    asked = sent(issued_quote.order, person=submitter.pk, correct_hv_rating_mbps=30)

    told = words_of(asked)
    assert f"<del>{pounds(issued_quote.total.net)}</del>" in told
    assert f"<b>{words}</b>" in told
    for tick in ("Nothing is signed", "Nothing is billed", "No visit is booked"):
        assert tick in told


def test_what_the_command_refuses_is_read_before_anything_is_confirmed(
    sent, issued_quote, submitter, authoriser
):
    journey.bring(issued_quote, authoriser, at=NOW)

    asked = sent(issued_quote.order, person=submitter.pk, correct_hv_rating_mbps=30)

    assert "were uploaded on" in words_of(asked)
    assert "A signed quotation has come and is not verified yet" in words_of(asked)
    assert asked.context["form"].changes == []


def test_the_page_of_an_order_leads_to_each_correction_that_is_possible(
    as_, desk, later, issued_quote
):
    later()
    order = issued_quote.order

    words = words_of(as_(desk).order(order))

    assert page_url(order, "correct") in words
    for kind, pk in (
        ("party", order.party_id),
        ("datacentre", order.data_centre_id),
        ("user", order.submitted_by_id),
    ):
        assert f"/admin/parties/{kind}/{pk}/correct/" in words
