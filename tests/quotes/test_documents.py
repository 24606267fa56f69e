"""What the quotation on paper says, read back as its signatory reads it."""

import json
from datetime import date
from decimal import Decimal

import pytest

from common.pdf import fingerprint
from orders.models import ConnectionRequest, ResilienceGroup, SiteReview
from parties.models import DataCentre, Party
from quotes import commands
from quotes.commands import LineEntry
from quotes.models import Quote
from tests import journey
from tests.cast import NOW
from tests.quotes.paper import facts_of, text_of

FREE = [
    LineEntry(
        "connection",
        Decimal("0.00"),
        "Used only for registration data",
        reason="Priced by hand",
    ),
    LineEntry(
        "annual",
        Decimal("0.00"),
        "Used only for registration data",
        reason="Priced by hand",
    ),
]


@pytest.fixture
def indicative_draft(accepted_order, operator):
    return journey.draft(
        journey.review(accepted_order, operator, survey=True), operator
    )


@pytest.fixture
def rdp_draft(rdp, rdp_submitter, rdp_data_centre, operator):
    """An RDP's free LV connection, for registration data alone."""
    order = journey.start(rdp, rdp_submitter)
    answers = {"connection_type": "lv", "is_registration_only": True}
    order = journey.answer(order, rdp_submitter, rdp_data_centre, **answers)
    order = journey.accept(journey.submit(order, rdp_submitter), operator)
    return journey.draft(journey.review(order, operator), operator, lines=FREE)


@pytest.fixture
def second_draft(issued_quote, operator):
    """Version 2, after version 1 was issued and taken back."""
    commands.withdraw_quote(issued_quote.pk, by=operator, reason="Wrong.")
    lines = [
        LineEntry("connection", Decimal("3500.00"), reason="Priced by hand"),
        LineEntry("annual", Decimal("4000.00"), reason="Priced by hand"),
        LineEntry(
            "civil_works", Decimal("900.00"), "New duct", reason="Priced by hand"
        ),
    ]
    return journey.draft(issued_quote.order, operator, lines=lines)


# What the facts are


def test_the_facts_are_the_same_each_time_and_survive_json(draft_quote):
    facts = facts_of(draft_quote)

    assert facts == facts_of(draft_quote)
    assert facts == json.loads(json.dumps(facts))


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Quote, {"note": "The duct is long."}),
        (Quote, {"delivery_on": date(2026, 6, 1)}),
        (Quote, {"vat_rate": Decimal("17.50")}),
        (ConnectionRequest, {"hv_rating_mbps": 30}),
        (Party, {"name": "Southgate Energy"}),
        (DataCentre, {"postcode": "ZZ1 1ZZ"}),
    ],
)
def test_the_fingerprint_is_of_all_that_the_document_says(draft_quote, model, change):
    before = fingerprint(facts_of(draft_quote))

    model.objects.update(**change)

    assert fingerprint(facts_of(draft_quote)) != before


def test_a_changed_price_changes_the_fingerprint(draft_quote):
    before = fingerprint(facts_of(draft_quote))

    draft_quote.lines.filter(kind="annual").update(net=Decimal("4000.01"))

    assert fingerprint(facts_of(draft_quote)) != before


# What it says


@pytest.mark.guidance("R-2.11-1", "R-3.4-1")
def test_it_states_the_last_day_and_how_it_was_worked_out(draft_quote):
    text = text_of(draft_quote)

    assert "Accept by the end of Thursday 2 April 2026" in text
    assert "If you receive it that day, which is not counted, 30 calendar days" in text
    assert "30 calendar days, weekends and bank holidays included" in text


@pytest.mark.guidance("T29")
def test_it_says_that_the_last_day_is_later_if_it_is_received_later(draft_quote):
    text = text_of(draft_quote)

    assert "Later if received later" in text
    assert (
        "If you receive it on a later day, they run from that day and end later" in text
    )
    assert "when a mail server accepts our e-mail for one of your contacts" in text


def test_what_is_kept_for_years_does_not_speak_of_today(draft_quote):
    text = text_of(draft_quote)

    assert "VAT is shown at the rate of the day of issue" in text
    assert "today" not in text.lower()


