"""What was charged in a month, for DCC Billing: each row once, and always the same."""

import csv
import io
import json
import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import jsonschema
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from billing.admin.months import require_reader
from billing.commands import correct_charge
from billing.commands.ledger import instead_of
from billing.deadlines import ends_of_month
from billing.documents import csv_rows, json_text
from billing.models import Charge
from billing.tasks import issue_invoices
from common.clock import add_months, uk_date
from tests.reading import read_to_the_end, words_of
from tools.paths import ROOT

SCHEMA = json.loads((ROOT / "docs/billing-export.schema.json").read_text())
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
# A month of UK time begins and ends at moments that are not midnight in UTC.
EDGES = (
    datetime(2026, 3, 31, 22, 59, 59, tzinfo=UTC),
    datetime(2026, 3, 31, 23, tzinfo=UTC),
    datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC),
    datetime(2026, 11, 1, tzinfo=UTC),
)


def told(first):
    found = json.loads("".join(json_text(first)))
    jsonschema.validate(found, SCHEMA)
    return found


@pytest.mark.guidance("R-2.9.1-7", "R-2.9.1-9")
def test_a_row_says_who_owes_what_for_which_connection_and_what_allows_it(
    connection, billing_clerk, clock
):
    charge = Charge.objects.get(kind="connection")
    issue_invoices()
    clock.move_to(datetime(2026, 4, 20, 9, tzinfo=UTC))
    correct_charge(charge.pk, by=billing_clerk, net=Decimal(2800), why="As quoted")

    found = told(MARCH)
    row = found["rows"][0]
    assert (row["party"], row["party_name"]) == (
        connection.party.reference,
        connection.party.name,
    )
    assert (row["connection"], row["order"]) == ("CON-1001", "ORD-1001")
    assert (row["kind"], row["net"]) == ("connection", "3000.00")
    assert (row["category"], row["invoice"]) == ("Explicit Charges", "INV-1001")
    assert (row["allowed_by"], row["reverses"]) == (charge.why, None)
    assert found["control"] == {"rows": 2, "net": "7000.00"}

    back, right = told(APRIL)["rows"]
    assert (back["reverses"], back["net"], back["allowed_by"]) == (
        charge.pk,
        "-3000.00",
        "As quoted",
    )
    assert (right["net"], right["invoice"]) == ("2800.00", None)


def test_the_same_month_is_the_same_file_whatever_comes_after(connection, clock):
    before = "".join(json_text(MARCH)), list(csv_rows(MARCH))
    clock.move_to(datetime(2026, 4, 2, 9, tzinfo=UTC))
    issue_invoices()

    assert ("".join(json_text(MARCH)), list(csv_rows(MARCH))) == before
    assert before[0].count('"invoice": null') == 2


def test_each_row_is_in_one_month_and_in_no_other(connection):
    draw = random.Random(2026)  # noqa: S311  no secret
    row = Charge.objects.first()
    spread = [
        EDGES[0] + timedelta(hours=draw.randrange(-2500, 2500)) for _ in range(10)
    ]
    for at in (*EDGES, *spread):
        row = instead_of(row, raised_at=at, why="Again")
    days = [uk_date(at) for at in Charge.objects.values_list("raised_at", flat=True)]

    month, found, net = min(days).replace(day=1), [], Decimal(0)
    while month <= max(days):
        one = told(month)
        found += [line["row"] for line in one["rows"]]
        net += Decimal(one["control"]["net"])
        month = add_months(month, 1)

    assert sorted(found) == sorted(Charge.objects.values_list("pk", flat=True))
    assert net == Charge.objects.total_net()


@given(st.integers(1, 24 * 365 * 25))
def test_a_moment_is_in_the_month_of_its_uk_day_alone(hours):
    at = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    own = uk_date(at).replace(day=1)
    months = [add_months(own, number) for number in (-1, 0, 1)]

    inside = [ends_of_month(one)[0] <= at < ends_of_month(one)[1] for one in months]

    assert inside == [False, True, False]


def test_the_desk_takes_a_month_as_a_table_with_its_control_total_last(
    client, connection, billing_clerk, clock
):
    clock.move_to(datetime(2026, 4, 2, 9, tzinfo=UTC))
    client.force_login(billing_clerk)
    page = words_of(client.get(reverse("admin:billing_charge_months")))
    assert "March 2026" in page
    assert "£7,000.00" in page
    address = reverse("admin:billing_charge_months_csv", args=["2026-03"])

    text = read_to_the_end(client.get(address)).decode("utf-8-sig")

    *rows, last = csv.DictReader(io.StringIO(text))
    assert [row["net"] for row in rows] == ["3000.00", "4000.00"]
    assert (last["row"], last["reverses"], last["net"]) == (
        "Control total",
        "2",
        "7000.00",
    )
    address = reverse("admin:billing_charge_months_json", args=["2026-03"])
    assert json.loads(read_to_the_end(client.get(address))) == told(MARCH)


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_month_that_is_not_over_is_refused(client, connection, billing_clerk, kind):
    client.force_login(billing_clerk)
    name = f"admin:billing_charge_months_{kind}"

    answer = client.get(reverse(name, args=["2026-03"]))

    assert answer.status_code == 409
    assert "March 2026 is not over" in words_of(answer)
    assert client.get(reverse(name, args=["2026-13"])).status_code == 404


def test_only_billing_and_operations_take_it(rf, desk):
    request = rf.get("/")
    request.user = desk

    with pytest.raises(PermissionDenied):
        require_reader(request)
