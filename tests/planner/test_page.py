"""The planner's page: what it advises, works out and costs, from its address alone."""

import re

import pytest
from django.urls import reverse

from planner.models import MessageSize
from quotes.models import Ballpark
from tests.planner.example import CHOSEN, PLAN, SHEET

QUERIES = 4


@pytest.mark.guidance("R-4-1", "R-2.4.1-1")
def test_the_options_stand_side_by_side_with_a_drawing_each(planned):
    shown = planned()

    assert shown.count('role="img"') == 3
    assert shown.count("dcc-option__art") == 3
    for name, facts in (
        ("Low", ("1", "1", "1", "Low", "Low", "Low")),
        ("Medium", ("1", "2", "2", "Medium", "High", "Medium")),
        ("High", ("2", "2", "2", "High", "High", "High")),
    ):
        cells = "".join(f"<td data-label=[^>]*>{fact}</td> ?" for fact in facts)
        assert re.search(f'"row">{name}</th> ?{cells}', shown)


@pytest.mark.guidance("R-2.4-3", "R-4.1-1", "R-4.1-3")
def test_low_warns_of_the_single_point_of_failure(planned):
    shown = planned()

    assert "A single point of failure." in shown
    assert "you have no access to DCC at all" in shown
    assert "DCC promises no level of availability" in shown
    assert "it costs least to install and to run" in shown


@pytest.mark.guidance("R-4.2-4", "R-4.2-5", "R-4.3-4", "R-4.3-5", "R-2.14-4")
def test_pairs_say_what_you_provide_and_that_one_stands_by(planned):
    shown = planned()

    assert "routed links are not supported" in shown
    assert "a layer 2 link of your own between the sites" in shown
    assert shown.count("they never share the load") == 2
    assert "outlast a broken cable or a failed exchange" in shown


@pytest.mark.guidance(
    "R-5-1", "R-5.1-1", "R-5.2-1", "R-5.2.1-1", "R-5.2.1-2", "R-5.2.1-3", "R-5.2.1-4"
)
def test_the_site_is_told_what_it_needs(planned):
    shown = planned()

    assert "One rack unit (1U) is 1.75 inches (44.45 mm) high" in shown
    for words in ("1U for", "4U for", "AC power", "Suitable space and temperature"):
        assert words in shown
    assert "Not under air conditioning" in shown
    assert "Best where entry is controlled" in shown


@pytest.mark.guidance("R-2.4-4")
def test_four_things_are_to_be_weighed(planned):
    shown = planned()

    for words in (
        "<strong>Resilience.</strong>",
        "<strong>Business continuity and disaster recovery.</strong>",
        "apart from service requests.</strong>",
        "<strong>Testing apart from live.</strong>",
    ):
        assert words in shown


@pytest.mark.guidance("R-2.8-1", "R-2.7.2-1")
def test_the_sum_is_shown_and_the_choice_stands_beside_it(planned):
    shown = planned(**PLAN)

    assert "<strong>HV, 10 Mbps</strong>" in shown
    assert "You need 2.66 Mbps." in shown
    assert "570,000 kB \N{MULTIPLICATION SIGN} 8 bits ÷ 7,200 s ÷ 1,000" in shown
    assert "<strong>LV</strong> would do" in shown
    assert '<option value="hv-20" selected>' in shown
    assert "Most HV connections begin with 10 or 20 Mbps" in shown


def test_nothing_is_chosen_for_a_party_that_only_works_out_a_speed(planned):
    shown = planned(**SHEET, option="low")

    assert shown.count('<option value="" selected>Not decided yet') == 2
    assert "and the type that the sum suggests, as you have chosen none" in shown


@pytest.mark.guidance("R-2.6-12", "T14")
def test_more_than_the_ceiling_is_said_and_nothing_named(planned):
    shown = planned(**SHEET | {"meters": "100,000,000"})

    assert "<strong>More than one HV connection carries</strong>" in shown
    assert "The SEC permits no connection above 100 Mbps" in shown