@pytest.mark.guidance("R-2.9.1-1")
def test_it_itemises_each_charge_with_its_vat_and_names_the_commitment(draft_quote):
    text = text_of(draft_quote)

    assert "Connection charge £3,000.00 £600.00 £3,600.00" in text
    assert "Annual charge, 3 years at £4,000.00 £12,000.00 £2,400.00 £14,400.00" in text
    assert "Total commitment over 3 years £15,000.00 £3,000.00 £18,000.00" in text
    assert "VAT at 20%" in text


@pytest.mark.guidance("R-2.9.1-5")
def test_it_says_what_is_invoiced_when(draft_quote):
    text = text_of(draft_quote)

    assert "On completion of installation" in text
    assert "£7,000.00 1 year after completion £4,000.00" in text
    assert "2 years after completion £4,000.00" in text


@pytest.mark.guidance("R-3.4-2", "R-3.3-3")
def test_signing_a_firm_one_commits_to_the_named_full_cost(draft_quote):
    text = text_of(draft_quote)

    assert "This price is Firm No survey is needed. It will not change." in text
    assert "The full cost, £15,000.00 excluding VAT." in text
    assert "at its full cost of £15,000.00 excluding VAT, for Northgate Energy" in text


@pytest.mark.guidance("R-3.3-3")
def test_signing_an_indicative_one_authorises_only_the_survey(indicative_draft):
    text = text_of(indicative_draft)

    assert "This price is Indicative A survey is needed and may change it." in text
    assert "The survey, not yet the full cost." in text
    assert "I give authority for the survey" in text
    assert "commitment" not in text


@pytest.mark.guidance("R-2.5-3")
def test_it_tells_before_signing_that_renewal_is_automatic(draft_quote):
    text = text_of(draft_quote)

    assert "At least 3 years from the day installation is complete." in text
    assert "Automatic renewal for 12 months at a time." in text


@pytest.mark.guidance("R-2.5-10", "R-2.9.2-1")
def test_an_rdp_reads_of_no_period_no_renewal_and_why_it_is_free(rdp_draft):
    text = text_of(rdp_draft)

    assert "Minimum period None, and no renewal" in text
    assert "Automatic renewal" not in text
    assert "Total commitment, first year included £0.00 £0.00 £0.00" in text
    assert "Free of charge because you use it only to provide registration" in text


@pytest.mark.guidance("R-3.3-2", "R-4.1-3", "R-3.5-1", "R-2.11-3")
@pytest.mark.parametrize(
    "words",
    [
        "2 May 2026 is the estimate, if you accept by",
        "a single link. No availability is guaranteed if it fails",
        "Does the site have rules for visits, or steps to be taken before one?",
        "Name Position Signature Date",
        "Sign, scan both pages with their codes readable, and upload the scan",
        "A signature by anyone else has no effect.",
        "Thornby Park",
        "SEC Party, under H15",
    ],
)
def test_a_director_can_sign_it_without_asking(draft_quote, words):
    assert words in text_of(draft_quote)


@pytest.mark.guidance("R-2.6-2", "R-2.6-6")
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("superfast", "up to 40 Mbps from DCC and 10 Mbps to DCC"),
        ("standard", "up to 20 Mbps from DCC and 2.5 Mbps to DCC"),
        ("", "superfast broadband where the site can have it, otherwise standard"),
    ],
)
def test_low_volume_says_which_line_the_review_found(rdp_draft, kind, words):
    SiteReview.objects.update(line_kind=kind)

    assert words in facts_of(rdp_draft)["line"]


@pytest.mark.guidance("R-2.6-9", "R-2.6-13")
def test_high_volume_is_priced_for_the_rate_that_was_asked_for(draft_quote):
    line = facts_of(draft_quote)["line"]

    assert line == "100 Mbps Ethernet, rated at 20 Mbps"


@pytest.mark.guidance("R-3.6-4")
def test_a_later_version_shows_what_changed(second_draft):
    text = text_of(second_draft)

    assert "It replaces version 1." in text
    assert "£500.00 more than in version 1, where it was £3,000.00" in text
    assert "New duct. New since version 1" in text
    assert "(3 March 2026, firm) came to £15,000.00 excluding VAT, £1,400.00" in text
    assert "less than now." in text


@pytest.mark.guidance("R-3.6-4")
def test_a_later_version_names_what_it_leaves_out(second_draft):
    second_draft.previous.lines.create(
        position=3, kind="other", description="Crane", net=Decimal("70.00")
    )

    assert "No longer charged: Crane (£70.00)." in text_of(second_draft)


