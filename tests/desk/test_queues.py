"""The queues: what is in each, what stands first, who sees which."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from common.clock import uk_date
from common.wording import long_day_words
from orders.commands import raise_enquiry
from records.models import Event, Notice
from sites.commands import complete_stage, dispute_claim
from tests import journey, journey_on_site
from tests.cast import NOW
from tests.desk.conftest import LIST, WORK, page_url
from worklist.admin.work import WorkAdmin
from worklist.contacts.turns import turns_in
from worklist.models import WorkItem
from worklist.parts import register
from worklist.people import people_of

IN_QUEUE = [
    ("submitted_order", {"forms"}),
    ("returned_order", set()),
    ("accepted_order", {"reviews", "quotes"}),
    ("reviewed_order", {"quotes"}),
    ("issued_quote", set()),
    ("unreceived_quote", {"unreceived"}),
    ("pending_authority", {"authorities"}),
    ("authorised_order", set()),
    ("told_order", {"access"}),
    ("survey_visit", {"visits"}),
    # Its report is still to be handed in.
    ("surveyed_order", {"quotes", "visits"}),
    ("circuit_visit", {"visits"}),
    ("installed_order", {"installations"}),
    ("connection", {"configurations"}),
    ("connection_in_service", set()),
    ("session", {"sessions"}),
    ("draft_order", set()),
]


@pytest.mark.parametrize(("fixture", "queues"), IN_QUEUE)
def test_an_order_is_in_exactly_these_queues(at, order_called, fixture, queues):
    order = order_called(fixture)

    found = {queue.slug for queue in register.queues() if at.owed(queue=queue.slug)}

    assert found == queues
    counts = {card["queue"].slug: card["queue"].count for card in home(at)["cards"]}
    assert {slug for slug, count in counts.items() if count} - {"failed"} == queues
    assert order.reference


NEXT = [
    ("submitted_order", "Check the form", "DCC Operations"),
    ("returned_order", "Answer our questions", "The Gateway Party"),
    ("accepted_order", "Record the site review", "DCC Operations"),
    ("issued_quote", "Decide on the quotation", "The Gateway Party"),
    ("pending_authority", "Verify the authority", "DCC Operations"),
    ("authorised_order", "Say how people get into the site", "The Gateway Party"),
    ("told_order", "Arrange access to the site", "DCC Operations"),
    ("ready_order", "Book the first visit", "Gamma"),
    ("circuit_visit", "Visit to install the circuit", "Gamma"),
    ("surveyed_order", "Send the updated quotation", "DCC Operations"),
    ("installed_order", "Complete the installation", "DCC Operations"),
    ("connection", "Configure the connection", "CGI"),
]
SEEN_BY_THE_PARTY = {"DCC Operations": "DCC", "The Gateway Party": "You"}
# Two owe something at once: the quotation, and the report of the survey.
TWO_TURNS = {"surveyed_order": "DCC, Gamma"}
TODAY = date(2026, 3, 3)


@pytest.mark.parametrize(("fixture", "what", "turn"), NEXT)
def test_desk_and_party_read_the_same_turn(
    at, order_called, both, *, fixture, what, turn
):
    order = order_called(fixture)

    due = at.order(order).context["due"]

    assert (due.what, due.turn) == (what, turn)
    people = people_of(order.party_id, both, TODAY)
    seen = turns_in([order.reference], people, TODAY)[order.reference]
    expected = TWO_TURNS.get(fixture, SEEN_BY_THE_PARTY.get(turn, turn))
    assert seen.words == expected


@pytest.mark.guidance("R-6-4", "R-3.7.1-2")
def test_a_session_that_was_asked_for_stands_in_the_configurers_list(
    as_, configurer, session, order_called
):
    order = order_called("session")
    listed = as_(configurer).owed(queue="sessions")

    assert listed == [order.reference]
    due = as_(configurer).order(order).context["due"]
    assert (due.what, due.turn) == ("Set up a session", "CGI")


def test_an_authority_is_to_be_verified_within_our_own_target(at, pending_authority):
    due = at.order(pending_authority.quote.order).context["due"]

    assert due.left.last_day == date(2026, 3, 4)
    assert due.why == (
        "came 3 March 2026, the offer is open until 2 April 2026, "
        "our target, one working day"
    )


def test_after_the_circuit_the_next_visit_is_to_be_booked(at, circuit_visit, installer):
    complete_stage(
        circuit_visit.order.pk,
        by=installer,
        stage="circuit",
        done_on=circuit_visit.on,
        test_result="Passed",
        provider="BT Openreach",
        provider_reference="ONEA-77",
    )

    due = at.order(circuit_visit.order).context["due"]

    assert (due.what, due.turn) == ("Book the next visit", "Gamma")


def home(at):
    return at.client.get(reverse("admin:index")).context


def test_a_failed_survey_visit_stays_in_the_queue_of_visits(at, order_called):
    order = order_called("survey_visit")
    visit = order.visits.get().pk
    what = {"happened": "not_let_in", "arrived_at": "2026-03-03 08:30"}
    at.do(order, "fail-visit", visit=visit, **what)

    assert at.owed(queue="visits") == [order.reference]
    assert at.owed(queue="claims") == [order.reference]


def test_a_dispute_stands_in_a_queue_of_its_own(
    at, order_called, operator, submitter, installer
):
    order = order_called("survey_visit")
    claim = journey_on_site.turn_away(order.visits.get(), installer).own_claim
    journey_on_site.charge_next(claim, operator)
    dispute_claim(claim.pk, by=submitter, reason="The guard was there")

    assert at.owed(queue="disputes") == [order.reference]
    assert at.owed(queue="claims") == []


@pytest.mark.guidance("R-2.5-4")
def test_a_renewal_is_due_a_month_before_its_notice(at, period, on):
    assert at.owed(queue="renewals") == []
    on(f"{period.renewal_due_on - timedelta(days=30)}T12:00Z")

    assert at.owed(queue="renewals") == [period.connection.order.reference]


@pytest.mark.guidance("R-2.5-5")
def test_a_renewal_says_whether_its_charge_is_still_to_be_set(
    connection_in_service, period, on
):
    order = connection_in_service.order
    at = on(f"{period.renewal_due_on - timedelta(days=9)}T12:00Z")
    before = at.order(order).context["due"]
    at.do(order, "renewal-charge", net="4250.00")
    after = at.order(order).context["due"]

    assert (before.what, before.turn) == ("Set the renewal charge", "DCC Operations")
    assert (after.what, after.turn) == ("Renewal notice to go", "The portal")


@pytest.mark.guidance("R-2.5-5")
def test_a_charge_set_too_late_says_that_the_notice_goes_now(at, period, on):
    at = on(f"{period.renewal_due_on + timedelta(days=1)}T12:00Z")
    url = page_url(period.connection.order, "renewal-charge")

    shown = at.client.post(url, {"net": "4250.00"}, follow=True).content.decode()

    assert "The charge is set. The notice, due on" in shown


def test_what_cannot_be_had_at_the_site_is_to_be_closed(at, accepted_order):
    answers = {"verdict": "red", "reason": "No copper.", "is_survey_needed": "no"}
    at.do(accepted_order, "site-review", **answers)

    shown = at.order(accepted_order)

    assert shown.context["due"].what == "Close: not available at the site"
    assert "the quotation is firm" not in shown.content.decode()


def test_drafts_are_left_out_unless_asked_for(at, draft_order, make_order):
    submitted = make_order("submitted")

    assert at.listed() == [submitted.reference]
    assert at.listed(state="draft") == [draft_order.reference]


@pytest.mark.parametrize(
    ("moment", "heading"),
    [
        ("2026-03-03T12:00Z", "Nothing is late, nothing is due by tomorrow"),
        # The site review and the quotation.
        ("2026-03-09T12:00Z", "Two are due by tomorrow"),
        ("2026-03-10T12:00Z", "Two are due by tomorrow"),
        ("2026-03-11T12:00Z", "Two are late"),
    ],
)
def test_the_home_says_in_words_how_things_stand(accepted_order, on, moment, heading):
    assert home(on(moment))["heading"] == heading


def test_an_offer_that_the_party_decides_is_never_late_for_us(on, issued_quote):
    at = on("2026-04-10T12:00Z")

    assert home(at)["heading"].startswith("Nothing is late")
    assert home(at)["next"] == []
    assert home(at)["theirs"][0].due.turn == "The Gateway Party"
    assert at.owed() == []
    assert at.owed(turn="theirs") == [issued_quote.order.reference]


def test_several_orders_are_given_to_a_colleague_at_once(at, make_order, desk):
    orders = [make_order("submitted"), make_order("accepted")]
    chosen = {"_selected_action": [order.pk for order in orders]}

    at.client.post(LIST(), {**chosen, "action": "assign", "owner": desk.pk})

    assert {journey.fresh(order).owner for order in orders} == {desk}
    assert Event.objects.filter(name="assign_order", is_public=False).count() == 2
    assert at.listed(owner="nobody") == []


def test_the_service_desks_own_orders_are_listed_for_it(as_, submitted_order, desk):
    mine = as_(desk)
    assert mine.listed(owner="me") == []

    mine.do(submitted_order, "assign", owner=desk.pk)

    assert mine.listed(owner="me") == [submitted_order.reference]


def test_billing_is_offered_no_assigning(as_, billing_clerk, submitted_order):
    page = as_(billing_clerk).client.get(LIST())

    assert "Assign to a colleague" not in page.content.decode()


def test_the_list_as_csv_holds_no_formula(at, draft_order, submitter):
    order = journey.submit(draft_order, submitter)
    type(order).objects.filter(pk=order.pk).update(customer_reference="=1+1")

    answer = at.client.get(reverse("admin:orders_connectionrequest_export"))
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))

    assert [row["Order"] for row in rows] == [order.reference]
    assert rows[0]["Their reference"] == "'=1+1"
    assert "attachment" in answer["Content-Disposition"]


def test_a_csv_that_is_asked_for_by_an_unknown_filter_leads_back_to_the_list(at):
    export = reverse("admin:orders_connectionrequest_export")

    answer = at.client.get(export, {"colour": "green"})

    assert (answer.status_code, answer["Location"]) == (302, f"{LIST()}?e=1")


@pytest.mark.parametrize("pk", ["\u00b2", "9" * 5000, "0", "x"])
def test_an_order_that_cannot_be_is_not_found(at, pk):
    url = reverse("admin:orders_connectionrequest_change", args=[pk])

    assert at.client.get(url).status_code == 404


@pytest.mark.guidance("R-1.3-3")
@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("installer", {"authorised", "configuring"}),
        ("configurer", {"configuring"}),
    ],
)
def test_a_supplier_sees_only_what_was_passed_to_it(
    request, connection, make_order, who, seen
):
    for state in ("submitted", "quoted", "authorised"):
        make_order(state)
    as_ = request.getfixturevalue("as_")
    supplier = as_(request.getfixturevalue(who))

    found = supplier.client.get(LIST()).context["cl"].result_list
    assert {row.state for row in found} == seen
    assert {queue.short for queue in home(supplier)["desk_strip"]} <= {
        "Access",
        "Visits",
        "Installations",
        "Collections",
        "Configuration",
        "Sessions",
    }


@pytest.mark.guidance("R-1.3-3")
@pytest.mark.parametrize("who", ["installer", "configurer"])
def test_a_supplier_reads_no_price(request, as_, connection, who):
    order = connection.order
    page = as_(request.getfixturevalue(who)).order(order).content.decode()

    assert "£" not in page
    assert "Quotation" not in page.replace("Quotation sent", "").replace(
        "Quotation open for a decision", ""
    )


def test_the_number_of_failed_emails_is_in_the_strip(at, submitted_order):
    Notice.objects.update(state="failed")

    strip = {queue.short: queue.count for queue in home(at)["desk_strip"]}

    assert strip["Failed notices"] == Notice.objects.count() > 0


def test_failed_emails_are_counted_with_no_order_at_all(at, party, operator):
    assert home(at)["desk_strip"][-1].count == 0


ANY_PAGE = 20
# Pages that came beside pages that were sent, with who was nominated then and is now.
MOST = {"verify": 22}


@pytest.mark.parametrize(
    "fixture",
    [
        "submitted_order",
        "reviewed_order",
        "pending_authority",
        "surveyed_order",
        "circuit_visit",
        "installed_order",
        "session",
    ],
)
def test_no_page_of_an_order_asks_more_than_twenty_queries(
    at, order_called, fixture, django_assert_max_num_queries
):
    order = order_called(fixture)
    for slug in at.offered(order):
        # Who opens an authority first begins its check, once.
        at.page(order, slug)
        with django_assert_max_num_queries(MOST.get(slug, ANY_PAGE)):
            at.page(order, slug)
    with django_assert_max_num_queries(ANY_PAGE):
        at.order(order)


def test_home_and_queue_ask_the_same_for_one_order_and_for_many(
    at, make_order, django_assert_num_queries
):
    for _ in range(4):
        make_order("quoted")
        make_order("accepted")

    with django_assert_num_queries(11):
        home(at)
    with django_assert_num_queries(8):
        at.client.get(LIST())


@pytest.mark.guidance("R-3.3-1")
@pytest.mark.parametrize(("after", "late"), [(0, 0), (1, 1)])
def test_a_queue_is_late_the_day_after_and_not_on_the_last_day(
    reviewed_order, on, after, late
):
    today = reviewed_order.quote_due_on + timedelta(days=after)
    cards = home(on(f"{today}T12:00Z"))["cards"]

    (quotes,) = (card["queue"] for card in cards if card["queue"].slug == "quotes")
    assert (quotes.count, quotes.late) == (1, late)


def test_working_days_are_told_where_working_days_count(on, accepted_order):
    """Friday to Tuesday: two working days, four of the calendar."""
    page = on("2026-03-06T12:00Z").client.get(WORK()).content.decode()

    assert "2 working days left" in page


def test_the_most_urgent_thing_of_an_order_stands_first(at, accepted_order, colleague):
    raise_enquiry(
        accepted_order.party_id,
        by=colleague,
        kind="question",
        words="When does it come?",
        order_id=accepted_order.pk,
    )

    owed = at.order(accepted_order).context["owed"]

    assert [one.due.what for one in owed] == [
        "Answer an enquiry",
        "Record the site review",
        "Send the quotation",
    ]


def test_the_list_by_when_things_came_goes_on_from_page_to_page(
    at, make_order, monkeypatch, clock
):
    came = []
    for hours in (0, 2, 4):
        clock.move_to(NOW + timedelta(hours=hours))
        came.append(make_order("submitted").reference)
    late = WorkItem.objects.filter(thread=came[2])
    late.update(due_on=NOW.date(), due_at=NOW)
    monkeypatch.setattr(WorkAdmin, "list_per_page", 2)

    assert at.owed()[0] == came[2]
    page = at.client.get(WORK(), {"sort": "came"}).context["cl"]
    rows = [row.thread for row in page.result_list]
    more = at.client.get(WORK() + page.next_url).context["cl"]
    assert rows + [row.thread for row in more.result_list] == came
    place = at.client.get(page.result_list[1].row.url).context["place"]
    assert (place.number, place.next.thread) == (2, came[2])


def test_the_list_of_the_parties_turn_says_since_when_a_clock_is_paused(
    at, returned_order
):
    page = at.client.get(WORK(), {"turn": "theirs"}).content.decode()

    day = long_day_words(uk_date(returned_order.returned_at))
    assert re.search(rf"Clock paused.*since {day}", page)
