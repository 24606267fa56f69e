"""What the next visit costs: claimed, confirmed, disputed, decided, charged once."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from billing.commands import issue_invoice, raise_visit_charge
from billing.models import Charge
from billing.tasks import charge_due_visits
from orders.errors import ReasonMissing
from records.errors import NotPossibleInState
from records.models import Notice
from sites import commands
from sites.errors import AmountMissing, DisputeStillOpen, DisputeTooLate
from sites.models import SiteVisit, VisitClaim
from tests import journey, journey_on_site
from tests.desk.conftest import Desk
from tests.factories.quotes import PriceItemFactory

TUESDAY, LATER = date(2026, 3, 17), date(2026, 3, 24)
ON_THE_DAY = datetime(2026, 3, 17, 10, tzinfo=UTC)
# Ten working days after that day.
LAST_TO_DISPUTE = datetime(2026, 3, 31, 20, tzinfo=UTC)
AFTER_THAT = datetime(2026, 4, 1, 0, 0, 1, tzinfo=UTC)


@pytest.fixture
def price():
    """£385.00, as DCC's price list has it, excluding VAT."""
    return PriceItemFactory(kind="rescheduled_visit", net=Decimal(385))


@pytest.fixture
def claim(ready_order, installer, clock, price):
    """Of a visit that failed on Tuesday 17 March 2026, with another on the 24th."""
    return fail_the_first(ready_order, installer, clock)


def fail_the_first(order, installer, clock):
    visit = journey_on_site.book(order, installer, "circuit", on=TUESDAY)
    clock.move_to(ON_THE_DAY)
    journey_on_site.turn_away(visit, installer)
    journey_on_site.book(order, installer, "circuit", on=LATER)
    return VisitClaim.objects.get()


@pytest.fixture
def confirmed(claim, operator):
    return commands.confirm_claim(claim.pk, by=operator)


def next_visit(claim):
    return SiteVisit.objects.filter(claim=claim).latest("pk")


def make_next(claim, installer, clock):
    """Let the visit that was booked instead be made."""
    visit = next_visit(claim)
    clock.move_to(datetime.combine(visit.on, ON_THE_DAY.time(), tzinfo=UTC))
    commands.complete_stage(
        visit.order_id,
        by=installer,
        stage="circuit",
        done_on=visit.on,
        test_result="Passed",
        provider="BT Openreach",
        provider_reference="ONEA-77",
    )


def charge_all(clock, at=AFTER_THAT):
    clock.move_to(at)
    for claim in VisitClaim.objects.due_to_charge(at.date()):
        raise_visit_charge(claim.pk)


@pytest.mark.guidance("R-2.9.1-10", "T11")
def test_the_next_visit_is_charged_once_it_was_made_and_once_only(
    confirmed, installer, clock
):
    make_next(confirmed, installer, clock)
    charge_all(clock)
    raise_visit_charge(confirmed.pk)
    charge_all(clock)

    charge = Charge.objects.get()
    assert (charge.kind, charge.net) == ("rescheduled_visit", Decimal(385))
    assert charge.visit == next_visit(confirmed)
    assert charge.due_on == date(2026, 4, 1)
    assert f"Visit {confirmed.visit} on 17 March 2026" in charge.why
    assert VisitClaim.objects.get().state == "charged"


@pytest.mark.guidance("R-2.9.2-4", "T26")
def test_an_rdp_is_charged_for_it_too_though_its_connection_is_free(
    rdp_order, installer, operator, clock, price
):
    journey_on_site.agree_access(rdp_order, installer)
    claim = fail_the_first(rdp_order, installer, clock)
    commands.confirm_claim(claim.pk, by=operator)
    make_next(claim, installer, clock)

    charge_all(clock)

    charge = Charge.objects.get()
    assert (charge.party, charge.net) == (rdp_order.party, Decimal(385))
    assert issue_invoice(charge.party_id).gross == Decimal(462)


@pytest.mark.guidance("R-2.9.1-10")
def test_nothing_is_charged_before_operations_confirms_it(claim, installer, clock):
    make_next(claim, installer, clock)
    charge_all(clock)

    assert raise_visit_charge(claim.pk) is None
    assert not Charge.objects.exists()


def test_nothing_is_charged_while_it_can_still_be_disputed(confirmed, installer, clock):
    make_next(confirmed, installer, clock)

    charge_all(clock, at=LAST_TO_DISPUTE)
    assert not Charge.objects.exists()
    with pytest.raises(DisputeStillOpen, match="31 March 2026"):
        confirmed.charge(at=LAST_TO_DISPUTE)