@pytest.mark.guidance("R-2.6-12")
def test_a_rating_past_the_ceiling_is_refused_with_the_reason(planned):
    shown = planned(main="hv-110")

    assert "Choose LV, or HV from 10 to 100 Mbps in steps of 10" in shown
    assert "larger connections are not permitted under the SEC" in shown


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"parties": ""}, "Enter how many Parties use the connection"),
        ({"meters": "many"}, "Enter a whole number for “Meters that each"),
        ({"meters": "999999999999999999999"}, "Enter 100,000,000 or less"),
        ({"meters": "0"}, "Enter 1 or more"),
        ({"growth": "-1"}, "Enter 0 or more for “Allowance"),
        ({"growth": "0.00001"}, "Enter at most 4 decimals"),
        ({"growth": "NaN"}, "Enter a number for “Allowance for growth"),
        ({"routine_count": "", "complex_count": "0"}, "for at least one kind"),
        ({"peak_share": ""}, "Enter the share of the day"),
        ({"peak_share": "8"}, "2 hours are 8.3% of a day"),
        ({"peak_hours": "25"}, "Enter 24 or less"),
    ],
)
def test_what_cannot_be_worked_out_is_said_beside_what_was_typed(
    planned, typed, refusal
):
    shown = planned(**SHEET | typed)

    assert "There is a problem" in shown
    assert refusal in shown
    assert 'value="2,000"' in shown
    assert "How we got there" not in shown


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"option": "huge"}, "Choose low, medium or high resilience"),
        ({"years": "2"}, "Choose one of the answers to “Minimum contract period”"),
        ({"uses": "fun"}, "Choose one of the answers"),
    ],
)
def test_a_choice_that_there_is_not_is_refused_and_the_sum_stays(
    planned, typed, refusal
):
    shown = planned(**SHEET | typed)

    assert refusal in shown
    assert "Put right what is marked above first" in shown
    assert "How we got there" in shown


def test_without_a_size_the_sum_says_whom_to_ask(planned):
    shown = planned(**SHEET | {"complex_bytes": ""})

    assert "We cannot finish the sum" in shown
    assert "<li>Complex requests, such as tariff changes</li>" in shown
    assert "help with message sizes" in shown
    assert "There is a problem" not in shown


def test_no_message_size_is_laid_down(planned):
    assert not MessageSize.objects.exists()
    assert "Assumption by DCC" not in planned()


@pytest.mark.guidance("R-2.8-5")
def test_an_assumed_size_is_called_one_and_may_be_replaced(planned):
    for since, size in (("2026-01-01", 900), ("2026-03-03", 1200)):
        MessageSize.objects.create(
            kind="routine", size_bytes=size, source="A week of trials", from_on=since
        )

    empty, own = planned(option="low"), planned(**SHEET)

    assert 'value="1,200"' in empty
    assert "staff since 3 March 2026: 1200 bytes. A week of trials." in empty
    assert "Not from the guidance; type your own" in empty
    assert 'value="2,000"' in own
    assert 'value="1,200"' not in own


@pytest.mark.guidance("R-2.9.3-1")
def test_the_cost_is_indicative_and_says_what_it_leaves_out(planned):
    shown = planned(**PLAN)

    assert "Indicative, excluding VAT, for <strong>high resilience</strong>" in shown
    for amount in ("£3,000 to £15,000", "£600 to £1,000", "£18,800 to £118,000"):
        assert amount in shown
    assert "sample spread of locations" in shown
    assert "(H15.8 and H15.9(b)), and nothing is built before you accept it" in shown
    assert "neither diverse routing nor a new telephone line" in shown


@pytest.mark.parametrize(
    ("typed", "amounts"),
    [
        ({}, ["Two HV connections", "One LV connection", "£3,800 to £7,000"]),
        ({"option": "low"}, ["One LV connection", "One HV connection"]),
        ({"option": "medium"}, ["Two LV connections", "HV with an LV back-up"]),
        ({"option": "low", "main": "lv", "is_rdp": "on"}, ["£0</td>", "as free"]),
        (
            {"option": "high", "main": "hv-10"},
            ["With an LV back-up instead", "£18,800"],
        ),
    ],
)
def test_the_cost_fits_what_is_decided_so_far(planned, typed, amounts):
    shown = planned(**typed)

    for amount in amounts:
        assert amount in shown


def test_without_prices_in_force_none_are_made_up(planned):
    Ballpark.objects.update(until_on="2026-03-02")

    assert "There are no indicative prices for today" in planned(**PLAN)


@pytest.mark.guidance("R-4.2-7", "R-4.3-6")
def test_two_that_differ_bring_a_warning_and_no_refusal(planned):
    shown = planned(**PLAN)

    assert "<strong>The two differ.</strong>" in shown
    assert "Start two linked requests from this plan" in shown


@pytest.mark.guidance("R-2.4-1")
@pytest.mark.parametrize("option", ["low", "medium", "high"])
def test_every_option_may_be_had_whatever_is_advised(planned, option):
    assert "from this plan" in planned(**PLAN | {"option": option, "main": "lv"})


def test_choosing_an_option_keeps_what_was_sent(planned):
    shown = planned(**PLAN)

    link = shown.partition("Choose low")[0].rpartition('href="')[2]
    assert "meters=40%2C000" in link
    assert "option=low" in link


@pytest.mark.parametrize("typed", [{}, PLAN])
def test_the_planner_asks_the_database_little(
    client, planned, django_assert_max_num_queries, typed
):
    with django_assert_max_num_queries(QUERIES):
        client.get(reverse("plan"), typed)


def test_a_single_connection_is_asked_for_no_back_up(planned):
    shown = planned(**CHOSEN, option="low")

    assert 'name="backup" class' not in shown
    assert "Back-up connection" not in shown
