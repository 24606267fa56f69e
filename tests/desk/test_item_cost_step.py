"""What something costs before a visit, as the desk asks it of a Gateway Party."""

import pytest

from sites.models import AccessItem, ItemCost
from tests.desk.conftest import order_of
from tests.factories.quotes import PriceItemFactory

ASKED = {"is_charged": "yes", "net": "420", "prepared_by": "Gamma"}
REASON = "The landlord takes no other form"


@pytest.mark.guidance("R-2.13-5")
def test_the_desk_asks_the_amount_of_the_price_list(as_, desk, special_rams):
    PriceItemFactory(kind="custom_document", net=375)
    order, item = order_of(special_rams), special_rams.pk
    page = as_(desk)
    assert page.page(order, "item-cost").context["form"]["net"].value() == 375

    page.do(order, "item-cost", item=item, reason=REASON, **ASKED)

    cost = ItemCost.objects.get()
    assert (cost.net, cost.reason, cost.asked_by) == (420, REASON, desk)


def test_an_amount_that_is_missing_is_asked_for_and_what_was_typed_stays(
    at, special_rams
):
    typed = {**ASKED, "net": "", "item": special_rams.pk, "reason": REASON}
    answer = at.do(order_of(special_rams), "item-cost", **typed).content.decode()

    assert "Enter the amount" in answer
    assert REASON in answer
    assert not ItemCost.objects.exists()


def test_what_costs_nothing_is_said_with_its_reason(at, special_rams):
    free = {"item": special_rams.pk, "is_charged": "no", "reason": "Standard will do"}
    at.do(order_of(special_rams), "item-cost", **free)

    assert not AccessItem.objects.get().may_cost