def test_a_claim_waits_for_its_charge_from_the_day_after_it_could_be_disputed(
    confirmed, installer, clock
):
    make_next(confirmed, installer, clock)

    due = VisitClaim.objects.due_to_charge
    assert not due(LAST_TO_DISPUTE.date()).exists()
    assert due(AFTER_THAT.date()).get() == confirmed


@pytest.mark.guidance("R-2.9.1-10", "T11")
def test_a_visit_that_dccs_side_misses_is_never_charged_and_the_next_one_is(
    confirmed, installer, clock
):
    missed = next_visit(confirmed)
    clock.move_to("2026-03-24T15:00Z")
    commands.fail_visit(missed.pk, by=installer, happened="did_not_come")
    charge_all(clock)
    assert raise_visit_charge(confirmed.pk) is None
    assert not Charge.objects.exists()

    order = missed.order
    again = journey_on_site.book(order, installer, "circuit", on=date(2026, 4, 2))
    assert again.claim == confirmed
    make_next(confirmed, installer, clock)
    charge_all(clock, at=timezone.now())
    assert Charge.objects.get().visit == again


@pytest.mark.guidance("T11")
def test_a_visit_that_moves_free_of_charge_takes_its_claim_along_once(
    confirmed, submitter, installer, clock
):
    first = next_visit(confirmed)
    how = {"on": date(2026, 4, 7), "reason": "Audit"}
    moved = commands.rearrange_visit(first.pk, by=submitter, **how)

    assert moved.claim == confirmed
    assert VisitClaim.objects.count() == 1
    make_next(confirmed, installer, clock)
    charge_all(clock, at=timezone.now())
    assert Charge.objects.get().visit == moved


@pytest.mark.guidance("T11")
def test_a_visit_that_is_to_be_charged_and_moves_late_is_not_claimed_once_more(
    confirmed, submitter, clock
):
    clock.move_to("2026-03-23T10:00Z")
    moved = commands.rearrange_visit(
        next_visit(confirmed).pk, by=submitter, on=date(2026, 4, 7), reason="Audit"
    )

    assert moved.claim == VisitClaim.objects.get() == confirmed


@pytest.mark.guidance("T11")
def test_the_visit_after_one_that_was_made_in_vain_is_free_once_that_is_decided(
    confirmed, installer, operator, clock
):
    clock.move_to("2026-03-24T10:00Z")
    in_vain = journey_on_site.turn_away(next_visit(confirmed), installer)
    commands.drop_claim(in_vain.own_claim.pk, by=operator, reason="We were late")
    again = journey_on_site.book(
        in_vain.order, installer, "circuit", on=date(2026, 4, 9)
    )

    assert in_vain.claim == confirmed
    assert again.claim is None


def test_a_second_failure_is_another_claim_and_each_visit_has_one_charge(
    confirmed, installer, operator, clock
):
    clock.move_to("2026-03-24T10:00Z")
    again = journey_on_site.turn_away(next_visit(confirmed), installer)
    commands.confirm_claim(again.own_claim.pk, by=operator)
    journey_on_site.book(again.order, installer, "circuit", on=date(2026, 4, 9))
    make_next(again.own_claim, installer, clock)
    charge_all(clock, at=datetime(2026, 5, 1, tzinfo=UTC))

    charged = list(Charge.objects.order_by("pk").values_list("visit", flat=True))
    assert charged == [again.pk, next_visit(again.own_claim).pk]


@pytest.mark.guidance("R-2.9.1-10")
def test_what_is_disputed_is_charged_only_when_operations_says_that_it_stands(
    confirmed, submitter, operator, installer, clock
):
    clock.move_to(LAST_TO_DISPUTE)
    commands.dispute_claim(confirmed.pk, by=submitter, reason="The guard was there")
    make_next(confirmed, installer, clock)
    charge_all(clock)
    assert not Charge.objects.exists()

    commands.uphold_claim(confirmed.pk, by=operator, reason="The log says otherwise")
    charge_all(clock)
    assert Charge.objects.count() == 1
    text = Notice.objects.filter(kind="claim_decided").latest("pk").text
    assert "It is charged £385.00 excluding VAT" in text
    assert "The log says otherwise" in text


