"""The demo world: an order in every state, once and for a trial alone."""

from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from billing.check import ledger_faults
from common.clock import uk_date
from dccportal.demo.people import PASSWORD, SIGN_INS, TOM
from orders.models import ConnectionRequest
from parties.models import User
from quotes.models import Quote
from records.models import Event
from tests.demo_world import END_OF_MONTH, assert_all_is_shown
from worklist.commands import differences
from worklist.kinds import rights
from worklist.models import WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.mark.long
def test_the_demo_shows_an_order_in_every_state_with_plausible_dates(clock, capsys):
    clock.move_to(datetime.fromisoformat(END_OF_MONTH))

    call_command("load_demo", "--if-empty")

    assert_all_is_shown()
    assert not Event.objects.filter(at__gt=timezone.now()).exists()
    assert not Quote.objects.due_to_lapse(timezone.now()).exists()
    assert PASSWORD in capsys.readouterr().out
    person = User.objects.get(email=SIGN_INS[0]["email"])
    assert person.check_password(PASSWORD)
    # What was owed on the way was opened and closed when it was done.
    assert list(differences()) == []
    assert list(ledger_faults(timezone.now())) == []
    done = WorkItem.objects.closed().values_list("kind", flat=True)
    assert {"check_form", "send_quotation", "verify_authority"} <= set(done)
    # Priya Nair has a right that ends today; Tom Ashworth meets what is hers to do.
    today = uk_date(timezone.now())
    work, tom = WorkItem.objects, User.objects.get(email=TOM)
    assert work.needing(person, today).filter(kind__in=rights(), due_on=today).exists()
    assert work.needing_colleagues(tom, today).exists()


def test_a_second_load_changes_nothing(submitter, capsys):
    call_command("load_demo", "--if-empty")

    assert capsys.readouterr().out == ""
    assert not ConnectionRequest.objects.exists()
    with pytest.raises(CommandError, match="not empty"):
        call_command("load_demo")
