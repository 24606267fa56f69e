"""Every page behind the sign-in reads well wide and narrow, in several states."""

import re
from datetime import time, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.urls import resolve, reverse
from playwright.sync_api import expect

from billing.commands import import_payments, issue_invoice
from billing.facts import ListedPayment
from common.files import CsvUpload, Upload
from connections.commands import establish_session
from orders.models import ConnectionRequest
from quotes.commands import correct_price, render_preview, save_figure
from records.models import Notice
from sites.commands import (
    add_access_item,
    confirm_claim,
    hand_in_access_document,
    propose_visit,
    record_path_check,
)
from tests import journey_on_site
from tests.factories.quotes import PriceItemFactory
from tests.factories.takeover import TakenFileFactory
from tests.owed import all_programs_run
from worklist.commands import take_work
from worklist.models import WorkItem
from worklist.staff.queues import QueueStanding, queues_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATES = [
    "returned_order",
    "accepted_order",
    "quoted_order",
    "pending_authority",
    "circuit_visit",
    "surveyed_order",
    "session",
]
SECTIONS = ("connection", "period", "use", "sharing", "site", "room")
SECTIONS += ("building", "contacts", "reference", "care")
# A step looks alike in each state that offers it, and is read in the first one.
STEPS_READ = set()
QUEUES = ("forms", "quotes", "authorities", "access", "visits", "renewals")
REGISTERS = (
    "admin:parties_party_changelist",
    "admin:parties_user_changelist",
    "admin:quotes_quote_changelist",
    "admin:records_notice_changelist",
    "admin:records_event_changelist",
    "admin:records_job_changelist",
    "admin:orders_bankholiday_changelist",
    "admin:billing_charge_changelist",
    "admin:billing_invoice_changelist",
    "admin:connections_contractperiod_changelist",
)


@pytest.fixture
def work_is_done_at_once():
    """Leave tasks undone here: the orders come as their fixtures made them."""


@pytest.fixture
def read(axe, reflows):
    """Return a function that opens pages one by one and finds no fault of access."""

    def look(page, *addresses):
        for address in addresses:
            page.goto(address)
            axe(page)
            reflows(page)

    return look


@pytest.fixture
def order_called(request):
    def find(name):
        thread = request.getfixturevalue(name).thread
        return ConnectionRequest.objects.get(reference=thread)

    return find


@pytest.mark.parametrize("fixture", STATES)
def test_the_pages_of_an_order_read_well(
    page_of, submitter, order_called, read, fixture
):
    order = f"/orders/{order_called(fixture)}/"

    read(page_of(submitter), "/orders/", order, f"{order}history/", f"{order}form/")


def test_what_colleagues_have_to_do_reads_well(
    page_of, colleague, draft_order, issued_quote, read
):
    order = f"/orders/{issued_quote.order}/"

    read(page_of(colleague), "/orders/", order)


def test_the_pages_of_a_request_read_well(page_of, submitter, draft_order, read):
    form = f"/orders/{draft_order}/form/"
    page = page_of(submitter)

    read(page, "/orders/new/", form, *(f"{form}{slug}/" for slug in SECTIONS))
    read(page, f"{form}check/")


def test_the_pages_of_an_offer_read_well(page_of, authoriser, issued_quote, read):
    offer = f"/quotes/{issued_quote}/"

    read(page_of(authoriser), offer, f"{offer}authority/", f"{offer}decline/")


def test_the_pages_that_end_an_order_read_well(
    page_of, authoriser, submitter, make_order, read
):
    sent, firm, over = map(make_order, ("submitted", "authorised", "lapsed"))

    read(page_of(submitter), f"/orders/{sent}/withdraw/", f"/orders/{over}/copy/")
    read(page_of(authoriser), f"/orders/{firm}/cancel/")


