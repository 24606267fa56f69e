"""What a contact meets first: what waits for them, and where every order stands."""

from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from connections.commands import send_renewal_notice
from orders.models import ConnectionRequest
from orders.obligations import FINISH
from orders.states import Route
from quotes.commands import reject_authority
from tests import journey, journey_on_site
from tests.factories.parties import PersonFactory
from worklist.commands.reconcile import type_of
from worklist.contacts.turns import urgency
from worklist.models import WorkItem

HOME = "/orders/"
# What is theirs and what is their colleagues' are two lists, each as long as is shown.
QUERIES = 15


def page(client, person, **query):
    client.force_login(person)
    return client.get(HOME, query).content.decode()


@pytest.fixture
def notified_period(period, operator, clock):
    """A period whose notice went, so that it can be ended until 3 December 2028."""
    journey_on_site.set_renewal_charge(period, operator)
    clock.move_to("2028-11-03T12:00Z")
    assert send_renewal_notice(period.pk, now=timezone.now())
    return period


@pytest.mark.parametrize(
    ("state", "who", "said"),
    [
        ("draft", "submitter", ("Finish your request", "nothing is ordered")),
        (
            "returned",
            "submitter",
            ("Answer the Service Desk", "DCC cannot check the form"),
        ),
        (
            "quoted",
            "authoriser",
            ("Accept or decline the quotation of £15,000.00", "Friday 3 April 2026"),
        ),
    ],
)
def test_what_waits_for_a_person_says_what_happens_otherwise(
    request, client, make_order, *, state, who, said
):
    make_order(state)

    shown = page(client, request.getfixturevalue(who))

    assert "One thing needs you" in shown
    what, otherwise = said
    assert what in shown
    assert otherwise in shown.split("If you do nothing:")[1]


@pytest.mark.parametrize("state", ["submitted", "accepted", "withdrawn", "lapsed"])
def test_what_waits_for_others_is_no_task_of_the_party(
    client, submitter, make_order, state
):
    make_order(state)

    assert "Nothing needs you" in page(client, submitter)


def test_access_that_dcc_arranges_is_no_task_of_the_party(
    client, submitter, told_order
):
    assert "Nothing needs you" in page(client, submitter)


@pytest.mark.guidance("R-2.11-4")
def test_an_authority_without_effect_is_to_be_sent_again(
    client, authoriser, pending_authority, operator
):
    reject_authority(pending_authority.pk, by=operator, reason="Not nominated")

    assert "Send the signed quotation again" in page(client, authoriser)


@pytest.mark.guidance("R-2.5-6")
def test_a_period_that_can_be_ended_free_of_charge_waits_for_who_may_authorise(
    client, authoriser, notified_period
):
    shown = page(client, authoriser)

    assert "Keep or cancel a connection whose period is ending" in shown
    charge = notified_period.connection.periods.get().renewal_net
    assert f"it renews for 12 months at £{charge:,.2f} a year" in shown


def test_the_soonest_stands_first(client, both, make_order):
    make_order("draft")
    quoted = make_order("quoted")

    shown = page(client, both)

    assert "Two things need you, the first by Thursday 2 April 2026" in shown
    assert shown.index(quoted.reference) < shown.index("Finish your request")


def test_a_party_without_orders_is_told_how_to_begin(client, outsider, submitted_order):
    shown = page(client, outsider)

    assert "You have no orders" in shown
    assert reverse("order-new") in shown
    assert submitted_order.reference not in shown


@pytest.mark.parametrize("who", ["operator", "installer"])
def test_staff_are_sent_to_the_desk(request, client, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(HOME).url == reverse("admin:index")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "accepted"}, {"accepted"}),
        ({"turn": "you"}, {"draft"}),
        ({"turn": "colleagues"}, {"quoted"}),
        ({"turn": "dcc"}, {"accepted"}),
        ({"q": "thornby"}, {"draft", "accepted", "quoted"}),
        ({"q": "no such place"}, set()),
        ({"turn": "nonsense"}, {"draft", "accepted", "quoted"}),
    ],
)
def test_orders_are_found_by_state_turn_and_words(
    client, submitter, make_order, query, found
):
    orders = {state: make_order(state) for state in ("draft", "accepted", "quoted")}
    client.force_login(submitter)

    rows = client.get(HOME, query).context["progress_rows"]

    assert {row.order for row in rows} == {orders[state] for state in found}


