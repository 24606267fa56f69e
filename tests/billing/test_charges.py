from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from billing.commands import raise_cancellation_charge, raise_completion_charges
from billing.commands.ledger import instead_of
from billing.errors import AlreadyCharged
from billing.models import Charge
from quotes.commands import LineEntry
from records.models import Event, Notice
from tests import journey, journey_on_site
from tests.cast import NOW

LINES = (
    LineEntry("connection", Decimal("3000.00"), reason="Priced by hand"),
    LineEntry(
        "annual", Decimal("4000.00"), "Annual charge, 20 Mbps", reason="Priced by hand"
    ),
    LineEntry("new_line", Decimal("180.50"), reason="Priced by hand"),
    LineEntry(
        "civil_works", Decimal("0.00"), "Duct is there already", reason="Priced by hand"
    ),
)


@pytest.fixture
def four_line_connection(accepted_order, operator, authoriser):
    """Its quotation has two once-only items, an annual one and a free one."""
    quote = journey.offer(accepted_order, operator, lines=LINES)
    order = journey.authorise(quote, operator, authoriser)
    return journey_on_site.install_and_complete(order, operator)


@pytest.mark.guidance("R-2.9.1-1", "R-2.9.1-2", "R-2.9.1-5", "T24")
def test_completion_raises_each_line_and_one_year_of_the_annual(four_line_connection):
    charges = Charge.objects.order_by("pk")

    assert [(c.kind, c.net, c.year) for c in charges] == [
        ("connection", Decimal("3000.00"), 1),
        ("annual", Decimal("4000.00"), 1),
        ("new_line", Decimal("180.50"), 1),
        ("civil_works", Decimal("0.00"), 1),
    ]
    assert charges.total_net() == Decimal("7180.50")


@pytest.mark.guidance("R-2.9.1-5", "R-3.7-5", "T12")
def test_charges_fall_due_on_the_day_of_completion(authorised_order, operator, clock):
    clock.move_to(NOW.replace(day=20))
    journey_on_site.install(authorised_order, operator)
    clock.move_to(NOW.replace(day=27))
    day = date(2026, 3, 24)
    journey_on_site.complete(authorised_order, operator, completed_on=day)

    assert {charge.due_on for charge in Charge.objects.all()} == {day}


@pytest.mark.guidance("R-2.9.1-4", "R-2.9.2-1")
def test_each_charge_points_to_what_allows_it(four_line_connection):
    quote = journey_on_site.accepted_quote(four_line_connection.order)

    for charge in Charge.objects.all():
        assert charge.quote_line.quote == quote
        assert charge.why.startswith(f"Quotation {quote}, accepted by authority")
    free = Charge.objects.get(net=0)
    assert free.why.endswith("Free: Duct is there already")


@pytest.mark.guidance("R-2.9.1-7", "R-2.3-5")
def test_charges_are_the_gateway_partys_explicit_charges(connection, party):
    for charge in Charge.objects.all():
        assert charge.category == "Explicit Charges"
        assert (charge.party, charge.connection) == (party, connection)


@pytest.mark.guidance("R-2.9.1-5", "R-3.7-5")
def test_completion_is_charged_once(connection, accepted_quote):
    before = set(Charge.objects.values_list("pk", flat=True))

    with pytest.raises(AlreadyCharged, match=f"{connection} has already been charged"):
        raise_completion_charges(connection, quote=accepted_quote, at=NOW)
    assert set(Charge.objects.values_list("pk", flat=True)) == before


@pytest.mark.guidance("R-2.9.1-5")
def test_the_database_holds_one_charge_a_quote_line_and_year(connection):
    charge = Charge.objects.first()
    charge.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        charge.save(force_insert=True)
    charge.year = 2
    charge.save(force_insert=True)


@pytest.mark.guidance("R-3.6-5")
def test_after_a_survey_the_updated_quotation_is_charged(
    surveyed_order, operator, authoriser
):
    dearer = (
        LINES[0],
        LineEntry("annual", Decimal("5000.00"), reason="Priced by hand"),
    )
    order = journey_on_site.accept_update(
        surveyed_order, operator, authoriser, lines=dearer
    )
    journey_on_site.install_and_complete(order, operator)

    assert Charge.objects.total_net() == Decimal("8000.00")
    assert {c.quote_line.quote.version for c in Charge.objects.all()} == {2}


@pytest.mark.guidance("R-2.9.1-4", "T12", "R-2.9.1-5")
@pytest.mark.parametrize("state", ["quoted", "authorised", "withdrawn", "lapsed"])
def test_nothing_is_charged_before_completion(make_order, state):
    make_order(state)

    assert not Charge.objects.exists()
    assert Charge.objects.total_net() == Decimal("0.00")


