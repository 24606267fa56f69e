"""Every file for spreadsheets that the portal gives is made in the same way."""

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.urls import URLResolver, get_resolver, reverse

from common.csv_file import cell_of
from orders.admin import lists
from orders.models import ConnectionRequest
from orders.wording import state_words
from parties.models import Party, User
from tests.journey_on_site import request_session

FOR_CONTACTS = (
    "orders-csv",
    "billing-csv",
    "invoices-csv",
    "billing-forecast-csv",
    "access-log-csv",
    "sessions-csv",
    "sessions-template-csv",
)
FOR_STAFF = (
    "admin:orders_connectionrequest_export",
    "admin:orders_enquiry_export",
    "admin:parties_party_export",
    "admin:parties_party_signing_csv",
    "admin:worklist_workitem_export",
    "admin:sites_damagereport_export",
    "admin:connections_contractperiod_export",
    "admin:billing_invoice_export",
    "admin:billing_charge_figures_csv",
    "admin:billing_charge_months_csv",
    "admin:billing_invoice_payments_csv",
    "admin:takeover_takenfile_csv",
    "admin:report_csv",
)
UTC = ZoneInfo("UTC")


def names(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern, space)
        elif pattern.name:
            yield prefix + pattern.name


def test_these_are_all_files_for_spreadsheets():
    found = {name for name in names(get_resolver()) if name.endswith(("csv", "export"))}

    assert found == {*FOR_CONTACTS, *FOR_STAFF}


@pytest.fixture(params=[*FOR_CONTACTS, *FOR_STAFF])
def answer(request, client, operator, submitter, connection):
    """Ask for each file, over an order that has come to a connection."""
    ConnectionRequest.objects.update(customer_reference="0042")
    Party.objects.update(phone="+44 20 7946 0018")
    client.force_login(submitter if request.param in FOR_CONTACTS else operator)
    about = {
        "access-log-csv": [connection.order.reference],
        "sessions-csv": [connection.reference],
        "sessions-template-csv": [connection.reference],
        "admin:billing_charge_months_csv": ["2026-02"],
        "admin:billing_charge_figures_csv": ["month", 0],
        "admin:takeover_takenfile_csv": ["parties"],
        "admin:report_csv": ["orders", 0],
    }
    request_session(connection, submitter)
    return client.get(reverse(request.param, args=about.get(request.param, [])))


@pytest.mark.django_db
def test_each_is_named_by_its_day_marked_as_utf_8_and_kept_by_nobody(answer):
    # That of one order or connection names it as well.
    name = r'attachment; filename="[a-z-]+(-(ORD|CON)-\d+)?-\d{4}-\d\d-\d\d\.csv"'

    assert re.fullmatch(name, answer["Content-Disposition"])
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.getvalue().startswith(b"\xef\xbb\xbf")


@pytest.mark.django_db
def test_no_cell_is_one_that_a_spreadsheet_would_change(answer):
    head, *rows = csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
    month = r"\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"

    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "+", "@", "0042"))
        assert not re.match(month, cell)
        assert not re.fullmatch(r"\d{4}-\d\d-\d\dT.*", cell)
    assert all(len(row) == len(head) for row in rows)


CELLS = [
    (None, ""),
    (42, 42),
    (Decimal("3000.00"), Decimal("3000.00")),
    (True, "Yes"),
    (date(2026, 3, 5), "2026-03-05"),
    (datetime(2026, 7, 5, 13, 30, tzinfo=UTC), "2026-07-05 14:30"),
    ("Thornby Park, Derby", "Thornby Park, Derby"),
    ("ORD-1042", "ORD-1042"),
    ("3 Mill Lane", "3 Mill Lane"),
    ("0042", "'0042"),
    ("1e3", "'1e3"),
    ("+44 20 7946 0018", "'+44 20 7946 0018"),
    ("0844 225 4445", "'0844 225 4445"),
    ("12/03", "'12/03"),
    ("3 March", "'3 March"),
    ("Mar-27", "'Mar-27"),
    ("SEPT2", "'SEPT2"),
    ("1MAR", "'1MAR"),
    ("March 5, 2027", "'March 5, 2027"),
    ("4471000000000000017", "'4471000000000000017"),
    ("Martin Oakes", "Martin Oakes"),
    ("Martin", "Martin"),
    ("May", "May"),
    (" =1+1", "' =1+1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("-1", "'-1"),
]


@pytest.mark.parametrize(("fact", "written"), CELLS)
def test_a_fact_is_written_as_a_spreadsheet_leaves_it(fact, written):
    assert cell_of(fact) == written


def line_of(order):
    """Return what the list of orders says of one, from its objects."""
    left = order.next.left
    return [
        order.reference,
        state_words(order.state),
        order.next.what,
        left.last_day if left else None,
        left.words if left else "",
        order.next.turn,
        order.next.why,
        str(order.party),
        order.title,
        order.customer_reference,
        str(order.owner or ""),
    ]


LV = {"connection_type": "lv", "hv_rating_mbps": None}
BARE = {"state": "draft", **LV, "connection_type": "", "data_centre": None}


@pytest.mark.django_db
@pytest.mark.parametrize("others", [{}, LV, BARE])
def test_the_file_of_all_orders_says_of_each_what_its_list_says(
    operator, submitted_order, others
):
    if others:
        User.objects.filter(pk=operator.pk).update(name="")
        ConnectionRequest.objects.update(owner=operator, **others)
    orders = ConnectionRequest.objects.all()
    listed = lists.with_next(orders, operator)

    assert any(order.next.left for order in listed)
    assert list(lists.lines(orders, operator)) == [line_of(order) for order in listed]