def test_a_version_that_the_party_never_saw_is_not_mentioned(draft_quote, operator):
    commands.withdraw_quote(draft_quote.pk, by=operator, reason="Mistyped.")

    again = journey.draft(draft_quote.order, operator)

    assert (again.version, facts_of(again)["previous"]) == (2, None)


@pytest.mark.guidance("R-2.9.3-3")
def test_a_note_to_the_party_is_printed_as_typed(draft_quote):
    Quote.objects.update(note='A <long> duct & a "deep" one.')

    assert 'Note from DCC. A <long> duct & a "deep" one.' in text_of(draft_quote)


# What is supplied of a pair, and what was found about diverse routing


@pytest.fixture
def paired(draft_quote, submitter, data_centre):
    """Return a maker of an order's pair: `paired("high", "backup")`."""
    order = draft_quote.order

    def made(option, role):
        group = ResilienceGroup.objects.create(
            party=order.party, option=option, created_by=submitter, created_at=NOW
        )
        other = journey.start(order.party, submitter)
        roles = {"primary": "backup", "backup": "primary"}
        facts = {"group": group, "connection_type": "lv", "data_centre": data_centre}
        rows = ConnectionRequest.objects
        rows.filter(pk=other.pk).update(role=roles[role], **facts)
        rows.filter(pk=order.pk).update(role=role, group=group)
        return other

    return made


@pytest.mark.guidance("R-4.2-1", "R-4.3-1")
@pytest.mark.parametrize(
    ("option", "role", "words"),
    [
        ("medium", "primary", "Medium: the main one of two links to this site."),
        ("medium", "backup", "Medium: the back-up of two links to this site."),
        ("high", "primary", "High: the main one of two links to two sites."),
        ("high", "backup", "High: the back-up of two links to two sites."),
    ],
)
def test_one_of_a_pair_says_which_link_it_supplies(
    draft_quote, paired, option, role, words
):
    other = paired(option, role)

    text = text_of(draft_quote)

    assert f"{words} Order {other} is for the other" in text
    assert f"Broken line, blue outline: order {other}." in text
    drawn = facts_of(draft_quote)["pair"]["links"]
    assert [link["is_this"] for link in drawn] == [role == "primary", role != "primary"]


def test_what_is_left_of_a_pair_is_drawn_as_a_single_link(draft_quote, paired):
    other = paired("medium", "primary")
    ConnectionRequest.objects.filter(pk=other.pk).update(
        state="withdrawn",
        submitted_at=NOW,
        submitted_by=other.created_by,
        closed_at=NOW,
    )

    assert "a single link. No availability is guaranteed" in text_of(draft_quote)


@pytest.mark.guidance("R-2.14-5")
@pytest.mark.parametrize(
    ("wanted", "available", "cost", "words"),
    [
        (False, None, None, ""),
        (True, None, None, "The survey finds out"),
        (True, False, None, "Not available at this site."),
        (True, True, "2500.00", "Available for about £2,500.00 more"),
        (True, True, None, "Available at no extra cost"),
    ],
)
def test_it_says_whether_diverse_routing_can_be_had_and_at_what_cost(
    draft_quote, wanted, available, cost, words
):
    ConnectionRequest.objects.update(wants_diverse_routing=wanted)
    SiteReview.objects.update(is_diversity_available=available, diversity_cost=cost)

    said = facts_of(draft_quote)["diversity"]

    assert said.startswith(words)
    assert bool(said) == wanted


@pytest.mark.guidance("R-2.14-5")
def test_the_cost_of_diverse_routing_in_the_price_is_pointed_to(draft_quote):
    ConnectionRequest.objects.update(wants_diverse_routing=True)
    SiteReview.objects.update(is_diversity_available=True, diversity_cost="2500.00")
    draft_quote.lines.create(position=3, kind="civil_works", net=Decimal("2500.00"))

    assert "Diverse routing Available, and in this price: see civil works" in text_of(
        draft_quote
    )


@pytest.mark.parametrize("years", [1, 3])
def test_the_figures_of_the_settings_stand_in_the_words(draft_quote, settings, years):
    settings.RENEWAL_NOTICE_MONTHS, settings.RENEWAL_WINDOW_MONTHS = 5, 2
    settings.VISIT_WARNING_WORKING_DAYS = 1

    text = text_of(draft_quote)

    assert "5 months before the period ends" in text
    assert "You then have 2 months to cancel" in text
    assert "less than 1 working day before it" in text