def many_drafts(party, submitter, count):
    """Make a draft and what is owed in it, which the database itself copies."""
    now = timezone.now()
    draft = ConnectionRequest(
        reference="ORD-50000",
        party=party,
        route=Route.H15,
        created_by=submitter,
        created_at=now,
        saved_at=now,
    )
    ConnectionRequest.objects.bulk_create([draft])
    owed = WorkItem(
        kind=FINISH.slug,
        turn=FINISH.turn,
        thread=draft.reference,
        subject_type_id=type_of(draft),
        subject_pk=draft.pk,
        party_id=party.pk,
        opened_at=now,
    )
    WorkItem.objects.bulk_create([owed])
    numbers = (
        f"(WITH RECURSIVE n(i) AS (SELECT 50001 UNION ALL "  # noqa: S608  a number
        f"SELECT i + 1 FROM n WHERE i < {49_999 + count}) SELECT i FROM n) AS other"
    )
    copy(draft, numbers, reference="'ORD-' || other.i")
    orders = (
        "(SELECT reference, id FROM orders_connectionrequest "
        "WHERE reference > 'ORD-50000') AS other"
    )
    copy(owed, orders, thread="other.reference", subject_pk="other.id")


def copy(row, among, **changed):
    """Copy a row once for each row of `among`, but for some columns."""
    columns = [field.column for field in row._meta.concrete_fields]
    columns.remove("id")
    taken = [changed.get(name, f'this."{name}"') for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {", ".join(taken)} '  # noqa: S608  our own names
            f'FROM "{table}" AS this, {among} WHERE this.id = {row.pk}'
        )


def test_ten_thousand_orders_are_paged_at_the_same_few_queries(
    client, party, submitter, make_order, django_assert_max_num_queries
):
    for state in ("quoted", "accepted", "lapsed"):
        make_order(state)
    many_drafts(party, submitter, 10_000)
    client.force_login(submitter)

    with django_assert_max_num_queries(QUERIES):
        shown = client.get(HOME, {"page": 3}).content.decode()

    assert "51 to 75 of 10002 orders" in shown
    assert "More than twenty things need you" in shown


def test_the_spreadsheet_runs_no_formula_that_somebody_typed(
    client, submitter, draft_order
):
    ConnectionRequest.objects.update(customer_reference="=HYPERLINK(1)")
    client.force_login(submitter)

    answer = client.get(reverse("orders-csv"))
    lines = answer.getvalue().decode("utf-8-sig").splitlines()

    assert "attachment" in answer["Content-Disposition"]
    assert lines[1].startswith(f"{draft_order.reference},'=HYPERLINK(1),")


def test_a_finished_order_can_be_started_again(client, submitter, make_order):
    lapsed = make_order("lapsed")

    shown = page(client, submitter)

    assert "Quotation lapsed" in shown
    assert reverse("order-copy", args=[lapsed.reference]) in shown


def test_an_order_in_service_leads_to_its_connection(
    client, submitter, connection_in_service
):
    shown = page(client, submitter)

    assert connection_in_service.get_absolute_url() in shown


@pytest.mark.parametrize("name", ["connections", "billing", "account", "glossary"])
def test_the_menu_of_every_page_counts_what_needs_the_contact(
    client, both, make_order, notified_period, name
):
    make_order("draft")
    client.force_login(both)

    menu = client.get(reverse(name)).content.decode()

    assert '>2<span class="govuk-visually-hidden"> need you</span>' in menu


def test_the_menu_of_one_thing_and_of_many_reads_well(
    client, party, submitter, make_order
):
    make_order("draft")
    client.force_login(submitter)
    one = client.get(reverse("billing")).content.decode()
    many_drafts(party, submitter, 30)
    many = client.get(reverse("billing")).content.decode()

    assert '>1<span class="govuk-visually-hidden"> needs you</span>' in one
    assert '>20+<span class="govuk-visually-hidden"> need you</span>' in many


def test_the_menu_counts_nothing_of_another_party(client, outsider, make_order):
    make_order("quoted")
    client.force_login(outsider)

    assert "dcc-nav__count" not in client.get(reverse("billing")).content.decode()


