"""Authority to proceed: given, checked, effective or not."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from orders.errors import NotEligible, ReasonMissing
from parties.models import Nomination, PartyStanding
from parties.states import Purpose
from quotes import commands
from quotes.errors import (
    AccessAnswerMissing,
    AlreadyVerified,
    AuthorityBeingChecked,
    QuoteLapsed,
    RackSpaceMissing,
    SignatoryNotNominated,
)
from quotes.models import Authority, Quote
from records.errors import NotPossibleInState
from records.models import Document, Event, Notice
from tests import journey
from tests.cast import NOW
from tests.factories.parties import NominationFactory, PersonFactory

TICK = timedelta(microseconds=1)
TODAY = NOW.date()


def lapse_at(quote, now):
    return commands.lapse_quote(quote.pk, now=now)


@pytest.mark.guidance("R-2.11-3", "R-2.11-5", "T19")
def test_a_signed_scan_is_kept_with_who_brought_it_and_who_signed(
    issued_quote, submitter
):
    authority = journey.upload(issued_quote, submitter, signatory="Ada Law")

    assert authority.uploaded_by == submitter
    assert authority.signatory_name == "Ada Law"
    assert journey.content_of(authority.documents[0]) == journey.tiny_pdf()
    assert Quote.objects.get().state == "authority_received"
    assert Notice.objects.filter(kind="authority_received").exists()


@pytest.mark.parametrize("who", ["colleague", "outsider", "operator", "desk"])
def test_nobody_else_brings_an_authority(request, issued_quote, who):
    with pytest.raises(PermissionDenied):
        journey.upload(issued_quote, request.getfixturevalue(who))
    assert not Document.objects.filter(kind="authority").exists()


@pytest.mark.guidance("R-3.5-1")
@pytest.mark.parametrize(("has", "rules"), [(None, ""), (True, ""), (True, " ")])
def test_the_question_of_access_is_answered_with_it(
    issued_quote, submitter, has, rules
):
    with pytest.raises(AccessAnswerMissing):
        commands.upload_authority(
            issued_quote.pk,
            by=submitter,
            files=[journey.one_file(b"x")],
            signatory_name="Ada Law",
            has_access_rules=has,
            access_rules=rules,
        )


@pytest.mark.guidance("R-3.7-2")
def test_authority_on_a_firm_offer_confirms_the_rack_space(issued_quote, submitter):
    with pytest.raises(RackSpaceMissing, match="4U of rack space"):
        commands.upload_authority(
            issued_quote.pk,
            by=submitter,
            files=[journey.one_file(b"x")],
            signatory_name="Ada Law",
            has_access_rules=False,
        )


@pytest.mark.guidance("R-3.7-2")
def test_authority_for_a_survey_is_not_asked_for_rack_space(
    client, indicative_quote, authoriser
):
    client.force_login(authoriser)

    page = client.get(reverse("quote-authority", args=[indicative_quote.reference]))

    assert "rack_space" not in page.context["form"].fields


def test_a_second_scan_waits_for_the_first(pending_authority, submitter):
    with pytest.raises(AuthorityBeingChecked):
        journey.upload(pending_authority.quote, submitter)
    assert Authority.objects.count() == 1


@pytest.mark.guidance("R-3.4-3", "R-2.11-1", "R-2.11-5")
def test_one_given_in_the_last_microsecond_counts_though_checked_days_later(
    issued_quote, authoriser, operator
):
    end = issued_quote.lapses_at
    authority = journey.upload(issued_quote, authoriser, at=end - TICK)
    assert not lapse_at(issued_quote, end + timedelta(days=3))

    order = journey.verify(authority, operator, authoriser, at=end + timedelta(days=4))

    assert order.state == "authorised"
    assert Quote.objects.get().decided_at == end - TICK
    assert Event.objects.get(name="authorise").at == end + timedelta(days=4)


@pytest.mark.guidance("R-3.4-3")
def test_one_given_a_microsecond_later_is_refused_though_no_timer_ran(
    issued_quote, authoriser
):
    with pytest.raises(QuoteLapsed, match="at the end of 2 April 2026"):
        journey.upload(issued_quote, authoriser, at=issued_quote.lapses_at)
    assert not Document.objects.filter(kind="authority").exists()
    assert Quote.objects.get().state == "issued"


@pytest.mark.guidance("R-2.11-4")
def test_one_found_not_effective_in_time_opens_the_offer_again(
    pending_authority, issued_quote, authoriser, operator
):
    commands.reject_authority(
        pending_authority.pk,
        by=operator,
        reason="Not signed",
        at=issued_quote.lapses_at - TICK,
    )
    assert Quote.objects.get().state == "issued"
    assert Notice.objects.filter(kind="authority_not_effective").exists()

    again = journey.upload(issued_quote, authoriser, at=issued_quote.lapses_at - TICK)
    assert journey.verify(again, operator, authoriser).state == "authorised"


@pytest.mark.guidance("R-2.11-4", "R-3.4-3")
@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=9)])
def test_one_found_not_effective_too_late_lapses_offer_and_order_at_their_time(
    pending_authority, issued_quote, operator, late
):
    end = issued_quote.lapses_at

    commands.reject_authority(
        pending_authority.pk, by=operator, reason="Not signed", at=end + late
    )

    quote = Quote.objects.get()
    assert (quote.state, quote.decided_at) == ("lapsed", end)
    assert journey.fresh(quote.order).state == "lapsed"
    assert {event.at for event in Event.objects.filter(name="lapse")} == {end}


@pytest.mark.guidance("R-2.11-4", "T27")
@pytest.mark.parametrize(
    ("nominated", "counts"),
    [
        ((Purpose.AUTHORISE, 0, None), True),
        ((Purpose.AUTHORISE, -5, 0), True),
        ((Purpose.AUTHORISE, 1, None), False),
        ((Purpose.AUTHORISE, -5, -1), False),
        ((Purpose.SUBMIT, -5, None), False),
    ],
    ids=["that day on", "until that day", "later only", "earlier only", "submitting"],
)
def test_only_who_was_nominated_on_the_day_it_came_authorises(
    pending_authority, party, operator, nominated, counts
):
    purpose, from_on, until_on = nominated
    nomination = NominationFactory(
        user=PersonFactory(party=party),
        purpose=purpose,
        from_on=TODAY + timedelta(days=from_on),
        until_on=until_on if until_on is None else TODAY + timedelta(days=until_on),
    )
    check = {"by": operator, "nomination_id": nomination.pk}
    if counts:
        assert commands.verify_authority(pending_authority.pk, **check)
        return
    with pytest.raises(SignatoryNotNominated, match="on 3 March 2026"):
        commands.verify_authority(pending_authority.pk, **check)
    assert Authority.objects.get().outcome == "pending"


def test_another_partys_authoriser_authorises_nothing(
    pending_authority, outsider, operator
):
    with pytest.raises(SignatoryNotNominated):
        journey.verify(pending_authority, operator, outsider)


def test_one_nominated_then_and_gone_now_still_counts(
    pending_authority, authoriser, operator, clock
):
    Nomination.objects.filter(user=authoriser).update(until_on=TODAY)
    clock.move_to(NOW + timedelta(days=5))

    order = journey.verify(pending_authority, operator, authoriser)

    assert order.state == "authorised"


@pytest.mark.guidance("R-2.2-1")
@pytest.mark.parametrize("last_day", [-1, 0])
def test_the_party_must_have_its_standing_on_the_day_it_came(
    pending_authority, party, authoriser, operator, last_day
):
    until = TODAY + timedelta(days=last_day)
    PartyStanding.objects.filter(party=party).update(until_on=until)
    if last_day == 0:
        assert journey.verify(pending_authority, operator, authoriser)
        return
    with pytest.raises(NotEligible, match="not a SEC Party"):
        journey.verify(pending_authority, operator, authoriser)
    assert Quote.objects.get().state == "authority_received"


@pytest.mark.guidance("R-2.11-5")
def test_a_check_records_its_result_who_and_when(
    pending_authority, authoriser, operator
):
    at = NOW + timedelta(days=2)

    journey.verify(pending_authority, operator, authoriser, at=at)

    row = Authority.objects.get()
    assert (row.outcome, row.checked_by, row.checked_at) == ("effective", operator, at)
    accepted = Event.objects.get(name="accept", from_state="authority_received")
    assert row.nomination == journey.authorising(authoriser)
    assert "Ada Law was nominated" in accepted.why


@pytest.mark.parametrize("who", ["desk", "billing_clerk", "authoriser", "installer"])
def test_only_operations_checks(request, pending_authority, authoriser, who):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        journey.verify(pending_authority, person, authoriser)
    with pytest.raises(PermissionDenied):
        commands.reject_authority(pending_authority.pk, by=person, reason="No")


def test_an_authority_is_checked_once(pending_authority, authoriser, operator):
    journey.verify(pending_authority, operator, authoriser)

    with pytest.raises(AlreadyVerified, match="effective"):
        journey.verify(pending_authority, operator, authoriser)
    with pytest.raises(AlreadyVerified):
        commands.reject_authority(pending_authority.pk, by=operator, reason="No")


def test_finding_one_not_effective_needs_words(pending_authority, operator):
    with pytest.raises(ReasonMissing):
        commands.reject_authority(pending_authority.pk, by=operator, reason="\t")


@pytest.mark.guidance("R-3.4-5", "R-3.4-6")
def test_an_authoriser_declines_and_the_order_ends_for_good(issued_quote, authoriser):
    order = journey.decline(issued_quote.order, authoriser)

    assert (order.state, Quote.objects.get().state) == ("declined", "declined")
    assert Notice.objects.filter(kind="quote_declined").exists()
    with pytest.raises(NotPossibleInState):
        journey.upload(issued_quote, authoriser)


@pytest.mark.guidance("R-2.11-4")
@pytest.mark.parametrize("who", ["submitter", "colleague", "outsider", "operator"])
def test_nobody_else_declines(request, issued_quote, who):
    with pytest.raises(PermissionDenied):
        commands.decline_quote(issued_quote.pk, by=request.getfixturevalue(who))
    assert Quote.objects.get().state == "issued"


def test_an_offer_cannot_be_declined_late_or_while_it_is_checked(
    issued_quote, authoriser
):
    with pytest.raises(QuoteLapsed):
        commands.decline_quote(
            issued_quote.pk, by=authoriser, at=issued_quote.lapses_at
        )
    journey.upload(issued_quote, authoriser)
    with pytest.raises(AuthorityBeingChecked):
        commands.decline_quote(issued_quote.pk, by=authoriser)


@pytest.mark.guidance("R-2.2-1", "R-2.11-5")
@pytest.mark.parametrize(("last_day", "counts"), [(0, True), (-1, False)])
def test_the_standing_is_asked_of_the_day_it_came_however_late_the_check(
    pending_authority, party, authoriser, operator, *, clock, last_day, counts
):
    until = TODAY + timedelta(days=last_day)
    PartyStanding.objects.filter(party=party).update(until_on=until)
    clock.move_to(NOW + timedelta(days=5))
    if not counts:
        PartyStanding.objects.create(
            party=party, standing="sec_party", from_on=TODAY + timedelta(days=1)
        )
        with pytest.raises(NotEligible):
            journey.verify(pending_authority, operator, authoriser)
        return

    assert journey.verify(pending_authority, operator, authoriser).state == "authorised"


@pytest.mark.usefixtures("authorised_order")
def test_who_may_not_check_hears_that_before_anything_else(pending_authority, desk):
    with pytest.raises(PermissionDenied):
        commands.reject_authority(pending_authority.pk, by=desk, reason="Not signed")
