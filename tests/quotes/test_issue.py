"""Drafting, rendering and issuing an offer, and taking one back."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from common.clock import uk_date
from common.pdf import NotRendered
from orders.commands import withdraw_request
from orders.errors import ReasonMissing
from quotes import commands
from quotes.commands import issue
from quotes.documents import quotation_facts
from quotes.errors import (
    AlreadyBeingIssued,
    DeliveryDateMissing,
    LinesMissing,
    MustBeFree,
    NoQuoteHere,
    NotADraft,
    SiteReviewFirst,
    TypeNotAvailable,
)
from quotes.models import Quote, VatRate
from records.commands import try_again
from records.errors import NotPossibleInState
from records.jobs import pause_after
from records.models import Document, Event, Notice
from tests import journey
from tests.cast import NOW
from tests.factories.parties import StandingFactory
from tests.owed import do, passes, the_job


def renders(monkeypatch, outcome):
    """Let the renderer return `outcome`, raise it, or return what it returns."""

    def render(facts):
        if isinstance(outcome, Exception):
            raise outcome
        return outcome(facts) if callable(outcome) else outcome

    monkeypatch.setattr(issue, "render_quotation", render)


@pytest.fixture
def asked(draft_quote, operator, monkeypatch):
    """A draft that staff issued, and whose document a worker is to make."""
    renders(monkeypatch, journey.tiny_pdf())
    return commands.request_issue(draft_quote.pk, by=operator)


def facts_of(quote, instant):
    return quotation_facts(quote, issued_on=uk_date(instant))


@pytest.mark.guidance("R-3.3-3", "R-3.2-8")
@pytest.mark.parametrize(("survey", "basis"), [(False, "firm"), (True, "indicative")])
def test_the_site_review_says_whether_an_offer_is_firm(
    accepted_order, operator, survey, basis
):
    order = journey.review(accepted_order, operator, survey=survey)

    assert journey.draft(order, operator).basis == basis


def test_an_offer_follows_the_review_that_stands_when_it_is_issued(
    draft_quote, operator
):
    journey.review(draft_quote.order, operator, survey=True)

    assert journey.issue(draft_quote, operator).basis == "indicative"


@pytest.mark.parametrize(
    ("available", "refusal"), [(None, SiteReviewFirst), (False, TypeNotAvailable)]
)
def test_nothing_is_quoted_that_the_review_does_not_allow(
    accepted_order, operator, available, refusal
):
    if available is not None:
        journey.review(accepted_order, operator, available=available)

    with pytest.raises(refusal):
        journey.draft(accepted_order, operator)


@pytest.mark.parametrize("state", ["draft", "submitted", "quoted", "lapsed"])
def test_an_order_elsewhere_gets_no_offer(make_order, operator, state):
    with pytest.raises(NoQuoteHere):
        journey.draft(make_order(state), operator)


@pytest.mark.parametrize("who", ["desk", "submitter", "authoriser", "installer"])
def test_only_operations_drafts_and_issues(request, draft_quote, who):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        journey.draft(draft_quote.order, person)
    with pytest.raises(PermissionDenied):
        commands.request_issue(draft_quote.pk, by=person)


def test_drafting_again_changes_the_same_draft(draft_quote, operator):
    line = commands.LineEntry("connection", Decimal("1.00"), reason="Priced by hand")

    quote = journey.draft(draft_quote.order, operator, lines=[line])

    assert quote.pk == draft_quote.pk
    assert [row.net for row in quote.lines.all()] == [Decimal("1.00")]


@pytest.mark.guidance("R-2.9.1-1")
@pytest.mark.parametrize("missing", ["connection", "annual"])
def test_an_offer_names_its_connection_and_its_annual_charge(
    reviewed_order, operator, missing
):
    lines = [line for line in journey.LINES if line.kind != missing]
    quote = journey.draft(reviewed_order, operator, lines=lines)

    with pytest.raises(LinesMissing, match=f"{missing} charge"):
        commands.request_issue(quote.pk, by=operator)


@pytest.fixture
def rdp_order(rdp, rdp_submitter, rdp_data_centre, operator):
    """Return a maker of reviewed LV orders of an RDP: `rdp_order(only=True)`."""

    def made(only):
        if not only:
            # Other data need a SEC Party, which then says in which capacity it asks.
            StandingFactory(party=rdp, from_on=NOW.date())
        order = journey.start(rdp, rdp_submitter)
        answers = {
            "connection_type": "lv",
            "is_registration_only": only,
            "route": "e3",
            "minimum_period_years": None,
        }
        order = journey.answer(order, rdp_submitter, rdp_data_centre, **answers)
        order = journey.accept(journey.submit(order, rdp_submitter), operator)
        return journey.review(order, operator)

    return made


@pytest.mark.guidance("R-2.9.2-1")
def test_one_lv_connection_of_an_rdp_has_no_price(rdp_order, operator):
    quote = journey.draft(rdp_order(only=True), operator)

    with pytest.raises(MustBeFree, match="Enter 0 for each charge"):
        commands.request_issue(quote.pk, by=operator)


@pytest.mark.guidance("R-2.9.2-1")
@pytest.mark.parametrize(
    ("first", "second"), [(True, True), (False, False)], ids=["a second", "other use"]
)
def test_any_other_connection_of_an_rdp_may_have_one(
    rdp_order, operator, first, second
):
    rdp_order(only=first)
    quote = journey.draft(rdp_order(only=second), operator)

    assert commands.request_issue(quote.pk, by=operator).is_being_prepared


@pytest.mark.guidance("R-2.9.2-1")
def test_an_order_that_ended_does_not_take_the_free_place(
    rdp_order, operator, rdp_submitter
):
    withdraw_request(rdp_order(only=True).pk, by=rdp_submitter)
    quote = journey.draft(rdp_order(only=True), operator)

    with pytest.raises(MustBeFree):
        commands.request_issue(quote.pk, by=operator)


@pytest.mark.guidance("R-3.3-2")
def test_an_offer_states_a_delivery_date(reviewed_order, operator):
    quote = commands.draft_quote(
        reviewed_order.pk, by=operator, lines=journey.LINES, delivery_on=None
    )
    with pytest.raises(DeliveryDateMissing):
        commands.request_issue(quote.pk, by=operator)


def test_an_offer_keeps_the_vat_rate_it_was_made_under(issued_quote):
    VatRate.objects.update(percent=Decimal("25.00"))

    assert Quote.objects.get().total.vat == Decimal("3000.00")


@pytest.mark.guidance("R-2.11-1", "R-3.3-1", "R-0-5")
def test_an_offer_opens_with_its_document_and_not_before(asked):
    assert (asked.state, asked.lapses_at) == ("draft", None)
    assert not Notice.objects.filter(kind="quote_issued").exists()

    assert commands.render_quote(asked.pk, at=NOW)

    quote = Quote.objects.get()
    assert (quote.state, quote.issued_at) == ("issued", NOW)
    assert quote.document.sha256
    assert quote.document.template_version
    assert quote.is_unreceived
    assert quote.last_day is None
    assert journey.fresh(quote.order).state == "quoted"
    assert Notice.objects.filter(kind="quote_issued").exists()


def test_the_clock_of_an_offer_starts_after_the_wait_for_its_lock(asked, clock):
    facts = facts_of(asked, NOW)
    clock.move_to(NOW + timedelta(hours=1))

    issue.issue_quote(asked.pk, pdf=journey.tiny_pdf(), facts=facts)

    assert Quote.objects.get().issued_at >= NOW + timedelta(hours=1)


def test_the_real_renderer_makes_the_document(draft_quote, operator):
    commands.request_issue(draft_quote.pk, by=operator)

    assert commands.render_quote(draft_quote.pk)
    assert journey.content_of(Document.objects.get()).startswith(b"%PDF-")


def test_a_rendering_that_fails_is_shown_and_can_be_repeated(
    asked, operator, monkeypatch
):
    renders(monkeypatch, NotRendered("no font"))
    assert not do(commands.render_quote, asked.pk)
    quote = Quote.objects.get()
    assert (quote.state, quote.rendering_error) == ("draft", "NotRendered: no font")
    assert quote.lapses_at is None

    renders(monkeypatch, journey.tiny_pdf())
    commands.request_issue(asked.pk, by=operator)
    assert do(commands.render_quote, asked.pk)
    assert Quote.objects.get().rendering_error == ""


def test_a_storage_that_is_away_for_a_while_needs_no_hand(asked, monkeypatch):
    with monkeypatch.context() as patch:
        renders(patch, OSError("disk away"))
        assert not do(commands.render_quote, asked.pk)
    assert Quote.objects.get().is_being_prepared

    renders(monkeypatch, journey.tiny_pdf())
    passes(pause_after(1))
    assert do(commands.render_quote, asked.pk)
    assert Quote.objects.get().state == "issued"


def test_staff_have_a_failed_document_made_again_from_the_page_of_jobs(
    asked, operator, monkeypatch
):
    with monkeypatch.context() as patch:
        renders(patch, NotRendered("no font"))
        do(commands.render_quote, asked.pk)

    try_again(the_job(commands.render_quote, asked.pk).pk, by=operator)

    renders(monkeypatch, journey.tiny_pdf())
    assert do(commands.render_quote, asked.pk)
    assert Quote.objects.get().rendering_error == ""


def test_a_failed_rendering_is_not_tried_again_unasked(asked, monkeypatch):
    renders(monkeypatch, NotRendered("no font"))
    do(commands.render_quote, asked.pk)

    assert not Quote.objects.waiting_for_document().exists()
    failures = Event.objects.filter(name="record_rendering_failure")
    assert failures.count() == 1
    assert not failures.for_party().exists()


def test_a_document_that_midnight_overtook_is_made_again(asked):
    before = datetime(2026, 3, 3, 23, 59, 59, tzinfo=UTC)
    facts = facts_of(asked, before)
    after = before + timedelta(seconds=2)

    assert not issue.issue_quote(
        asked.pk, pdf=journey.tiny_pdf(), facts=facts, at=after
    )
    assert Document.objects.count() == 0
    assert commands.render_quote(asked.pk, at=after)
    assert Quote.objects.get().issued_on == date(2026, 3, 4)


def test_a_draft_that_changed_while_it_was_rendered_is_made_again(asked):
    facts = facts_of(asked, NOW)
    asked.lines.filter(kind="annual").update(net=Decimal("1.00"))

    assert not issue.issue_quote(asked.pk, pdf=b"", facts=facts, at=NOW)
    assert Quote.objects.get().state == "draft"


def test_two_workers_store_one_document(asked):
    facts = facts_of(asked, NOW)

    made = [
        issue.issue_quote(asked.pk, pdf=journey.tiny_pdf(), facts=facts, at=NOW)
        for _ in range(2)
    ]

    assert made == [True, False]
    assert Document.objects.count() == 1
    assert Notice.objects.filter(kind="quote_issued").values("to").distinct().count()


def test_a_slow_worker_that_fails_does_not_spoil_an_open_offer(asked):
    commands.render_quote(asked.pk)

    issue.record_rendering_failure(asked.pk, "It came late.")

    assert Quote.objects.get().rendering_error == ""
    assert not Event.objects.filter(name="record_rendering_failure").exists()


def test_a_changed_review_stops_an_offer_on_its_way_and_staff_see_why(asked, operator):
    journey.review(asked.order, operator, survey=True)

    assert not do(commands.render_quote, asked.pk)
    quote = Quote.objects.get()
    assert "site review has changed" in quote.rendering_error
    assert (quote.state, Document.objects.count()) == ("draft", 0)


def test_a_withdrawn_order_is_not_quoted_by_a_late_worker(asked, submitter):
    facts = facts_of(asked, NOW)
    withdraw_request(asked.order_id, by=submitter)

    assert do(commands.render_quote, asked.pk), "there is nothing left to make"
    assert not issue.issue_quote(asked.pk, pdf=b"", facts=facts, at=NOW)
    assert Quote.objects.get().state == "withdrawn"


def test_a_draft_on_its_way_is_not_changed_or_issued_twice(asked, operator):
    with pytest.raises(AlreadyBeingIssued):
        commands.request_issue(asked.pk, by=operator)
    with pytest.raises(AlreadyBeingIssued):
        journey.draft(asked.order, operator)


def test_an_open_offer_is_not_issued_again(issued_quote, operator):
    with pytest.raises(NotADraft, match="is open, so"):
        commands.request_issue(issued_quote.pk, by=operator)


def test_a_draft_that_changes_while_its_document_is_made_has_it_made_again(
    asked, monkeypatch
):
    def late(_):
        asked.lines.filter(kind="annual").update(net=Decimal("1.00"))
        return journey.tiny_pdf()

    with monkeypatch.context() as patch:
        renders(patch, late)
        assert not do(commands.render_quote, asked.pk)
    words = the_job(commands.render_quote, asked.pk).last_error
    assert "it will be made again" in words

    passes(pause_after(1))
    assert do(commands.render_quote, asked.pk)
    assert Quote.objects.get().state == "issued"


def test_an_offer_withdrawn_to_be_reissued_starts_the_five_days_again(
    issued_quote, operator, clock
):
    clock.move_to(datetime(2026, 3, 31, 9, tzinfo=UTC))

    commands.withdraw_quote(issued_quote.pk, by=operator, reason="Wrong site")

    order = journey.fresh(issued_quote.order)
    assert (order.state, order.quote_due_on) == ("accepted", date(2026, 4, 9))
    assert Event.objects.get(name="withdraw").why == "Wrong site"
    assert Notice.objects.filter(kind="quote_withdrawn").exists()
    again = journey.offer(order, operator)
    assert (again.version, again.previous_id) == (2, issued_quote.pk)
    assert again.last_day == date(2026, 4, 30)


def test_withdrawing_a_draft_leaves_the_order_and_its_party_alone(
    draft_quote, operator
):
    commands.withdraw_quote(draft_quote.pk, by=operator, reason="Typing error")

    assert journey.fresh(draft_quote.order).state == "accepted"
    assert not Notice.objects.filter(kind="quote_withdrawn").exists()
    assert not Event.objects.for_party().filter(name="withdraw").exists()


def test_withdrawing_needs_words_and_operations(issued_quote, operator, desk):
    with pytest.raises(ReasonMissing):
        commands.withdraw_quote(issued_quote.pk, by=operator, reason=" ")
    with pytest.raises(PermissionDenied):
        commands.withdraw_quote(issued_quote.pk, by=desk, reason="Wrong site")


def test_an_offer_whose_authority_is_checked_is_not_withdrawn(
    pending_authority, operator
):
    with pytest.raises(NotPossibleInState, match="authority being checked"):
        commands.withdraw_quote(
            pending_authority.quote_id, by=operator, reason="Wrong site"
        )


@pytest.mark.parametrize(
    ("who", "count"),
    [
        ("submitter", 1),
        ("colleague", 1),
        ("outsider", 0),
        ("operator", 2),
        ("billing_clerk", 2),
        ("installer", 0),
        ("configurer", 0),
    ],
)
def test_each_sees_offers_of_their_own_and_no_draft(
    request, make_order, operator, who, count
):
    make_order("authorised")
    order = journey.review(make_order("accepted"), operator)
    journey.draft(order, operator)

    person = request.getfixturevalue(who)
    assert Quote.objects.visible_to(person).count() == count
