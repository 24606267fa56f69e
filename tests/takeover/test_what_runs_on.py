"""What was taken over runs on: work is owed, charges fall due, notices go."""

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.check import ledger_faults
from billing.commands import raise_annual_charges
from billing.models import Charge
from common.clock import start_of_uk_day
from connections.models import Connection, ContractPeriod
from connections.tasks import send_due_renewal_notices
from orders.models import ConnectionRequest
from parties.models import User
from records.models import Notice
from tests.takeover.files import (
    ACCEPTED,
    AUTHORISED,
    CONNECTION,
    INSTALLATION,
    ORDER,
    QUOTED,
    SURVEY,
    taken_over,
)
from worklist.commands import differences
from worklist.models import WorkItem

pytestmark = pytest.mark.usefixtures("register_taken_over")
STATES = {
    "submitted": ({"State": "submitted"}, {"check_form"}),
    "accepted": (ACCEPTED, {"review_site", "send_quotation"}),
    "quoted": (QUOTED, {"decide_on_quotation"}),
    "authorised": (AUTHORISED, {"confirm_access"}),
    "survey": (SURVEY, {"attend_survey", "move_visit_free"}),
    "install": (INSTALLATION, {"attend_circuit", "move_visit_free"}),
}


def owed():
    return set(WorkItem.objects.open().values_list("kind", flat=True))


@pytest.mark.guidance("R-2.11-1", "R-3.3-1")
@pytest.mark.parametrize("state", STATES)
def test_an_order_in_flight_has_its_state_and_its_work_is_owed(operator, state):
    says, kinds = STATES[state]

    taken_over("orders", ORDER | says, by=operator)

    assert ConnectionRequest.objects.get().state == state
    assert owed() == kinds
    assert not list(differences())
    assert not Notice.objects.exists()


@pytest.mark.guidance("R-2.11-1", "R-3.4-3")
def test_the_days_of_an_offer_that_was_taken_over_run_from_its_own_receipt(operator):
    taken_over("orders", ORDER | QUOTED, by=operator)

    quote = ConnectionRequest.objects.get().quotes.get()
    assert quote.last_day.isoformat() == "2026-03-13"
    assert quote.total.net == 3000 + 3 * 0 + 4000


@pytest.mark.guidance("R-2.9.1-6")
def test_a_connection_is_charged_on_its_next_anniversary_and_not_for_the_past(
    operator, clock
):
    taken_over("connections", CONNECTION, by=operator)
    connection = Connection.objects.get()

    raise_annual_charges(connection.pk)
    assert not Charge.objects.exists()
    assert not list(ledger_faults(timezone.now()))
    assert connection.next_year_on.isoformat() == "2026-08-14"


@pytest.mark.guidance("R-2.5-2", "R-2.5-4")
def test_a_connection_runs_in_its_renewal_and_its_notice_goes_4_months_before_its_end(
    operator, clock
):
    taken_over("connections", CONNECTION, by=operator)
    period = ContractPeriod.objects.get()
    assert (period.number, str(period.starts_on)) == (3, "2025-08-14")
    assert str(period.renewal_due_on) == "2026-04-14"

    clock.move_to(start_of_uk_day(period.renewal_due_on))
    send_due_renewal_notices()

    period.refresh_from_db()
    assert str(period.window_last_day) == "2026-05-14"
    assert Notice.objects.filter(kind="renewal_notice").count() == 1


@pytest.mark.parametrize("state", STATES)
def test_the_pages_of_an_order_that_was_taken_over_are_read(client, operator, state):
    taken_over("orders", ORDER | STATES[state][0], by=operator)
    order = ConnectionRequest.objects.get()
    quotes = [reverse("quote", args=[quote.reference]) for quote in order.quotes.all()]

    client.force_login(operator)
    desk = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    assert client.get(desk).status_code == 200
    history = reverse("admin:orders_connectionrequest_history", args=[order.pk])
    assert "Taken over from orders.csv, line 2" in client.get(history).text
    client.force_login(User.objects.get(email="helen@fenland.example"))
    for place in (reverse("order", args=[order.reference]), *quotes, "/"):
        assert client.get(place, follow=True).status_code == 200


def test_the_pages_of_a_connection_that_was_taken_over_are_read(client, operator):
    taken_over("connections", CONNECTION, by=operator)
    link = Connection.objects.get()

    client.force_login(operator)
    desk = reverse("admin:orders_connectionrequest_change", args=[link.order_id])
    assert client.get(desk).status_code == 200
    client.force_login(User.objects.get(email="helen@fenland.example"))
    for place in (
        reverse("order", args=[link.order.reference]),
        reverse("connection", args=[link.reference]),
        reverse("renewal", args=[link.reference]),
        reverse("connection-end", args=[link.reference]),
        reverse("billing"),
    ):
        assert client.get(place, follow=True).status_code == 200, place
