"""A wrong figure of the price list is put right on the day on which it was entered."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from quotes import commands
from quotes.commands import LineEntry, correct_price, save_figure
from quotes.commands.correct import drafts_that_took
from quotes.commands.prices import prices_of
from quotes.errors import (
    EnteredBefore,
    FiguresOverlap,
    LineReasonMissing,
    PriceOvertaken,
    PricePutRight,
    SamePrice,
    WrongPriceUnexplained,
)
from quotes.models import PriceItem
from records.models import Event
from tests import journey
from tests.cast import NOW
from tests.desk.conftest import page_url
from tests.desk.test_asking_back import YES, asked_question
from tests.quotes.test_lines import TODAY, drafted, kept
from tests.quotes.test_prices import price
from tests.reading import words_of

WHY = "A digit too many."
WRONG, RIGHT = Decimal("33000.00"), Decimal("3300.00")
YEARLY = Decimal("4200.00")


@pytest.fixture
def wrong(operator):
    """The connection charge of HV, ten times too high, entered this morning."""
    hv = {"connection_type": "hv"}
    save_figure(price("annual", YEARLY, **hv), by=operator)
    item = price("connection", WRONG, **hv)
    save_figure(item, by=operator)
    return item


@pytest.fixture
def draft(reviewed_order, operator, wrong):
    """A draft with what the price list said by then."""
    lines = commands.proposed_lines(reviewed_order, TODAY)
    return drafted(reviewed_order, operator, *lines, note="The duct is long.")


def put_right(item, operator, net=RIGHT, **facts):
    return correct_price(item.pk, by=operator, net=net, **{"why": WHY, **facts})


def test_the_row_that_is_right_takes_the_place_of_the_wrong_one_for_all_its_days(
    draft_order, operator, wrong
):
    before = PriceItem.objects.filter(pk=wrong.pk).values().get()

    right = put_right(wrong, operator)

    assert prices_of(draft_order, TODAY)["connection"] == right
    assert (right.from_on, right.until_on) == (wrong.from_on, wrong.until_on)
    assert (right.corrects, right.entered_by, right.why) == (wrong, operator, WHY)
    assert PriceItem.objects.filter(pk=wrong.pk).values().get() == before
    told = Event.objects.filter(name="correct_price").values_list("subject_pk", "why")
    assert sorted(told) == [(wrong.pk, WHY), (right.pk, WHY)]
    assert not Event.objects.filter(name="correct_price", tells_price=False).exists()


def test_days_stay_with_one_figure_and_the_wrong_one_is_no_row_to_end(operator, wrong):
    right = put_right(wrong, operator)

    facts = {"connection_type": "hv", "net": "3400"}
    with pytest.raises(FiguresOverlap):
        save_figure(price("connection", **facts), by=operator)
    wrong.until_on = TODAY
    with pytest.raises(PricePutRight, match=r"£3,300\.00 has taken its place"):
        save_figure(wrong, by=operator)

    save_figure(price("connection", from_on="2026-06-01", **facts), by=operator)
    right.refresh_from_db()
    assert str(right.until_on) == "2026-05-31"


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [({"why": " "}, WrongPriceUnexplained), ({"net": WRONG}, SamePrice)],
)
def test_no_reason_and_no_other_amount_are_refused(operator, wrong, facts, refusal):
    with pytest.raises(refusal):
        put_right(wrong, operator, **facts)


def test_it_is_too_late_once_the_uk_day_is_over(operator):
    item = price()
    # Half past midnight on 3 June in the UK.
    save_figure(item, by=operator, at=datetime(2026, 6, 2, 23, 30, tzinfo=UTC))
    midnight = datetime(2026, 6, 3, 23, tzinfo=UTC)

    with pytest.raises(EnteredBefore, match="entered on 3 June 2026, and a figure"):
        put_right(item, operator, at=midnight)
    assert put_right(item, operator, at=midnight - timedelta(seconds=1))


def test_a_figure_is_put_right_once_and_its_correction_may_be_again(operator, wrong):
    again = put_right(put_right(wrong, operator, Decimal(330)), operator)

    with pytest.raises(PricePutRight):
        put_right(wrong, operator)
    assert PriceItem.objects.get(pk=wrong.pk).successor == again


def test_the_database_wants_who_when_and_why(wrong):
    unexplained = price("connection", RIGHT, connection_type="hv", corrects=wrong)

    with pytest.raises(IntegrityError), transaction.atomic():
        unexplained.save()


@pytest.mark.parametrize("who", ["desk", "billing_clerk", "submitter", "installer"])
def test_only_operations_put_a_figure_right(request, who, wrong):
    with pytest.raises(PermissionDenied):
        put_right(wrong, request.getfixturevalue(who))


def test_a_draft_is_told_and_waits_for_the_new_amount_or_a_reason(
    draft, operator, wrong
):
    right = put_right(wrong, operator)
    told = Event.objects.filter(thread=draft.thread, name="correct_price")
    words = (
        "The price list changed since the connection charge was proposed: "
        "£33,000.00, now £3,300.00."
    )
    assert told.get().what == words
    assert drafts_that_took(right) == [draft]
    with pytest.raises(PriceOvertaken, match=re.escape(words)):
        commands.request_issue(draft.pk, by=operator)

    annual = LineEntry("annual", YEARLY)
    same = LineEntry("connection", WRONG)
    with pytest.raises(LineReasonMissing):
        drafted(draft.order, operator, same, annual)
    stays = LineEntry("connection", WRONG, reason="A mast has to be built.")
    for line in (stays, LineEntry("connection", RIGHT)):
        drafted(draft.order, operator, line, annual, note="The duct is long.")
        assert list(commands.overtaken(draft)) == []
        assert drafts_that_took(right) == []
    assert kept(draft)["connection"].price_item == right


def test_a_draft_whose_amount_turns_out_to_be_right_is_not_asked_about(
    draft, operator, wrong
):
    again = put_right(put_right(wrong, operator, Decimal(330)), operator, WRONG)

    assert drafts_that_took(again) == list(commands.overtaken(draft)) == []


def test_a_draft_whose_document_is_being_made_is_not_opened_with_the_wrong_amount(
    draft, operator, wrong
):
    commands.request_issue(draft.pk, by=operator)
    put_right(wrong, operator)

    with pytest.raises(PriceOvertaken):
        commands.issue_quote(draft.pk, pdf=b"", facts={})


def test_an_issued_quotation_keeps_what_it_said_and_the_next_one_asks_why(
    draft, operator, wrong
):
    issued = journey.issue(draft, operator)
    said = (issued.total, issued.fingerprint, issued.document)
    put_right(wrong, operator)

    again = type(issued).objects.get(pk=issued.pk)
    assert (again.total, again.fingerprint, again.document) == said
    assert kept(again)["connection"].net == WRONG
    assert not Event.objects.filter(thread=draft.thread, name="correct_price").exists()
    commands.withdraw_quote(issued.pk, by=operator, reason="The charge was wrong.")
    with pytest.raises(LineReasonMissing):
        drafted(issued.order, operator, LineEntry("connection", WRONG))


@pytest.fixture
def page(client, operator, wrong):
    """Open the page as DCC Operations; return its address."""
    client.force_login(operator)
    return reverse("admin:quotes_priceitem_correct", args=[wrong.pk])


def test_the_page_shows_what_changes_and_asks_back_about_a_digit_too_many(client, page):
    asked = words_of(client.post(page, {"net": "330000", "why": WHY}))

    assert "£330,000.00 instead of £33,000.00." in asked
    assert "£330,000.00 is more than twice the £33,000.00 before it." in asked
    assert "Is that right?" in asked
    assert PriceItem.objects.filter(kind="connection").count() == 1


def test_after_a_correction_its_drafts_are_listed_and_each_says_what_changed(
    client, page, draft
):
    typed = {"net": "3300", "why": WHY}
    mark = asked_question(client.post(page, typed))
    done = client.post(page, typed | YES | {"asked_question": mark}, follow=True)

    assert f"The amount before is in one draft: {draft}." in words_of(done)
    assert f"{draft} of {draft.order}" in words_of(done)
    for step in ("quotation", "issue"):
        seen = words_of(client.get(page_url(draft.order, step)))
        assert "£33,000.00, now £3,300.00." in seen


def test_the_wrong_figure_stays_in_the_list_to_be_read_and_no_more(
    client, page, operator, wrong
):
    row = reverse("admin:quotes_priceitem_change", args=[wrong.pk])
    assert page in client.get(row).content.decode()

    put_right(wrong, operator)

    listed = client.get(reverse("admin:quotes_priceitem_changelist"))
    assert "£3,300.00 since 3 March 2026" in words_of(listed)
    seen = client.get(row)
    assert page not in seen.content.decode()
    assert f"by {operator.name}</a>: {WHY}" in words_of(seen)
    assert client.post(row, {"until_on": "2026-03-03"}).status_code == 403


def test_a_day_later_the_page_says_how_a_figure_is_followed_by_another(
    client, page, operator, clock
):
    clock.move_to(NOW + timedelta(days=1))
    client.force_login(operator)

    seen = client.get(page)

    assert "entered on 3 March 2026" in words_of(seen)
    assert "Add a row with a later first day instead" in words_of(seen)
    assert 'name="net"' not in seen.content.decode()
