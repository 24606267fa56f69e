"""What staff see of an offer that nothing shows to be received, and do about it."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from quotes import commands
from records.models import Job, Notice
from tests import journey
from tests.cast import NOW
from tests.desk.conftest import LIST
from tests.reading import read_to_the_end, words_of

pytestmark = pytest.mark.guidance("T29")


@pytest.fixture
def late_quote(unreceived_quote):
    """Sent on 3 March, received on 5 March: the last day is 4 April."""
    at = NOW + timedelta(days=2)
    commands.record_receipt(unreceived_quote.pk, at=at, how="portal")
    return unreceived_quote


def test_what_is_not_received_stands_in_a_queue_of_its_own(at, unreceived_quote):
    order = unreceived_quote.order

    assert at.owed(queue="unreceived") == [str(order)]
    words = words_of(at.client.get(reverse("admin:index")))
    assert "Quotations not received" in words
    assert "Not received" in words_of(at.order(order))
    assert "See that the quotation arrives" in words_of(at.order(order))

    commands.record_receipt(unreceived_quote.pk, at=NOW, how="email")
    assert at.owed(queue="unreceived") == []
    assert "Decide on the quotation" in words_of(at.order(order))


def test_staff_read_what_came_of_its_e_mails_and_send_it_again(
    at, unreceived_quote, authoriser
):
    order = unreceived_quote.order
    Notice.objects.update(state="failed")
    Job.objects.filter(kind="deliver_notice").update(
        failed_at=NOW, last_error="550 No such mailbox"
    )

    page = words_of(at.page(order, "announce"))
    assert authoriser.email in page
    assert "550 No such mailbox" in page
    assert at.do(order, "announce").status_code == 302

    told = Notice.objects.filter(kind="quote_issued", to=authoriser.email)
    assert [row.state for row in told] == ["queued", "failed"]


def test_it_is_offered_only_while_nothing_shows_receipt(at, unreceived_quote):
    order = unreceived_quote.order
    assert "announce" in at.offered(order)

    commands.record_receipt(unreceived_quote.pk, at=NOW, how="email")

    assert "announce" not in at.offered(order)
    assert "waits to be received" in words_of(at.page(order, "announce"))


def test_the_desk_shows_the_later_day_and_why(at, late_quote):
    words = words_of(at.order(late_quote.order))

    assert "sent 3 March 2026, received 5 March 2026" in words
    assert "received 5 March 2026: opened in the portal" in words
    assert "4 April 2026" in words
    assert "2 April 2026" not in words


def test_the_list_for_a_spreadsheet_shows_the_later_day_and_why(at, late_quote):
    answer = at.client.post(
        LIST(), {"action": "export", "_selected_action": [late_quote.order_id]}
    )
    (row,) = csv.DictReader(io.StringIO(read_to_the_end(answer).decode("utf-8-sig")))

    assert row["Last day"] == "2026-04-04"
    assert row["Why"].startswith("sent 3 March 2026, received 5 March 2026")


def test_an_authority_for_what_nothing_shows_to_be_received_can_be_checked(
    at, unreceived_quote, authoriser
):
    journey.upload(unreceived_quote, authoriser)

    assert "nothing shows that the quotation was received" in words_of(
        at.page(unreceived_quote.order, "verify")
    )
    assert "Verify the authority" in words_of(at.order(unreceived_quote.order))