def test_the_pages_of_a_connection_read_well(
    page_of,
    submitter,
    session,
    read,
    *,
    report,
    operator,
    configurer,
    sharer,
    outsider,
    priced_use,
    rdp_submitter,
):
    connection = f"/connections/{session.connection}/"
    page = page_of(submitter)

    all_programs_run(ahead=timedelta(hours=1))
    read(page, "/connections/", connection, "/billing/", "/trial/mail/", "/health/")
    mine = f"{connection}sessions/"
    read(
        page, mine, f"{mine}new/", f"{mine}{session.pk}/", f"{mine}{session.pk}/close/"
    )
    read(page, f"{mine}{session.pk}/dccki/", f"{connection}failover/")
    establish_session(session.pk, by=operator, dcc_pep_name="DCC gateway 2")
    read(page, f"{mine}?failed={session.connection}")
    read(page, f"{connection}reports/", f"{connection}reports/new/")
    read(page, f"{connection}rate/", f"{connection}end/")
    read(page, f"{connection}sharers/new/", f"{connection}sharers/{sharer.pk}/end/")
    read(page_of(outsider), f"{connection}shared/")
    other = f"/connections/{priced_use.connection}/"
    read(page_of(rdp_submitter), other, f"{other}rate/")
    read(page, journey_on_site.make_report(report, operator).get_absolute_url())
    order = f"/orders/{session.connection.order}/"
    read(page, f"{order}installation/", f"{order}damage/new/", f"{order}duties/")
    read(page, f"{order}duties/power/", f"{order}access-log/")
    read(page_of(configurer), reverse("admin:index"))


def test_a_partys_own_split_reads_well(page_of, submitter, sharer, read):
    split = f"/billing/split/?of={sharer.order.connection.reference}"

    read(page_of(submitter), "/billing/split/", split, f"{split}&rule=percent&p0=70")


def test_the_figures_of_the_desk_read_well(
    page_of, billing_clerk, connection, priced_use, read
):
    issue_invoice(connection.party_id)
    name = "admin:billing_charge_figures"
    slugs = ("month", "owed", "ahead", "visits", "free")

    read(page_of(billing_clerk), *(reverse(name, args=[slug]) for slug in slugs))


def test_the_pages_of_an_invoice_read_well(page_of, submitter, connection, read):
    invoice = issue_invoice(connection.party_id)

    read(
        page_of(submitter),
        "/billing/invoices/",
        f"/billing/invoices/{invoice.reference}/",
    )


@pytest.mark.parametrize("report", ["orders", "endings", "clocks"])
def test_reports_by_month_read_well(page_of, operator, session, read, report):
    place = reverse("admin:report", args=[report])
    read(page_of(operator), f"{place}?from=2023-04&to=2026-03")


def test_the_pages_of_taking_over_read_well(page_of, operator, read):
    ready, faulty = TakenFileFactory(by=operator), TakenFileFactory(by=operator)
    faulty.fault_count, faulty.faults = 1, [[2, "Party", "no Party is known."]]
    faulty.save()
    file = "admin:takeover_takenfile_change"
    read(
        page_of(operator),
        reverse("admin:reports"),
        reverse("admin:takeover_takenfile_changelist"),
        reverse("admin:takeover_takenfile_upload", args=["connections"]),
        *(reverse(file, args=[row.pk]) for row in (ready, faulty)),
    )


def test_the_pages_of_payments_read_well(page_of, billing_clerk, connection, read):
    invoice = issue_invoice(connection.party_id)
    one = ListedPayment(2, "INV-1001", Decimal(10), invoice.issued_on, "FPS-1")
    file = CsvUpload(b"a", "a.csv", "", "a")
    import_payments([one], file=file, by=billing_clerk)
    page = page_of(billing_clerk)

    read(
        page,
        reverse("admin:billing_invoice_change", args=[invoice.pk]),
        reverse("admin:billing_invoice_take-back-payment", args=[invoice.pk]),
        reverse("admin:billing_invoice_record-repayment", args=[invoice.pk]),
        reverse("admin:billing_invoice_payments"),
        reverse("admin:billing_charge_months"),
        f"/billing/invoices/{invoice.reference}/",
    )