@pytest.mark.guidance("R-3.7-6", "R-2.9.1-7")
def test_the_party_is_told_of_completion_and_its_bill(
    four_line_connection, authoriser, submitter
):
    notices = Notice.objects.filter(kind="installation_complete")

    assert {notice.to for notice in notices} == {authoriser.email, submitter.email}
    for words in (
        "was complete on Tuesday 3 March 2026",
        "Annual charge, 20 Mbps, 3 March 2026 to 2 March 2027: £4,000.00",
        "New telephone line: £180.50",
        "Duct is there already: £0.00",
        "Total: £7,180.50",
        "as Explicit Charges, excluding VAT",
        "to the end of 2 March 2029",
    ):
        assert words in notices[0].text


@pytest.mark.guidance("R-2.9.2-1")
def test_a_free_connection_is_charged_at_zero_with_its_reason(rdp_connection):
    charges = rdp_connection.charges.all()

    assert [charge.net for charge in charges] == [Decimal("0.00")] * 2
    for charge in charges:
        assert charge.why.endswith("Free: Used purely for registration data")


@pytest.mark.guidance("R-3.7-6")
def test_a_free_connection_is_complete_without_a_bill(rdp_connection, rdp_submitter):
    notice = Notice.objects.get(kind="installation_complete")

    assert notice.to == rdp_submitter.email
    assert "Nothing is due from you" in notice.text
    assert "you have no minimum period" in notice.text
    assert "due" not in notice.subject


@pytest.mark.guidance("R-2.9.1-4", "T7")
def test_cancelling_a_firm_order_charges_its_full_cost_once(
    authorised_order, authoriser, party
):
    journey.cancel(authorised_order, authoriser)

    charge = Charge.objects.get()
    assert (charge.kind, charge.net) == ("cancellation", Decimal("15000.00"))
    assert (charge.party, charge.due_on) == (party, date(2026, 3, 3))
    assert charge.connection is charge.quote_line is None
    assert "commits to its full cost" in charge.why
    assert Event.objects.filter(name="raise_cancellation_charge").count() == 1


@pytest.mark.guidance("T7")
def test_cancelling_before_the_updated_quotation_costs_nothing(
    survey_visit, authoriser
):
    journey.cancel(journey.fresh(survey_visit.order), authoriser)

    assert not Charge.objects.exists()


def test_a_cancellation_is_charged_once(authorised_order, authoriser, accepted_quote):
    order = journey.cancel(authorised_order, authoriser)

    with pytest.raises(AlreadyCharged, match=f"{order} has already been charged"):
        raise_cancellation_charge(
            order, quote=accepted_quote, charge=Decimal(1), at=NOW
        )
    charge = Charge.objects.get()
    charge.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        charge.save(force_insert=True)


@pytest.mark.parametrize(
    "impossible",
    [
        {"net": Decimal("-0.01")},
        {"why": ""},
        {"quote_line": None},
        {"connection": None},
        {"kind": "cancellation"},
        {"attempt": 1},
    ],
)
def test_an_impossible_charge_cannot_be_stored(connection, impossible):
    """The same again could be: only what is impossible about it is refused."""
    charge, how = Charge.objects.first(), {"why": "Again", "raised_at": NOW}
    instead_of(charge, **how)

    with pytest.raises(IntegrityError), transaction.atomic():
        instead_of(charge, **{"attempt": 3, **how, **impossible})


def test_charges_that_cannot_be_raised_undo_the_completion(
    installed_order, operator, monkeypatch
):
    def refuse(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(Charge.objects, "create", refuse)
    with pytest.raises(IntegrityError), transaction.atomic():
        journey_on_site.complete(installed_order, operator)

    assert journey.fresh(installed_order).state == "install"


@pytest.mark.guidance("R-2.3-3", "R-1.3-3")
@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("operator", True),
        ("desk", True),
        ("billing_clerk", True),
        ("installer", False),
        ("configurer", False),
        ("submitter", True),
        ("authoriser", True),
        ("colleague", True),
        ("outsider", False),
    ],
)
def test_who_sees_charges(request, connection, who, sees):
    person = request.getfixturevalue(who)

    assert Charge.objects.visible_to(person).exists() == sees


def test_a_cancellation_falls_due_on_the_uk_day_not_on_that_of_utc(
    authorised_order, authoriser
):
    summer_midnight = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    journey.cancel(authorised_order, authoriser, at=summer_midnight)

    charge = Charge.objects.get(kind="cancellation")
    assert charge.due_on == date(2026, 7, 1)
