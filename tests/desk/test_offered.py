"""What each part of staff can do to an order in each state, and nothing else."""

import pytest

from dccportal.desk.steps import PAGES
from tests import journey
from tests.desk.conftest import order_of

NO = None  # not to be seen: 404

OFFERED = [
    ("draft_order", "form-sharer-said assign", "form-sharer-said assign", NO, NO),
    (
        "submitted_order",
        "accept ask return said correct assign",
        "ask return said correct assign",
        NO,
        NO,
    ),
    (
        "returned_order",
        "said form-sharer-said correct assign",
        "said form-sharer-said correct assign",
        NO,
        NO,
    ),
    (
        "accepted_order",
        "site-review said correct assign",
        "said correct assign",
        NO,
        NO,
    ),
    (
        "reviewed_order",
        "site-review quotation said correct assign",
        "said correct assign",
        NO,
        NO,
    ),
    (
        "draft_quote",
        "site-review quotation issue said correct assign",
        "said correct assign",
        NO,
        NO,
    ),
    (
        "unreceived_quote",
        "announce withdraw-quotation key-in said correct assign",
        "announce key-in said correct assign",
        NO,
        NO,
    ),
    (
        "issued_quote",
        "withdraw-quotation key-in said correct assign",
        "key-in said correct assign",
        NO,
        NO,
    ),
    ("pending_authority", "verify said correct assign", "said correct assign", NO, NO),
    (
        "authorised_order",
        "passport access-item circuit-order stage-day said correct assign",
        "passport access-item said correct assign",
        "passport access-item circuit-order stage-day",
        NO,
    ),
    (
        "access_item",
        (
            "passport access-item hand-in-document settle-access-item circuit-order "
            "stage-day said correct assign"
        ),
        "passport access-item hand-in-document settle-access-item said correct assign",
        "passport access-item circuit-order stage-day",
        NO,
    ),
    (
        "special_rams",
        (
            "passport access-item item-cost settle-access-item circuit-order stage-day "
            "said correct assign"
        ),
        "passport access-item item-cost settle-access-item said correct assign",
        "passport access-item settle-access-item circuit-order stage-day",
        NO,
    ),
    (
        "ready_order",
        (
            "passport access-item circuit-order stage-day book offer-days said "
            "correct assign"
        ),
        "passport access-item said correct assign",
        "passport access-item circuit-order stage-day book offer-days",
        NO,
    ),
    (
        "indicative_order",
        "passport access-item stage-day said correct assign",
        "passport access-item said correct assign",
        "passport access-item stage-day",
        NO,
    ),
    (
        "survey_visit",
        (
            "passport access-item survey arrive move-visit call-off-visit fail-visit "
            "said correct assign"
        ),
        "passport access-item move-visit call-off-visit said correct assign",
        "passport access-item survey arrive move-visit call-off-visit fail-visit",
        NO,
    ),
    (
        "surveyed_order",
        (
            "passport access-item survey-report quotation correct-site said correct "
            "assign"
        ),
        "passport access-item said correct assign",
        "passport access-item survey-report",
        NO,
    ),
    (
        "circuit_visit",
        (
            "passport access-item circuit-order stage-day stage-issue stage arrive "
            "move-visit call-off-visit fail-visit said correct assign"
        ),
        "passport access-item move-visit call-off-visit said correct assign",
        (
            "passport access-item circuit-order stage-day stage-issue stage arrive "
            "move-visit call-off-visit fail-visit"
        ),
        NO,
    ),
    (
        "installed_order",
        (
            "passport stage-issue equipment complete correct-site said correct "
            "report-damage assign"
        ),
        "passport said correct report-damage assign",
        "passport stage-issue equipment",
        NO,
    ),
    (
        "paired_order",
        "passport access-item circuit-order stage-day paths said correct assign",
        "passport access-item said correct assign",
        "passport access-item circuit-order stage-day paths",
        NO,
    ),
    (
        "connection",
        (
            "passport equipment configure addresses renewal-charge correct-site "
            "correct-completion correct-charge "
            "report-damage readings end-said share-said session-said assign"
        ),
        "passport report-damage end-said share-said session-said assign",
        "passport equipment",
        "configure addresses",
    ),
    (
        "session",
        (
            "passport equipment session defer-session addresses renewal-charge "
            "correct-site "
            "correct-completion correct-charge "
            "report-damage readings end-said rate-asked share-said session-said "
            "session-change-said dccki-said session-close-said report-said assign"
        ),
        (
            "passport report-damage end-said rate-asked share-said session-said "
            "session-change-said dccki-said session-close-said report-said assign"
        ),
        NO,
        "session defer-session addresses",
    ),
    (
        "report",
        (
            "passport equipment addresses renewal-charge correct-site report "
            "correct-completion correct-charge "
            "report-damage refuse-report readings end-said "
            "rate-asked share-said session-said report-back-said assign"
        ),
        (
            "passport report-damage end-said rate-asked share-said "
            "session-said report-back-said assign"
        ),
        NO,
        "addresses",
    ),
    (
        "rate_change",
        (
            "passport equipment addresses renewal-charge correct-site "
            "correct-completion correct-charge "
            "report-damage price-change refuse-change readings "
            "end-said change-said share-said session-said report-said assign"
        ),
        (
            "passport report-damage end-said change-said share-said "
            "session-said report-said assign"
        ),
        NO,
        "addresses",
    ),
    (
        "used_otherwise",
        (
            "passport equipment configure addresses correct-site "
            "correct-completion correct-charge "
            "report-damage price-use leave-free readings end-said "
            "share-said session-said hv-beside-said assign"
        ),
        "passport report-damage end-said share-said session-said hv-beside-said assign",
        "passport equipment",
        "configure addresses",
    ),
    (
        "priced_change",
        (
            "passport equipment addresses renewal-charge correct-site "
            "correct-completion correct-charge "
            "report-damage refuse-change readings "
            "end-said change-said share-said session-said report-said assign"
        ),
        (
            "passport report-damage end-said change-said share-said "
            "session-said report-said assign"
        ),
        NO,
        "addresses",
    ),
    (
        "ended_connection",
        (
            "passport equipment remove-equipment addresses correct-site "
            "correct-completion correct-charge "
            "report-damage readings collection-day collected assign"
        ),
        "passport report-damage assign",
        "passport equipment remove-equipment collection-day collected",
        "addresses",
    ),
]
PARTS = ("operator", "desk", "installer", "configurer")