@pytest.mark.guidance("R-2.11-6")
def test_a_party_that_nobody_authorises_for_is_warned_on_its_first_page(
    client, submitter, request
):
    words = "Nobody at your organisation is nominated to authorise"
    assert words in page(client, submitter)

    request.getfixturevalue("authoriser")
    assert words not in page(client, submitter)


def test_signed_pages_that_nobody_has_looked_at_stand_first_with_their_page(
    client, authoriser, issued_quote
):
    journey.bring(issued_quote, authoriser)

    shown = page(client, authoriser)

    assert "Check what was uploaded, and hand it in" in shown
    assert reverse("quote-upload", args=[issued_quote.reference]) in shown
    assert "Accept or decline the quotation" not in shown
    # It goes by itself: no right ends.
    assert "Ends today" not in shown
    # A quarter of an hour after it came, and not at midnight.
    assert "3 March 2026, 10:15am</span>" in shown
    assert "the end of" not in shown


def test_a_right_that_ends_today_stands_on_top_and_says_so(
    client, submitter, ready_order, installer, *, clock, make_order
):
    make_order("draft")
    day = date(2026, 3, 24)
    journey_on_site.book(ready_order, installer, "circuit", on=day)
    assert "Last day to move" not in page(client, submitter)

    clock.move_to("2026-03-17T10:00Z")
    shown = page(client, submitter)

    assert "Two things need you, one of them today" in shown
    assert "Ends today" in shown
    assert "From tomorrow, moving it costs a new visit" in shown
    assert shown.index("Last day to move") < shown.index("Finish your request")


def test_a_right_that_ends_today_stands_above_what_is_late(make_order):
    make_order("draft")
    item = WorkItem.objects.open().get(kind=FINISH.slug)
    item.due_on = date(2026, 2, 2)
    right = WorkItem(kind="move_visit_free", due_on=date(2026, 3, 3))

    by_urgency = partial(urgency, today=date(2026, 3, 3))
    assert sorted([item, right], key=by_urgency) == [right, item]


def test_a_right_that_ends_later_stands_by_its_day(make_order):
    make_order("draft")
    item = WorkItem.objects.open().get(kind=FINISH.slug)
    item.due_on = date(2026, 3, 5)
    right = WorkItem(kind="decide_on_renewal", due_on=date(2026, 4, 1))

    by_urgency = partial(urgency, today=date(2026, 3, 3))
    assert sorted([right, item], key=by_urgency) == [item, right]


def test_what_only_colleagues_may_do_is_theirs_by_name(client, submitter, make_order):
    make_order("quoted")
    PersonFactory(party=submitter.party, name="Cy Sign", nominated=["authorise"])

    shown = page(client, submitter).split('id="org"')[1].split("</section>")[0]

    assert "<strong>Ada Law or Cy Sign</strong>nominated to authorise orders" in shown
    assert "<strong>If nobody does:</strong> the order ends on" in shown
    assert "Read the quotation" in shown


def test_our_own_targets_are_no_days_that_a_contact_is_told(
    client, submitter, make_order
):
    make_order("submitted")
    client.force_login(submitter)

    (row,) = client.get(HOME).context["progress_rows"]

    assert row.turns.items[0].due_on == date(2026, 3, 5)
    assert (row.turns.next_on, row.turns.next_note) == (
        None,
        "form being checked for completeness",
    )


@pytest.mark.parametrize(
    ("fixture", "state"),
    [
        ("authorised_order", "Access to confirm"),
        ("ready_order", "Visit to book"),
        ("survey_visit", "Survey"),
    ],
)
def test_a_state_is_called_after_what_is_owed_in_it(
    request, client, submitter, fixture, state
):
    request.getfixturevalue(fixture)
    client.force_login(submitter)

    (row,) = client.get("/orders/").context["progress_rows"]

    assert row.state.words == state


def test_access_that_is_confirmed_is_to_be_arranged(client, both, authorised_order):
    journey_on_site.confirm_passport(authorised_order, both)
    client.force_login(both)

    (row,) = client.get("/orders/").context["progress_rows"]

    assert row.state.words == "Access to arrange"


def test_an_offer_after_a_survey_is_called_an_updated_quotation(
    client, submitter, operator, surveyed_order
):
    client.force_login(submitter)
    journey.issue(journey.draft(surveyed_order, operator), operator)

    (row,) = client.get("/orders/").context["progress_rows"]

    assert row.state.words == "Updated quotation"
