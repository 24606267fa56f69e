"""What happened to a row is read on its own history page, by staff."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guidance.commands import start_version
from orders.models import BankHoliday
from parties.commands import add_data_centre
from parties.models import User
from planner.models import MessageSize
from quotes.commands import save_figure
from quotes.models import PriceItem
from records.models import Event
from records.templatetags.history import row_of
from records.transitions import record_event
from tests import journey
from tests.cast import NOW
from tests.reading import words_of


def history(at, row):
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_history"
    return words_of(at.client.get(reverse(name, args=[row.pk])))


def kept(at, model, **answers):
    """Add a row on its own page of the admin."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_add"
    at.client.post(reverse(name), answers)
    return model.objects.latest("pk")


def test_a_price_tells_who_entered_it(at, operator):
    item = PriceItem(kind="annual", net=Decimal("4100.00"), from_on=date(2026, 3, 1))
    save_figure(item, by=operator)

    page = history(at, item)

    assert "entered" in page
    assert operator.name in page


def test_a_bank_holiday_tells_who_entered_it(at, operator):
    day = kept(at, BankHoliday, division="ENG", day="2031-06-03", name="Jubilee")

    assert f"{operator.name}</td> <td>Jubilee, 3 June 2031 entered" in history(at, day)


def test_an_assumed_size_tells_who_entered_it(at, operator):
    size = kept(
        at,
        MessageSize,
        kind="routine",
        size_bytes="1200",
        source="A trial",
        from_on="2026-01-01",
    )

    assert f"{operator.name}</td> <td>Size entered" in history(at, size)


def test_a_party_has_the_history_of_its_people_and_sites(at, desk, party):
    facts = {"street": "1 Road", "town": "Derby", "postcode": "DE1 1AA"}
    add_data_centre(party.pk, by=desk, name="Thornby", **facts)

    page = at.client.get(reverse("admin:parties_party_change", args=[party.pk]))
    assert reverse("admin:parties_party_history", args=[party.pk]) in words_of(page)
    assert "Thornby" in history(at, party)


def test_a_section_has_the_history_of_its_version(at, operator):
    version = start_version("1.1", by=operator)

    assert operator.name in history(at, version.pages.first())


def test_a_row_that_came_with_the_portal_says_so(at):
    assert "since it came with the portal" in history(at, BankHoliday.objects.first())


def test_the_history_on_an_orders_page_names_states_as_people_know_them(
    at, submitted_order
):
    assert "<small>Draft to Submitted</small>" in history(at, submitted_order)


def test_the_history_is_read_when_it_is_opened_and_not_with_the_page(
    at, submitted_order
):
    address = reverse(
        "admin:orders_connectionrequest_change", args=[submitted_order.pk]
    )
    with CaptureQueriesContext(connection) as asked:
        page = words_of(at.client.get(address))

    assert not [one for one in asked if 'FROM "records_event"' in one["sql"]]
    opened = address.replace("/change/", "/history/")
    assert f'data-load="{opened}"' in page
    assert f'<a href="{opened}">History of {submitted_order}</a>' in page


def test_an_event_is_listed_and_read_under_headings_that_people_know(
    at, submitted_order
):
    listed = words_of(at.client.get(reverse("admin:records_event_changelist")))

    for heading in ("Order or register", "About", "Who reads it"):
        assert heading in listed
    for raw in ("Subject words", "Is public", "Thread"):
        assert raw not in listed


def test_the_history_of_a_draft_quotation_marks_what_only_staff_see(at, draft_quote):
    issued = journey.issue(draft_quote, at.person)

    page = history(at, issued)

    assert "<small>Only staff see this</small>" in page
    assert "<small>Draft to Open</small>" in page
    assert page.count("Only staff see this") < page.count('<td class="nowrap">')


AS_A_TEMPLATE = """{% load parts %}
        <tr>
          <td class="nowrap">{{ event.at|uk_time }}</td>
          <td>{{ event.by|default_if_none:"The portal" }}</td>
          <td>{{ event.what }}<small>{{ event.why|linebreaksbr }}</small></td>
        </tr>
      """


@pytest.mark.parametrize("person", [None, User(name="Ann O'Hara <ann>")])
def test_a_line_of_the_history_is_written_as_a_template_writes_it(person):
    event = Event(at=NOW, by=person, what="A & B", why="<b>\r\n“It's so”\nat last")
    drawn = Template(AS_A_TEMPLATE).render(Context({"event": event}))

    assert row_of(event, is_shared=False) == drawn


def test_what_no_party_reads_at_all_is_not_marked_line_by_line(at, operator):
    item = PriceItem(kind="annual", net=Decimal("4100.00"), from_on=date(2026, 3, 1))
    save_figure(item, by=operator)

    assert "Only staff see this" not in history(at, item)


def test_a_supplier_reads_nothing_of_a_visit_that_only_staff_see(
    as_, installer, circuit_visit, operator
):
    what, at = "Charged £250.00", circuit_visit.order.submitted_at
    record_event(circuit_visit, "x", by=operator, at=at, what=what, tells_price=True)
    note = "A word among colleagues"
    record_event(circuit_visit, "y", by=operator, at=at, what=note, is_public=False)

    page = history(as_(installer), circuit_visit)

    assert "booked" in page
    assert what not in page
    assert note not in page
    assert what in history(as_(operator), circuit_visit)