@pytest.mark.parametrize(
    ("pounds", "shown"),
    [("10", "Record these payments"), ("9999999", "more than the £8,400.00")],
)
def test_a_list_of_payments_reads_well_with_what_it_comes_to_and_with_its_faults(
    page_of, billing_clerk, connection, *, axe, reflows, pounds, shown
):
    invoice = issue_invoice(connection.party_id)
    line = f"INV-1001,{pounds},{invoice.issued_on},FPS-1"
    text = f"Invoice number,Pounds including VAT,Paid on,Bank reference\n{line}\n"
    file = {"name": "paid.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page = page_of(billing_clerk)
    page.goto(reverse("admin:billing_invoice_payments"))
    page.get_by_label("List of payments").set_input_files(file)

    page.get_by_role("button", name="Show what it comes to").click()

    expect(page.locator("#content")).to_contain_text(shown)
    axe(page)
    reflows(page)


def test_the_page_of_hv_beside_lv_reads_well(page_of, submitter, lv_connection, read):
    read(page_of(submitter), f"{lv_connection.get_absolute_url()}hv/")


def test_the_pages_of_an_ended_connection_read_well(
    page_of, submitter, installer, ended_connection, read
):
    order = ended_connection.order_id
    steps = (
        reverse(f"admin:orders_connectionrequest_{slug}", args=[order])
        for slug in ("collected", "collection-day")
    )

    address = ended_connection.get_absolute_url()
    read(page_of(submitter), address, f"{address}end/")
    read(page_of(installer), reverse("admin:index"), *steps)


def test_what_the_desk_records_of_a_connection_reads_well(
    page_of, desk, priced_change, read
):
    order = priced_change.connection.order_id
    steps = (
        reverse(f"admin:orders_connectionrequest_{slug}", args=[order])
        for slug in ("end-said", "change-said", "share-said", "report-said")
    )

    read(page_of(desk), *steps)


def test_what_the_desk_records_of_sessions_and_of_hv_reads_well(
    page_of, desk, session, lv_connection, read
):
    said_of_sessions = ("session-said", "session-change-said", "dccki-said")
    of_session = session.connection.order_id
    steps = [
        *((slug, of_session) for slug in said_of_sessions),
        ("hv-beside-said", lv_connection.order_id),
    ]

    read(
        page_of(desk),
        *(
            reverse(f"admin:orders_connectionrequest_{slug}", args=[order])
            for slug, order in steps
        ),
    )


def test_a_draft_and_its_preview_read_well(page_of, operator, draft_quote, read):
    render_preview(draft_quote.pk)
    steps = (
        reverse(f"admin:orders_connectionrequest_{slug}", args=[draft_quote.order_id])
        for slug in ("quotation", "issue")
    )

    read(page_of(operator), *steps)


def test_the_pages_before_a_visit_read_well(
    page_of, authoriser, submitter, item_cost, read
):
    order = item_cost.item.order
    file = Upload(b"%PDF-1.7", "p.pdf", "application/pdf", "clean", pages=1)
    how = {"what": "Permit", "owner": "party", "due_on": item_cost.item.due_on}
    permit = add_access_item(order.pk, by=submitter, **how)
    hand_in_access_document(permit.pk, by=submitter, file=file)
    access = f"/orders/{order}/access/"

    read(page_of(authoriser), access, f"{access}1/", f"{access}1/cost/")
    read(page_of(submitter), f"{access}{permit.number}/", f"{access}new/")


def test_the_pages_of_a_visit_read_well(
    page_of, submitter, read, *, circuit_visit, installer, operator
):
    order, page = circuit_visit.order, page_of(submitter)
    visit = f"/visits/{circuit_visit}/"
    read(page, visit, f"{visit}move/", f"{visit}call-off/")
    failed = "admin:orders_connectionrequest_fail-visit"
    read(page_of(installer), reverse(failed, args=[order.pk]))

    PriceItemFactory(kind="rescheduled_visit", net=Decimal(385))
    claim = journey_on_site.turn_away(circuit_visit, installer).own_claim
    confirm_claim(claim.pk, by=operator)
    read(page, f"{visit}dispute/", f"/orders/{order}/visits/new/")

    slots = [(circuit_visit.on + timedelta(days=21), time(8), time(13))]
    how = {"purpose": "circuit", "slots": slots, "visitor": "Openreach"}
    offered = propose_visit(order.pk, by=installer, **how)
    read(page, f"/visits/{offered}/days/")


def test_a_price_and_what_took_its_place_read_well(page_of, operator, read):
    wrong = PriceItemFactory.build(net=Decimal(1200))
    save_figure(wrong, by=operator)
    row = reverse("admin:quotes_priceitem_change", args=[wrong.pk])
    correct = reverse("admin:quotes_priceitem_correct", args=[wrong.pk])
    page = page_of(operator)
    read(page, row, correct)

    right = correct_price(wrong.pk, by=operator, net=Decimal(120), why="A digit.")
    read(page, row, reverse("admin:quotes_priceitem_change", args=[right.pk]))


def test_what_a_survey_and_a_check_of_two_routes_found_reads_well(
    page_of, authoriser, read, *, installer, surveyed_order, paired_order
):
    found = {"has_common_points": True, "which": "The exchange at Derby South"}
    record_path_check(paired_order.pk, by=installer, **found)
    surveyed = surveyed_order.visits.get()

    read(page_of(authoriser), f"/visits/{surveyed}/", f"/orders/{paired_order}/paths/")


def test_the_account_reads_well(page_of, submitter, authoriser, data_centre, read):
    read(page_of(submitter), "/account/", "/account/data-centres/new/")


def test_what_has_been_refused_says_so_first(page_of, authoriser, issued_quote, axe):
    page = page_of(authoriser)
    page.goto(f"/quotes/{issued_quote}/authority/")
    page.get_by_role("button", name="Upload and read it").click()

    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    axe(page)


def test_a_contact_reaches_the_decision_by_keyboard(page_of, authoriser, issued_quote):
    page = page_of(authoriser)
    page.goto("/orders/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/quotes/{issued_quote}/")


@pytest.mark.parametrize("fixture", ["submitted_order", "accepted_order", *STATES[2:]])
def test_the_desk_reads_an_order_and_its_steps_well(
    page_of, operator, order_called, read, fixture
):
    order = order_called(fixture)
    place = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    page = page_of(operator)

    read(page, place)
    steps = [
        link.get_attribute("href")
        for link in page.locator("a[href^='/admin/orders/connectionrequest/']").all()
    ]
    here = {kind_of(step): step for step in steps if f"/{order.pk}/" in step}
    read(page, *(here[kind] for kind in here if kind not in STEPS_READ))
    STEPS_READ.update(here)


def kind_of(step):
    return resolve(urlsplit(step).path).view_name


@pytest.mark.long
def test_the_queues_and_registers_read_well(page_of, operator, pending_authority, read):
    orders = reverse("admin:orders_connectionrequest_changelist")
    page = page_of(operator)

    read(page, reverse("admin:index"), orders)
    work = reverse("admin:worklist_workitem_changelist")
    read(page, work, *(f"{work}?queue={slug}" for slug in QUEUES))
    read(page, *map(reverse, REGISTERS))


def test_work_is_taken_handed_over_and_kept_as_a_list_by_its_buttons(
    page_of, operator, desk, *, accepted_order, read
):
    page = page_of(operator)
    page.goto(reverse("admin:index"))
    page.get_by_role("button", name="Take Record the site review").click()
    mine = page.get_by_role("region", name="Mine")
    expect(mine).to_contain_text("Record the site review")

    page.goto(reverse("admin:worklist_workitem_changelist"))
    page.get_by_role("button", name="Take Send the quotation").click()
    expect(page.get_by_text("You look after this now")).to_be_visible()
    page.get_by_label("Keep this list on my home page as").fill("All of it")
    page.get_by_role("button", name="Keep it").click()

    page.get_by_role("link", name=str(accepted_order)).first.click()
    expect(page.get_by_text("1 of 2")).to_be_visible()
    page.get_by_role("link", name="Hand over Record the site review").click()
    read(page, page.url)
    page.get_by_label("To whom").select_option(label=str(desk))
    page.get_by_role("button", name="Hand it over").click()
    expect(page.get_by_text(f"{desk} looks after this now")).to_be_visible()

    read(page, reverse("admin:index"))
    expect(page.get_by_role("link", name="All of it")).to_be_visible()


def test_queues_of_hundreds_stand_on_one_line_however_many_there_are(
    page_of, operator, submitted_order, axe, monkeypatch
):
    """At 1280 and at 1920 pixels; what has no room is reached by the keyboard alone."""
    monkeypatch.setattr(QueueStanding, "count", property(lambda _: 128, lambda *_: 0))
    monkeypatch.setattr(QueueStanding, "late", property(lambda _: 117, lambda *_: 0))
    page = page_of(operator)
    for width in (1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(reverse("admin:index"))

        line = page.locator(".desk-strip__line > li:visible")
        tops = {line.nth(one).bounding_box()["y"] for one in range(line.count())}
        assert len(tops) == 1
        last = line.last.bounding_box()
        rest = page.get_by_text("All queues").bounding_box()
        assert last["x"] + last["width"] < rest["x"]
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_text("All queues").focus()
    page.keyboard.press("Enter")
    # And e-mails that failed, which no kind of work is.
    every = len(queues_of(operator)) + 1
    expect(page.locator(".desk-strip__all li:visible")).to_have_count(every)
    axe(page)


def test_the_pages_that_hand_work_over_find_things_and_hold_e_mails_read_well(
    page_of, operator, desk, accepted_order, read
):
    take_work(WorkItem.objects.get(kind="review_site").pk, by=desk)
    page = page_of(operator)
    who = reverse("admin:worklist_workitem_who")
    away = reverse("admin:worklist_workitem_away", args=[desk.pk])
    kinds = reverse("admin:records_notice_kinds")
    again = Notice.objects.filter(state="queued").first()
    read(
        page,
        f"{reverse('admin:find')}?q=northgate",
        who,
        away,
        f"{kinds}?kind=request_received",
        reverse("admin:records_notice_send-once-more", args=[again.pk]),
        reverse("admin:records_notice_pause"),
    )
    page.get_by_label("Why e-mails are held back").fill("The letterhead is wrong.")
    page.get_by_role("button", name="Pause them").click()
    expect(page.get_by_text("Outgoing e-mails are paused since")).to_be_visible()
    read(page, page.url, reverse("admin:records_notice_let-go"))

    page.goto(reverse("admin:worklist_workitem_changelist"))
    page.locator(".action-select").first.check()
    page.get_by_label("With the chosen:").select_option("hand_over")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("To whom").select_option(label=str(operator))
    page.get_by_role("button", name="Hand over 1").click()
    page.get_by_role("button", name="Undo this hand-over").click()
    expect(page.get_by_text("Given back to whoever had it before: 1.")).to_be_visible()


def test_the_pages_about_people_read_well(page_of, desk, authoriser, read):
    party = authoriser.party_id

    read(
        page_of(desk),
        reverse("admin:parties_party_add"),
        reverse("admin:parties_party_change", args=[party]),
        reverse("admin:parties_party_confirm", args=[party]),
        reverse("admin:parties_party_signing"),
    )
    read(page_of(authoriser), reverse("account-nominations"))


def test_rows_are_added_and_taken_away_without_a_reload(page_of, desk):
    page = page_of(desk)
    page.goto(reverse("admin:parties_party_add"))
    page.get_by_label("Name").nth(1).fill("Una Shaw")
    rows = page.locator('[data-rows="people"] > [data-row]')

    page.get_by_role("button", name="Add another person").click()
    rows.nth(1).get_by_role("button").click()

    assert rows.count() == 2
    assert rows.nth(1).locator("[data-number]").inner_text() == "2"
    assert page.get_by_label("Name").nth(1).input_value() == "Una Shaw"
