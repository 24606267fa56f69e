"""The demo world: an order in every state, on whatever day it is loaded."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from common.clock import uk_date
from connections.models import Connection
from dccportal.demo.orders import load_world
from dccportal.demo.people import PASSWORD, SIGN_INS, TOM
from orders.models import ConnectionRequest
from orders.states import OrderState, Route
from parties.models import User
from quotes.models import Authority, Quote
from records.models import Event
from sites.models import (
    AccessEntry,
    Completion,
    InstalledItem,
    StageDay,
    StageIssue,
    SurveyResult,
)
from worklist.commands import differences
from worklist.kinds import rights
from worklist.models import WorkItem

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OFFERS = Quote.objects.open()
ORDERS = ConnectionRequest.objects.all()
# What is shown besides an order in every state.
SHOWN = {
    "an offer that nobody has": OFFERS.filter(received_at=None),
    "T29: received later": OFFERS.filter(received_at__gt=F("issued_at") + DAY),
    "an upload that waits": Authority.objects.waiting(),
    "a sharer linked later": Event.objects.filter(name="link_sharer"),
    "T31: an estimate": Quote.objects.filter(order__site_review__line_kind="unknown"),
    "T32: both at once": ORDERS.filter(is_capacity_asked=True, route=Route.E3),
    "T33: no LV after all": SurveyResult.objects.filter(is_lv_available=False),
    "equipment that was exchanged": InstalledItem.objects.filter(replaces__gt=0),
    "a day that moved": StageDay.objects.filter(cause="third_party"),
    "an issue that was resolved": StageIssue.objects.filter(resolved_on__isnull=False),
    "an installation complete": Completion.objects.all(),
    "an access log corrected": AccessEntry.objects.filter(corrects__gt=0),
    "T35: told by e-mail": Event.objects.filter(why__contains="said by e-mail"),
}


@pytest.mark.long
def test_the_demo_shows_an_order_in_every_state_with_plausible_dates(capsys):
    call_command("load_demo", "--if-empty")

    shown = set(ConnectionRequest.objects.values_list("state", flat=True))
    assert shown == set(OrderState.values)
    assert not Event.objects.filter(at__gt=timezone.now()).exists()
    assert not Quote.objects.due_to_lapse(timezone.now()).exists()
    assert PASSWORD in capsys.readouterr().out
    person = User.objects.get(email=SIGN_INS[0]["email"])
    assert person.check_password(PASSWORD)
    # What was owed on the way was opened and closed when it was done.
    assert list(differences()) == []
    done = WorkItem.objects.closed().values_list("kind", flat=True)
    assert {"check_form", "send_quotation", "verify_authority"} <= set(done)
    # Priya Nair has a right that ends today; Tom Ashworth meets what is hers to do.
    today = uk_date(timezone.now())
    work, tom = WorkItem.objects, User.objects.get(email=TOM)
    assert work.needing(person, today).filter(kind__in=rights(), due_on=today).exists()
    assert work.needing_colleagues(tom, today).exists()


# What it asks of a database, the world of today asks of both.
@pytest.mark.long
@pytest.mark.any_database
@pytest.mark.parametrize(
    "moment",
    ["2026-12-27T00:05", "2026-05-31T23:55"],
)
def test_it_can_be_loaded_on_any_day(moment, clock):
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    clock.move_to(now)

    load_world(with_work_done=False)

    shown = set(ConnectionRequest.objects.values_list("state", flat=True))
    assert shown == set(OrderState.values)
    assert Connection.objects.count() == 5
    assert [what for what, rows in SHOWN.items() if not rows.exists()] == []


def test_a_second_load_changes_nothing(submitter, capsys):
    call_command("load_demo", "--if-empty")

    assert capsys.readouterr().out == ""
    assert not ConnectionRequest.objects.exists()
    with pytest.raises(CommandError, match="not empty"):
        call_command("load_demo")