@pytest.mark.guidance("R-1.3-1", "R-1.3-3")
@pytest.mark.parametrize(
    ("fixture", "who", "slugs"),
    [
        (fixture, who, slugs)
        for fixture, *answers in OFFERED
        for who, slugs in zip(PARTS, answers, strict=True)
    ],
)
def test_exactly_these_steps_are_offered(request, as_, fixture, who, slugs):
    order = order_of(request.getfixturevalue(fixture))
    desk = as_(request.getfixturevalue(who))

    if slugs is NO:
        assert desk.order(order).status_code == 404
    else:
        assert desk.offered(order) == set(slugs.split())


def test_a_lapsed_order_can_get_the_authority_that_came_in_time(at, make_order):
    assert at.offered(make_order("lapsed")) == {"key-in", "said", "assign"}


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_a_closed_order_can_only_change_hands(at, make_order, state):
    assert at.offered(make_order(state)) == {"assign"}


def test_what_a_cancelled_order_is_charged_can_be_put_right(at, make_order):
    assert at.offered(make_order("cancelled")) == {"assign", "correct-charge"}


def test_an_order_whose_lv_is_not_to_be_had_can_be_closed(
    at, draft_order, submitter, operator, data_centre
):
    lv = journey.answer(draft_order, submitter, data_centre, connection_type="lv")
    order = journey.accept(journey.submit(lv, submitter), operator)
    assert "close" not in at.offered(order)

    journey.review(order, operator, available=False)

    assert at.offered(order) == {"site-review", "close", "said", "correct", "assign"}


def test_billing_reads_and_changes_nothing(as_, billing_clerk, submitted_order):
    assert as_(billing_clerk).offered(submitted_order) == set()


@pytest.mark.parametrize(
    ("fixture", "words"),
    [
        ("accepted_order", "Record the site review first"),
        ("reviewed_order", "There is no draft to issue yet"),
        ("issued_quote", "No signed authority has come in yet"),
        ("pending_authority", "A signed authority is being checked"),
        ("authorised_order", "Record first that access to the site is agreed"),
        ("circuit_visit", "The circuit is not recorded as done"),
    ],
)
def test_what_is_not_possible_yet_is_said_in_words(at, order_called, fixture, words):
    page = at.order(order_called(fixture)).content.decode()

    assert words in page


def test_each_page_of_a_step_has_its_own_address():
    slugs = [page.slug for page in PAGES]

    assert all(slugs)
    assert len(slugs) == len(set(slugs))


def test_a_review_that_is_recorded_stands_behind_the_next_step(at, reviewed_order):
    page = at.order(reviewed_order).content.decode()

    assert page.index("Prepare the quotation") < page.index("Change the site review")
