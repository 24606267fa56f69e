"""The price list, the ranges and the VAT rates: one figure a day, and no gap."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from common.dated import EndsBeforeItBegins
from quotes.commands import save_figure, seed_prices
from quotes.commands.prices import prices_of, vat_rate_on
from quotes.errors import (
    FiguresGap,
    FiguresOverlap,
    NothingFollows,
)
from quotes.models import Ballpark, PriceItem, VatRate
from records.models import Event

TODAY = date(2026, 3, 3)


def day(text):
    return date.fromisoformat(text) if text else None


def price(kind="new_line", net="120.00", from_on="2026-01-01", until="", **facts):
    return PriceItem(
        kind=kind,
        net=Decimal(net),
        from_on=day(from_on),
        until_on=day(until),
        **facts,
    )


def vat(percent, from_on, until=""):
    return VatRate(percent=percent, from_on=day(from_on), until_on=day(until))


@pytest.mark.guidance("R-2.9.3-2")
def test_only_the_ranges_of_the_guidance_are_there_from_the_start(db):
    seed_prices()

    ranges = {
        row.connection_type: [row.connection_min, row.connection_max, row.annual_max]
        for row in Ballpark.objects.all()
    }
    assert ranges == {"hv": [3000, 15000, 32000], "lv": [2000, 4000, 1000]}
    assert not PriceItem.objects.exists()


@pytest.mark.parametrize(
    ("from_on", "until", "refusal"),
    [
        ("2011-01-04", "", FiguresOverlap),
        ("2010-12-01", "2011-01-04", FiguresOverlap),
        ("2010-12-01", "2010-12-31", FiguresGap),
        ("2027-01-01", "2027-06-30", NothingFollows),
        ("2027-01-01", "2026-12-31", EndsBeforeItBegins),
    ],
)
def test_a_rate_that_leaves_two_or_none_for_a_day_is_refused(
    operator, from_on, until, refusal
):
    with pytest.raises(refusal):
        save_figure(vat("15.00", from_on, until), by=operator)

    assert VatRate.objects.count() == 1


def test_a_new_rate_ends_the_one_before_it_the_day_before(operator):
    save_figure(vat("22.50", "2027-01-01"), by=operator)

    assert vat_rate_on(date(2026, 12, 31)) == Decimal("20.00")
    assert vat_rate_on(date(2027, 1, 1)) == Decimal("22.50")
    assert VatRate.objects.get(percent="20.00").until_on == date(2026, 12, 31)
    events = Event.objects.filter(name="save_figure").values_list("what", flat=True)
    assert sorted(events) == [
        "20.00% from 4 January 2011 ended",
        "22.50% from 1 January 2027 entered",
    ]


def test_a_rate_between_two_needs_both_its_days(operator):
    save_figure(vat("22.50", "2027-01-01"), by=operator)

    with pytest.raises(FiguresOverlap):
        save_figure(vat("15.00", "2026-06-01", "2026-12-31"), by=operator)


@pytest.mark.guidance("R-2.6-9")
def test_the_price_of_the_very_rating_goes_before_that_of_every_rating(
    draft_order, operator
):
    of_type = {"connection_type": "hv", "kind": "annual"}
    save_figure(price(net="5000", **of_type), by=operator)
    save_figure(price(net="4400", hv_rating_mbps=20, **of_type), by=operator)
    save_figure(price(net="9000", hv_rating_mbps=90, **of_type), by=operator)
    lv = {"connection_type": "lv", "kind": "annual"}
    save_figure(price(net="700", **lv), by=operator)
    save_figure(price(net="120"), by=operator)

    found = {kind: item.net for kind, item in prices_of(draft_order, TODAY).items()}

    assert found == {"annual": Decimal(4400), "new_line": Decimal(120)}


def test_a_price_may_end_with_none_after_it(draft_order, operator):
    save_figure(price(until="2026-02-28"), by=operator)
    save_figure(price(net="130", from_on="2026-04-01"), by=operator)

    assert prices_of(draft_order, TODAY) == {}


@pytest.mark.parametrize("who", ["desk", "billing_clerk", "submitter", "installer"])
def test_only_operations_keep_figures(request, who):
    person = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        save_figure(price(), by=person)


@pytest.fixture
def admin_of(client, operator):
    client.force_login(operator)
    return client


ADD = "admin:quotes_priceitem_add"
TYPED = {
    "kind": "new_line",
    "connection_type": "",
    "hv_rating_mbps": "",
    "net": "120.00",
    "from_on": "2026-01-01",
    "until_on": "",
    "note": "Openreach",
}


def errors_of(response):
    return [words for row in response.context["errors"] for words in row]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "annual"}, "Choose the type that this is the price of."),
        ({"hv_rating_mbps": "20"}, "Only prices of HV have a rating"),
        ({"net": "-1"}, "greater than or equal to 0.00"),
        (
            {"kind": "annual", "connection_type": "hv", "hv_rating_mbps": "25"},
            "Enter a multiple of 10.",
        ),
        ({"from_on": "2026-01-01"}, "holds on some of these days"),
    ],
)
def test_a_wrong_price_is_refused_in_words_and_not_kept(
    admin_of, operator, changes, words
):
    save_figure(price(), by=operator)

    page = admin_of.post(reverse(ADD), {**TYPED, **changes})

    assert words in " ".join(errors_of(page))
    assert PriceItem.objects.count() == 1


def test_staff_enter_a_price_and_find_it_in_the_list(admin_of):
    assert admin_of.post(reverse(ADD), TYPED).status_code == 302

    page = admin_of.get(reverse("admin:quotes_priceitem_changelist"))
    assert "£120.00" in page.content.decode()


def test_a_price_ends_today_at_the_earliest_and_is_never_deleted(admin_of, operator):
    save_figure(price(), by=operator)
    item = PriceItem.objects.get()
    change = reverse("admin:quotes_priceitem_change", args=[item.pk])

    page = admin_of.post(change, {"until_on": "2026-03-02"})
    assert "Enter today or a later day." in " ".join(errors_of(page))

    assert admin_of.post(change, {"until_on": "2026-03-03"}).status_code == 302
    delete = reverse("admin:quotes_priceitem_delete", args=[item.pk])
    assert admin_of.post(delete, {"post": "yes"}).status_code == 403
    assert PriceItem.objects.get().until_on == TODAY


RANGE = {
    "connection_type": "hv",
    "connection_min": "3000",
    "connection_max": "15000",
    "annual_min": "4000",
    "annual_max": "32000",
    "from_on": "2027-01-01",
}


@pytest.mark.guidance("R-2.9.3-2")
@pytest.mark.parametrize(
    ("model", "typed", "words"),
    [
        ("ballpark", RANGE | {"connection_min": "15000.01"}, "Each range goes from"),
        ("ballpark", RANGE | {"annual_min": "-1"}, "Each range goes from"),
        ("vatrate", {"percent": "-5", "from_on": "2027-01-01"}, "from 0 to 100"),
        ("vatrate", {"percent": "101", "from_on": "2027-01-01"}, "from 0 to 100"),
    ],
)
def test_a_range_upside_down_and_a_rate_that_is_none_are_refused(
    admin_of, model, typed, words
):
    page = admin_of.post(reverse(f"admin:quotes_{model}_add"), typed)

    assert words in " ".join(errors_of(page))
