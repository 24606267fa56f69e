"""The demo world: an order in every state, on whatever day it is loaded."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from connections.models import Connection
from dccportal.demo.orders import load_world
from dccportal.demo.people import PASSWORD, SIGN_INS
from orders.models import ConnectionRequest
from orders.states import OrderState
from parties.models import User
from quotes.models import Quote
from records.models import Event

pytestmark = pytest.mark.django_db


def test_the_demo_shows_an_order_in_every_state_with_plausible_dates(capsys):
    call_command("load_demo", "--if-empty")

    shown = set(ConnectionRequest.objects.values_list("state", flat=True))
    assert shown == set(OrderState.values)
    assert not Event.objects.filter(at__gt=timezone.now()).exists()
    assert not Quote.objects.due_to_lapse(timezone.now()).exists()
    assert PASSWORD in capsys.readouterr().out
    person = User.objects.get(email=SIGN_INS[0]["email"])
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize(
    "moment",
    ["2026-12-27T00:05", "2026-05-31T23:55"],
)
def test_it_can_be_loaded_on_any_day(moment, clock):
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    clock.move_to(now)

    load_world()

    shown = set(ConnectionRequest.objects.values_list("state", flat=True))
    assert shown == set(OrderState.values)
    assert Connection.objects.count() == 5


def test_a_second_load_changes_nothing(submitter, capsys):
    call_command("load_demo", "--if-empty")

    assert capsys.readouterr().out == ""
    assert not ConnectionRequest.objects.exists()
    with pytest.raises(CommandError, match="not empty"):
        call_command("load_demo")
