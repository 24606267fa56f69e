"""The 18 steps of an order. Source: docs/requirements.md."""

from datetime import date

import pytest

from dccportal.pages.orders import file_of, orders_for
from dccportal.pages.timeline import all_marks, phases, progress_words
from quotes.commands import reject_authority
from sites.commands import rearrange_visit
from tests import journey, journey_on_site

FRIDAY = date(2026, 3, 20)
TITLES = ["Request", "Quotation", "Site and survey", "Build", "Into service"]


def read(order, person):
    return file_of(orders_for(person).get(pk=order.pk), person)


def timeline(order, person):
    told = read(order, person)
    return phases(told, all_marks(told))


def steps(order, person):
    return [step for phase in timeline(order, person) for step in phase.steps]


def now(order, person):
    return next(step for step in steps(order, person) if step.state in ("now", "late"))


@pytest.mark.guidance("R-3.1-1")
def test_there_are_eighteen_steps_in_five_phases(submitter, draft_order):
    shown = timeline(draft_order, submitter)

    assert [phase.title for phase in shown] == TITLES
    assert [len(phase.steps) for phase in shown] == [3, 3, 5, 5, 2]
    assert [phase.start for phase in shown] == [1, 4, 7, 12, 17]


@pytest.mark.guidance("R-3.1-1")
@pytest.mark.parametrize(
    ("fixture", "expected"),
    [
        ("draft_order", ("Request submitted", "your turn", 0)),
        ("submitted_order", ("Checked for completeness", "DCC", 1)),
        ("returned_order", ("Checked for completeness", "your turn", 1)),
        ("accepted_order", ("Desk review", "DCC", 2)),
        ("reviewed_order", ("Quotation issued", "DCC", 3)),
        ("quoted_order", ("Your decision", "Ada Law", 4)),
        ("authorised_order", ("Access details agreed", "your turn", 6)),
        ("told_order", ("Access details agreed", "DCC, with", 6)),
        ("survey_ready_order", ("Carrier has the order", "Gamma", 7)),
        ("surveyed_order", ("Confirmed or updated quotation", "DCC", 9)),
        ("installed_order", ("Installation complete", "DCC", 11)),
    ],
)
def test_the_step_to_do_now_names_who_does_it(request, submitter, fixture, expected):
    order = request.getfixturevalue(fixture)

    step = now(order, submitter)

    name, who, done = expected
    assert step.name.startswith(name)
    assert step.who.startswith(who)
    assert sum(step.state == "done" for step in steps(order, submitter)) == done


def test_a_visit_that_is_booked_gives_its_day(submitter, circuit_visit):
    step = now(circuit_visit.order, submitter)

    assert (step.name, step.day) == ("Circuit installed and tested", circuit_visit.on)


def test_the_clock_is_paused_while_dcc_waits_for_an_answer(submitter, returned_order):
    step = now(returned_order, submitter)

    assert step.day_note == "clock paused while we wait for you, since 3 March 2026"
    assert step.cause == "DCC asks"
    assert "Which floor?" in step.why


@pytest.mark.guidance("R-3.3-1")
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-03-03", ("now", "quotation due, 5 working days left")),
        ("2026-03-10", ("now", "quotation due, due today")),
        ("2026-03-12", ("late", "quotation due, 2 working days late")),
    ],
)
def test_a_quotation_that_is_late_says_so(
    submitter, reviewed_order, clock, today, expected
):
    clock.move_to(f"{today}T12:00Z")

    step = now(reviewed_order, submitter)

    assert (step.state, step.day_note) == expected
    assert step.day == date(2026, 3, 10)


@pytest.mark.guidance("R-2.11-1", "R-3.4-1")
def test_the_decision_counts_down_to_its_last_day(submitter, quoted_order):
    step = now(quoted_order, submitter)

    assert (step.day, step.day_note) == (date(2026, 4, 2), "last day, 30 days left")


