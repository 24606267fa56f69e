"""The desk is asked "is that right?" of an unusual day or time before it counts."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from connections.models import ContractPeriod
from quotes.models import PriceItem
from records.models import Notice
from sites.models import SiteVisit
from tests.cast import NOW
from tests.desk.conftest import order_of, page_url
from tests.reading import words_of

SUNDAY, OTHER_SUNDAY = "2026-03-08", "2026-03-15"
YES = {"is_right": "on"}


def asked_question(response):
    page = response.content.decode()
    return re.search(r'name="asked_question" value="(\w+)"', page).group(1)


@pytest.fixture
def book(client, ready_order, operator):
    client.force_login(operator)
    url = page_url(ready_order, "book")

    def send(day, **more):
        when = {"on": day, "from_time": "8am", "until_time": "1pm"}
        typed = {"purpose": "circuit", "visitor": "Gamma", **when, **more}
        return client.post(url, typed)

    return send


def test_a_visit_on_a_working_day_is_booked_without_a_question(book):
    book("2026-03-10")

    assert SiteVisit.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (SUNDAY, "Sunday 8 March 2026 is no working day. Is that right?"),
        ("2026-12-25", "Friday 25 December 2026 is no working day. Is that right?"),
    ],
)
def test_a_visit_on_a_sunday_or_at_christmas_is_asked_about_and_then_booked(
    book, day, words
):
    asked = book(day)
    assert words in words_of(asked)
    assert not SiteVisit.objects.exists()

    book(day, asked_question=asked_question(asked), **YES)

    assert str(SiteVisit.objects.get().on) == day


def test_yes_to_one_day_is_no_yes_to_another(book):
    asked = asked_question(book(SUNDAY))

    again = words_of(book(OTHER_SUNDAY, asked_question=asked, **YES))

    assert "Sunday 15 March 2026 is no working day" in again
    assert "checked" not in again
    assert not SiteVisit.objects.exists()


def test_a_move_to_a_sunday_is_asked_about_too(client, circuit_visit, operator):
    client.force_login(operator)
    typed = {"visit": circuit_visit.pk, "on": SUNDAY, "reason": "Snow"}

    url = page_url(circuit_visit.order, "move-visit")
    asked = client.post(url, {**typed, "asked_by_party": "no"})

    assert "Sunday 8 March 2026 is no working day" in words_of(asked)
    assert SiteVisit.objects.count() == 1


def arrange(client, enquiry, when, **more):
    url = f"/admin/orders/enquiry/{enquiry.pk}/arrange/"
    return client.post(url, {"call_at": when, **more})


def test_a_call_on_a_sunday_at_three_in_the_night_is_asked_about(client, enquiry, desk):
    client.force_login(desk)

    asked = arrange(client, enquiry, "2026-03-08T03:00")
    assert "Sunday 8 March 2026 is no working day." in words_of(asked)
    assert "03:00 is outside of 08:00 to 18:00." in words_of(asked)
    enquiry.refresh_from_db()
    assert enquiry.call_at is None
    arrange(
        client, enquiry, "2026-03-08T03:00", asked_question=asked_question(asked), **YES
    )

    enquiry.refresh_from_db()
    assert enquiry.call_at is not None


def test_a_second_e_mail_about_a_call_says_what_it_replaces_with_the_weekday(
    client, enquiry, desk, clock
):
    client.force_login(desk)
    arrange(client, enquiry, "2026-03-05T10:30")
    clock.move_to(NOW + timedelta(hours=1))
    arrange(client, enquiry, "2026-03-06T11:00")

    first, second = Notice.objects.filter(kind="enquiry_arranged").order_by("pk")
    assert "When: Thursday 5 March 2026, 10:30am" in first.text
    assert "replaces" not in first.text
    assert "When: Friday 6 March 2026, 11:00am" in second.text
    replaced = "This replaces our earlier e-mail: there is no call on Thursday 5 March"
    assert replaced in second.text
    assert second.subject.endswith("Friday 6 March 2026, 11:00am, a new time")


def test_a_moved_visit_says_that_it_replaces_the_first_with_both_weekdays(
    client, circuit_visit, operator
):
    client.force_login(operator)
    typed = {"visit": circuit_visit.pk, "on": "2026-03-20", "reason": "Snow"}
    url = page_url(circuit_visit.order, "move-visit")
    client.post(url, {**typed, "asked_by_party": "no"})

    notice = Notice.objects.get(kind="visit_rearranged")
    assert "This replaces our earlier e-mail about it" in notice.text
    assert "Now: Friday 20 March 2026" in notice.text
    assert re.search(r"Before: \w+day \d+ March 2026", notice.text)
    assert notice.subject.endswith("moved to Friday 20 March 2026")


def price(client, net, **more):
    typed = {"kind": "annual", "connection_type": "hv", "net": net, "note": ""}
    days = {"from_on": f"2026-0{more.pop('month')}-01", "until_on": ""}
    return client.post(reverse("admin:quotes_priceitem_add"), typed | days | more)


@pytest.mark.parametrize(
    ("net", "words"),
    [
        ("8200.01", "more than twice the £4,100.00"),
        ("2049.99", "less than half of the £4,100.00"),
        ("41000", "more than twice"),
    ],
)
def test_a_price_far_from_the_one_before_is_asked_about_and_then_kept(
    client, operator, net, words
):
    client.force_login(operator)
    price(client, "4100", month=3)

    answer = price(client, net, month=4)

    assert words in words_of(answer)
    assert PriceItem.objects.count() == 1
    price(client, net, month=4, asked_question=asked_question(answer), **YES)
    assert PriceItem.objects.count() == 2


@pytest.mark.parametrize("net", ["8200", "2050"])
def test_a_price_of_twice_or_half_is_kept_without_a_question(client, operator, net):
    client.force_login(operator)
    price(client, "4100", month=3)

    price(client, net, month=4)

    assert PriceItem.objects.count() == 2


@pytest.mark.guidance("R-2.5-5")
def test_a_renewal_charge_far_from_this_periods_is_asked_about(
    client, period, operator
):
    client.force_login(operator)
    url, net = page_url(order_of(period), "renewal-charge"), str(period.annual_net * 3)

    answer = client.post(url, {"net": net})

    assert "more than twice" in words_of(answer)
    assert not ContractPeriod.objects.filter(renewal_net__isnull=False).exists()
    client.post(url, {"net": net, "asked_question": asked_question(answer), **YES})
    assert ContractPeriod.objects.filter(renewal_net=net).exists()