@pytest.mark.parametrize("is_disputed", [True, False])
def test_what_operations_drops_is_free_and_the_party_reads_why(
    confirmed, authoriser, operator, installer, clock, *, is_disputed
):
    if is_disputed:
        commands.dispute_claim(confirmed.pk, by=authoriser, reason="He was late")
    commands.drop_claim(confirmed.pk, by=operator, reason="He was late indeed")
    make_next(confirmed, installer, clock)
    charge_all(clock)

    assert not Charge.objects.exists()
    assert not next_visit(confirmed).is_chargeable
    text = Notice.objects.filter(kind="claim_decided").latest("pk").text
    assert "It is free of charge" in text
    assert "He was late indeed" in text


def test_the_party_is_told_the_amount_why_and_until_when_to_dispute_it(
    confirmed, submitter, authoriser
):
    told = Notice.objects.filter(kind="claim_confirmed")

    assert set(told.values_list("to", flat=True)) == {submitter.email, authoriser.email}
    for words in (
        "£385.00 excluding VAT, £462.00 including it",
        "by the end of Tuesday 31 March 2026",
        "our own rule",
        "The engineer came at 10am",
    ):
        assert words in told[0].text


def test_a_dispute_comes_in_time_and_says_why(confirmed, submitter, clock):
    with pytest.raises(ReasonMissing):
        commands.dispute_claim(confirmed.pk, by=submitter, reason=" ")

    clock.move_to(AFTER_THAT)
    with pytest.raises(DisputeTooLate, match="31 March 2026"):
        commands.dispute_claim(confirmed.pk, by=submitter, reason="Too late")
    assert VisitClaim.objects.get().state == "confirmed"


@pytest.mark.parametrize("who", ["installer", "desk", "billing_clerk", "submitter"])
def test_nobody_but_operations_says_what_a_party_is_charged(request, claim, who):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        commands.confirm_claim(claim.pk, by=person)
    assert VisitClaim.objects.get().state == "open"


@pytest.mark.parametrize("who", ["outsider", "colleague", "operator", "installer"])
def test_nobody_but_the_nominated_disputes_it(request, confirmed, who):
    with pytest.raises(PermissionDenied):
        commands.dispute_claim(
            confirmed.pk, by=request.getfixturevalue(who), reason="No"
        )


@pytest.mark.guidance("T11")
def test_no_amount_is_invented_where_the_price_list_names_none(claim, operator, price):
    price.delete()

    with pytest.raises(AmountMissing, match="nothing is charged without it"):
        commands.confirm_claim(claim.pk, by=operator)


def test_what_was_decided_is_not_decided_again(confirmed, operator):
    commands.drop_claim(confirmed.pk, by=operator, reason="A mistake")

    for step in (commands.drop_claim, commands.uphold_claim):
        with pytest.raises(NotPossibleInState):
            step(confirmed.pk, by=operator, reason="Again")
    with pytest.raises(NotPossibleInState):
        commands.confirm_claim(confirmed.pk, by=operator)


def test_an_order_that_ends_without_another_visit_is_charged_for_none(
    confirmed, authoriser, clock
):
    journey.cancel(journey.fresh(confirmed.visit.order), authoriser)
    charge_all(clock)

    kinds = set(Charge.objects.values_list("kind", flat=True))
    assert "rescheduled_visit" not in kinds


def test_the_timer_charges_what_is_due_and_nothing_else(confirmed, installer, clock):
    make_next(confirmed, installer, clock)
    charge_due_visits()
    assert not Charge.objects.exists()

    clock.move_to(AFTER_THAT)
    charge_due_visits()
    charge_due_visits()
    assert Charge.objects.count() == 1


@pytest.mark.guidance("T35", "R-2.9.1-10")
def test_the_desk_records_a_dispute_as_a_contact_said(
    client, confirmed, submitter, desk, clock
):
    clock.shift(3600)
    order, came = journey.fresh(confirmed.visit.order), timezone.localtime()
    said = {"person": submitter.pk, "how": "phone", "reason": "Guard there"}
    said |= {"came_at": f"{came:%Y-%m-%dT%H:%M}"}

    Desk(client, desk).do(order, "dispute-said", **said)

    confirmed.refresh_from_db()
    assert (confirmed.state, confirmed.dispute) == ("disputed", "Guard there")
    told = Notice.objects.get(kind="recorded_for_you", to=submitter.email)
    assert "is disputed" in told.text
