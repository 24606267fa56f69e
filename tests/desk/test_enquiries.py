"""The desk's queue of enquiries: who waits, how long, and the answer."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from orders.commands import arrange_call, raise_enquiry
from orders.models import Enquiry
from tests.desk.conftest import WORK
from tests.reading import words_of

LIST, EXPORT = "admin:orders_enquiry_changelist", "admin:orders_enquiry_export"
QUERIES = 14


def page_url(enquiry, slug="change"):
    return reverse(f"admin:orders_enquiry_{slug}", args=[enquiry.pk])


def listed(at, **asked):
    found = at.client.get(reverse(LIST), asked)
    return [str(row) for row in found.context["cl"].result_list]


def fresh(enquiry):
    return Enquiry.objects.get(pk=enquiry.pk)


@pytest.fixture
def at_the_desk(as_, desk):
    return as_(desk)


def test_the_home_and_the_strip_count_what_waits(at_the_desk, enquiry):
    home = at_the_desk.client.get(reverse("admin:index")).context
    standing = {queue.slug: queue for queue in home["desk_tally"].queues}

    assert standing["enquiries"].count == 1
    urls = {item.short: item.url for item in home["desk_strip"]}
    assert enquiry.reference in words_of(at_the_desk.client.get(urls["Enquiries"]))


def test_enquiries_are_counted_while_an_order_is_live_too(
    at_the_desk, enquiry, colleague, submitted_order
):
    raise_enquiry(colleague.party_id, by=colleague, kind="question", words="Why?")

    home = at_the_desk.client.get(reverse("admin:index")).context

    standing = {queue.slug: queue for queue in home["desk_tally"].queues}
    assert standing["enquiries"].count == 2


def test_a_call_on_a_sunday_is_not_due_on_the_friday_before(
    at_the_desk, enquiry, desk, clock
):
    arrange_call(enquiry.pk, by=desk, call_at=datetime(2026, 3, 8, 11, tzinfo=UTC))
    clock.move_to("2026-03-06T12:00Z")
    at_the_desk.client.force_login(desk)

    listed = words_of(at_the_desk.client.get(WORK(), {"queue": "enquiries"}))

    assert "2 days left" in listed
    assert "Due today" not in listed


def test_what_has_waited_longest_stands_first(at_the_desk, enquiry, colleague, clock):
    clock.move_to("2026-03-05T12:00Z")
    second = raise_enquiry(
        colleague.party_id, by=colleague, kind="message_sizes", words="How large?"
    )
    at_the_desk.client.force_login(at_the_desk.person)

    shown = at_the_desk.client.get(reverse(LIST))

    assert listed(at_the_desk) == [str(enquiry), str(second)]
    assert "2 days" in shown.content.decode()
    assert listed(at_the_desk, kind__exact="message_sizes") == [str(second)]
    assert listed(at_the_desk, q="How large") == [str(second)]


@pytest.mark.guidance("R-4.3-8")
def test_the_desk_arranges_a_call_and_records_what_it_came_to(at_the_desk, enquiry):
    call = {"call_at": "2026-03-05T14:30"}
    at_the_desk.client.post(page_url(enquiry, "arrange"), call)
    assert fresh(enquiry).state == "arranged"
    outcome = {"outcome": "Two pairs.", "agreed_design": "Leeds stands by."}
    at_the_desk.client.post(page_url(enquiry, "answer"), outcome)

    assert fresh(enquiry).agreed_design == "Leeds stands by."
    assert listed(at_the_desk) == []
    assert listed(at_the_desk, state="answered") == [str(enquiry)]


def test_a_call_in_the_past_is_refused_in_words(at_the_desk, enquiry):
    call = {"call_at": "2026-02-27T14:30"}
    shown = at_the_desk.client.post(page_url(enquiry, "arrange"), call)

    assert "still to come" in shown.content.decode()


def test_an_answered_enquiry_offers_only_its_owner(at_the_desk, enquiry):
    at_the_desk.client.post(page_url(enquiry, "answer"), {"outcome": "Yes."})

    shown = at_the_desk.client.get(page_url(enquiry))

    offered = [link["label"] for link in shown.context["command_links"]]
    assert offered == ["Assign it to a colleague"]
    assert "already been answered" in (
        at_the_desk.client.get(page_url(enquiry, "answer")).content.decode()
    )


def test_an_owner_is_given_and_filtered_by(at_the_desk, enquiry, desk):
    at_the_desk.client.post(page_url(enquiry, "assign"), {"owner": desk.pk})

    assert listed(at_the_desk, owner="me") == [str(enquiry)]
    assert listed(at_the_desk, owner="nobody") == []


def test_several_are_assigned_at_once(at_the_desk, enquiry, operator):
    chosen = {"action": "assign", "_selected_action": enquiry.pk, "owner": operator.pk}
    at_the_desk.client.post(reverse(LIST), chosen)

    assert fresh(enquiry).owner == operator


def test_the_list_is_exported_as_it_is_filtered(at_the_desk, enquiry):
    answer = at_the_desk.client.get(reverse(EXPORT), {"kind__exact": "call"})
    rows = b"".join(answer.streaming_content).decode().splitlines()

    assert rows[1].startswith(f"{enquiry},Asked,")
    none = at_the_desk.client.get(reverse(EXPORT), {"kind__exact": "question"})
    assert len(b"".join(none.streaming_content).decode().splitlines()) == 1


@pytest.mark.parametrize("slug", ["arrange", "answer", "assign"])
def test_billing_reads_and_changes_nothing(as_, billing_clerk, enquiry, slug):
    at = as_(billing_clerk)

    assert at.client.get(page_url(enquiry)).status_code == 200
    assert at.client.post(page_url(enquiry, slug)).status_code == 403


def test_the_queue_takes_few_queries(
    at_the_desk, enquiry, colleague, django_assert_max_num_queries
):
    for number in range(12):
        raise_enquiry(
            colleague.party_id, by=colleague, kind="question", words=f"Why {number}?"
        )

    with django_assert_max_num_queries(QUERIES):
        at_the_desk.client.get(reverse(LIST))