@pytest.mark.guidance("R-2.11-4")
def test_an_authority_without_effect_says_why_beside_the_decision(
    submitter, pending_authority, operator
):
    reject_authority(pending_authority.pk, by=operator, reason="Not nominated")

    step = now(pending_authority.quote.order, submitter)

    assert (step.name, step.why) == ("Your decision", "Not nominated")


@pytest.mark.guidance("R-3.3-3")
def test_a_firm_price_needs_no_survey_and_counts_none(submitter, authorised_order):
    left_out = [
        step.name
        for step in steps(authorised_order, submitter)
        if step.day_note.startswith("not needed")
    ]

    assert len(left_out) == 3
    told = read(authorised_order, submitter)
    words = progress_words(all_marks(told), is_closed=False)
    assert words == "6 of 14 steps done"


def test_the_updated_quotation_is_for_whom_the_party_nominated_to_accept(
    submitter, authoriser, surveyed_order, operator
):
    journey.issue(journey.draft(surveyed_order, operator), operator)

    theirs, mine = now(surveyed_order, submitter), now(surveyed_order, authoriser)

    assert (theirs.name, theirs.who) == ("Your acceptance of it", "Ada Law")
    assert (mine.name, mine.who) == ("Your acceptance of it", "your turn")


def test_a_visit_that_was_moved_says_from_when_and_why(
    submitter, ready_order, installer
):
    visit = journey_on_site.book(ready_order, installer, "circuit", on=FRIDAY)
    rearrange_visit(
        visit.pk, by=installer, on=date(2026, 3, 27), reason="No engineer free"
    )

    step = now(ready_order, submitter)

    assert step.day == date(2026, 3, 27)
    assert step.cause == "Moved from 20 March 2026 by Ian Staller"
    assert step.why == "No engineer free."


def test_a_visit_that_failed_says_on_which_day_who_found_it_and_that_it_costs(
    submitter, ready_order, installer, clock
):
    visit = journey_on_site.book(ready_order, installer, "circuit", on=FRIDAY)
    clock.move_to("2026-03-20T12:00Z")
    journey_on_site.turn_away(visit, installer, note="Nobody opened")
    journey_on_site.book(ready_order, installer, "circuit", on=date(2026, 3, 27))

    step = now(ready_order, submitter)

    assert step.cause == "Failed on 20 March 2026 by Ian Staller"
    assert step.why == (
        "Not let in at the gate or the door. Nobody opened. The new visit may be "
        "charged."
    )


def test_in_service_every_step_is_done(submitter, session):
    shown = steps(session.connection.order, submitter)

    assert {step.state for step in shown if not step.day_note.startswith("n")} <= {
        "done"
    }
    assert shown[-1].why == "One session being set up."


@pytest.mark.parametrize(
    ("state", "name"),
    [
        ("lapsed", "Quotation lapsed"),
        ("declined", "Declined"),
        ("withdrawn", "Withdrawn"),
        ("discarded", "Thrown away"),
        ("cancelled", "Cancelled"),
        ("unavailable", "Not available"),
    ],
)
def test_an_order_that_ended_shows_no_step_to_come(submitter, make_order, state, name):
    shown = timeline(make_order(state), submitter)

    assert {step.state for phase in shown for step in phase.steps} == {"done"}
    assert (shown[-1].title, shown[-1].steps[0].name) == ("Ended", name)


@pytest.mark.guidance("R-3.3-3")
@pytest.mark.parametrize(
    ("fixture", "words"),
    [
        ("reviewed_order", "not needed, as far as DCC’s desk review shows"),
        ("quoted_order", "not needed: your price is firm"),
    ],
)
def test_a_price_is_called_firm_only_once_a_quotation_says_so(
    request, submitter, fixture, words
):
    told = {
        step.day_note for step in steps(request.getfixturevalue(fixture), submitter)
    }

    assert words in told
    assert sum(said.startswith("not needed") for said in told) == 1
