"""The form that DCC has, corrected by the desk as a nominated contact said."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from orders.commands import Said
from orders.documents import request_facts
from orders.errors import (
    CorrectedTooLate,
    NothingCorrected,
    RequestIncomplete,
    SaidByNobodyNominated,
)
from orders.models import Acknowledgement, FormVersion, SiteReview
from orders.models.corrections import Corrections
from parties.models import DataCentre
from quotes.commands import correct_form, hand_in_authority
from quotes.errors import SignedAlready, UploadWaiting
from quotes.models import Quote
from records.errors import NotPossibleInState
from records.models import Event, Notice
from tests import journey, journey_of_pairs
from tests.cast import NOW

CAME = NOW + timedelta(days=1)
pytestmark = pytest.mark.guidance("T35")


@pytest.fixture
def correct(desk, later):
    """Record for a person what came from them the day before."""

    def record(order, person, reason="", **what):
        later()
        said = Said(person.pk, "phone", CAME)
        return correct_form(
            order.pk, by=desk, said=said, corrections=Corrections(**what), reason=reason
        )

    return record


def last(name):
    return Event.objects.filter(name=name).first()


def test_a_form_that_is_being_checked_is_corrected_and_the_one_sent_stays(
    submitted_order, submitter, correct
):
    correct(submitted_order, submitter, answers={"hv_rating_mbps": 30})

    order = journey.fresh(submitted_order)
    assert (order.state, order.hv_rating_mbps) == ("submitted", 30)
    rows = FormVersion.objects.filter(order=order).order_by("number")
    says = [
        next(row[3] for row in one.answers if row[1] == "hv_rating_mbps")
        for one in rows
    ]
    assert says == ["20 Mbps", "30 Mbps"]
    assert (rows[1].submitted_by, rows[1].submitted_at) == (submitter, CAME)


def test_the_history_has_before_and_after_and_names_both_people(
    submitted_order, submitter, desk, correct
):
    correct(submitted_order, submitter, "They grew", answers={"hv_rating_mbps": 30})

    event, why = last("save_answers"), last("record_corrections")
    said = f"Recorded by {desk} for Sue Mitter, said by phone on 4 March 2026 at 10:00"
    assert (event.by, event.at) == (desk, CAME)
    assert event.why == f"{said}\nRating: 20 Mbps → 30 Mbps"
    assert why.why == f"{said}\nThey grew"


def test_the_contact_reads_what_was_changed_and_how_to_object(
    submitted_order, submitter, correct
):
    correct(submitted_order, submitter, answers={"floor": "Third"})

    notice = Notice.objects.get(kind="recorded_for_you")
    assert notice.to == submitter.email
    for words in (
        f"recorded corrections of the form of order {submitted_order} for you",
        "Floor: no answer → Third",
        "If you did not say this",
    ):
        assert words in notice.text


def test_the_record_of_a_corrected_form_says_that_dcc_recorded_it_and_nobody_sent_it(
    correct, submitted_order, submitter, desk
):
    correct(submitted_order, submitter, answers={"floor": "Third"})

    facts = request_facts(FormVersion.objects.get(number=2))
    words = render_to_string("documents/request.html", {"f": facts})
    said = f"Recorded by {desk} for Sue Mitter, said by phone on 4 March 2026 at 10:00"
    assert said in words
    assert "The declaration of form 1 stands for everything else" in words
    assert "filled in and declared there" not in words


def test_a_form_with_the_party_is_corrected_and_stays_there(
    returned_order, submitter, correct
):
    correct(returned_order, submitter, answers={"hv_rating_mbps": 30})

    order = journey.fresh(returned_order)
    assert (order.state, order.hv_rating_mbps) == ("returned", 30)
    assert order.versions.count() == 1


def test_another_data_centre_can_be_named_and_added(
    submitted_order, submitter, correct
):
    site = {
        "name": "Second Hall",
        "street": "2 Mill Lane",
        "town": "Derby",
        "postcode": "DE1 1AA",
        "owner": "",
    }

    correct(submitted_order, submitter, new_site=site)

    order = journey.fresh(submitted_order)
    assert order.data_centre == DataCentre.objects.get(name="Second Hall")
    assert "Second Hall" in last("save_answers").why


def test_a_declaration_is_the_contacts_own_from_when_they_made_it(
    returned_order, submitter, desk, correct
):
    Acknowledgement.objects.filter(what="pep").delete()

    correct(returned_order, submitter, ticked=frozenset({"pep"}))

    row = Acknowledgement.objects.get(what="pep")
    assert (row.by, row.at) == (submitter, CAME)
    event = last("acknowledge")
    assert (event.by, event.what) == (desk, "Acknowledged")
    assert "for Sue Mitter, said by phone" in event.why


def test_dcc_goes_on_with_no_form_that_could_not_be_sent(
    submitted_order, submitter, correct
):
    with pytest.raises(RequestIncomplete, match="policy enforcement point"):
        correct(submitted_order, submitter, taken_back=frozenset({"pep"}))

    assert Acknowledgement.objects.filter(what="pep").exists()
    assert FormVersion.objects.count() == 1


@pytest.mark.parametrize("answers", [{"hv_rating_mbps": 30}, {"ac_sockets": 1}])
def test_what_review_and_price_rest_on_stays_once_somebody_has_signed(
    authorised_order, submitter, answers, correct
):
    with pytest.raises(CorrectedTooLate, match="rest on what its form says about: "):
        correct(authorised_order, submitter, answers=answers)

    assert journey.fresh(authorised_order).hv_rating_mbps == 20


def test_a_rating_corrected_before_a_signature_takes_the_quotation_back(
    issued_quote, submitter, correct
):
    order, offer = issued_quote.order, issued_quote
    paper = (offer.document.sha256, offer.fingerprint)

    correct(order, submitter, "They grew", answers={"hv_rating_mbps": 30})

    order, offer = journey.fresh(order), Quote.objects.get(pk=offer.pk)
    assert (order.state, order.hv_rating_mbps) == ("accepted", 30)
    assert not SiteReview.objects.filter(order=order).exists()
    # Five working days from when it came, Wednesday 4 March.
    assert order.quote_due_on == date(2026, 3, 11)
    assert (offer.state, offer.document.sha256, offer.fingerprint) == (
        "withdrawn",
        *paper,
    )
    found = last("review_again")
    assert not found.is_public
    assert "Site review: High Volume (HV) is available" in found.why
    told = Notice.objects.filter(kind="quote_withdrawn")
    assert {one.to for one in told} == {
        "submitter@northgate.example",
        "authoriser@northgate.example",
    }


def test_a_small_answer_leaves_the_quotation_open_and_both_sides_are_told(
    issued_quote, submitter, correct
):
    correct(issued_quote.order, submitter, "Moved", answers={"landlord": "Quay Ltd"})

    assert Quote.objects.get(pk=issued_quote.pk).state == "issued"
    assert journey.fresh(issued_quote.order).landlord == "Quay Ltd"
    told = {one.to: one.text for one in Notice.objects.filter(kind="form_corrected")}
    assert told.keys() == {"authoriser@northgate.example", settings.SERVICE_DESK_EMAIL}
    assert all("Landlord: no answer → Quay Ltd" in words for words in told.values())


@pytest.mark.parametrize("is_handed_in", [True, False])
def test_what_somebody_has_signed_is_never_rewritten(
    issued_quote, submitter, authoriser, correct, is_handed_in
):
    row = journey.bring(issued_quote, authoriser, at=NOW)
    if is_handed_in:
        hand_in_authority(row.pk, by=authoriser, at=NOW)

    with pytest.raises(SignedAlready if is_handed_in else UploadWaiting):
        correct(issued_quote.order, submitter, answers={"hv_rating_mbps": 30})

    assert journey.fresh(issued_quote.order).hv_rating_mbps == 20
    assert not Notice.objects.filter(kind="quote_withdrawn").exists()


@pytest.mark.parametrize("fixture", ["accepted_order", "issued_quote", "circuit_visit"])
def test_what_they_do_not_rest_on_is_corrected_until_installation(
    request, submitter, fixture, correct
):
    row = request.getfixturevalue(fixture)
    order = getattr(row, "order", row)
    state = journey.fresh(order).state

    correct(order, submitter, answers={"site_contact_phone": "01332 496 0999"})

    order = journey.fresh(order)
    assert (order.state, order.site_contact_phone) == (state, "01332 496 0999")
    assert order.versions.count() == 2


def test_nothing_is_corrected_before_it_is_sent_or_once_it_is_installed(
    connection, submitter, correct
):
    with pytest.raises(NotPossibleInState):
        correct(connection.order, submitter, answers={"floor": "Third"})


def test_only_who_may_submit_corrects_and_something_has_to_differ(
    submitted_order, submitter, authoriser, correct
):
    with pytest.raises(SaidByNobodyNominated):
        correct(submitted_order, authoriser, answers={"floor": "Third"})
    with pytest.raises(NothingCorrected):
        correct(submitted_order, submitter, answers={"floor": submitted_order.floor})


def test_what_a_pair_says_on_both_forms_is_corrected_on_both(
    party, submitter, data_centre, correct
):
    pair = journey_of_pairs.answered(party, submitter, [data_centre] * 2)
    one, other = (journey.submit(order, submitter, at=NOW) for order in pair)

    correct(one, submitter, answers={"wants_diverse_routing": False})

    assert journey.fresh(one).wants_diverse_routing is False
    assert journey.fresh(other).wants_diverse_routing is False
    assert journey.fresh(other).versions.count() == 2
