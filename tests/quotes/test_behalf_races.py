"""What the desk records for a contact, at the same moment as something else."""

from datetime import timedelta
from functools import partial

import pytest

from orders import commands as orders
from quotes import commands
from quotes.models import Quote
from records.models import Event, Notice
from tests.quotes.test_races import TICK, lapse
from tests.races import at_once, refusals

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_a_recorded_refusal_and_the_lapse_of_its_offer_end_it_once_as_refused(
    issued_quote, authoriser, desk, clock
):
    """Whichever is first: what came in time counts."""
    clock.move_to(issued_quote.lapses_at + timedelta(hours=1))
    said = orders.Said(authoriser.pk, "phone", issued_quote.lapses_at - TICK)

    at_once(
        lapse(issued_quote),
        lambda: commands.record_decline(issued_quote.pk, by=desk, said=said),
    )

    quote = Quote.objects.get()
    assert (quote.state, quote.order.state) == ("declined", "declined")
    assert Event.objects.filter(to_state="declined").count() == 2


def test_a_refusal_recorded_twice_at_once_counts_once(issued_quote, authoriser, desk):
    said = orders.Said(authoriser.pk, "phone", issued_quote.issued_at)
    record = partial(commands.record_decline, issued_quote.pk, by=desk, said=said)

    answers = at_once(record, record)

    assert len(refusals(answers)) == 1
    assert Notice.objects.filter(kind="recorded_for_you").count() == 1
