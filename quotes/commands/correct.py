"""Putting a wrong figure of the price list right on the day on which it was entered."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone

from common.clock import uk_date
from common.money import pounds
from common.wording import day_words
from orders.models import ConnectionRequest
from parties.models import User
from parties.policies import is_operations
from quotes.commands.prices import lock_figures
from quotes.errors import (
    EnteredBefore,
    PriceOvertaken,
    PricePutRight,
    SamePrice,
    WrongPriceUnexplained,
)
from quotes.models import PriceItem, Quote, QuoteLine
from quotes.states import QuoteState
from records.models import Event
from records.transitions import record_event
from records.unit import command


@command
def correct_price(
    item_id: int, *, by: User, net: Decimal, why: str, at: datetime | None = None
) -> PriceItem:
    """Put a figure right by a row that takes its place for all of its days.

    The wrong row stays as it was and is no price of any day. Drafts that took its
    amount are told in the history of their orders; what was issued keeps what it says.
    The guidance knows no such step: the day on which it can be done is our own rule.

    Args:
        net: what is right, in pounds net of VAT.
        why: what was wrong; staff read it beside both rows.

    Returns:
        The row that stands from now on, with the days of the wrong one.

    Raises:
        WrongPriceUnexplained: no reason is given.
        EnteredBefore: the UK day on which it was entered is over, or is not known.
        PricePutRight: another row has already taken its place.
        SamePrice: it says that amount already.
        PermissionDenied: `by` is not DCC Operations.

    Source: R-1.3-1, R-2.9.1-1.
    """
    if not is_operations(by):
        raise PermissionDenied
    at = at or timezone.now()
    if not why.strip():
        raise WrongPriceUnexplained
    lock_figures()
    wrong = PriceItem.objects.get(pk=item_id)
    require_correctable(wrong, at)
    if wrong.net == net:
        raise SamePrice(item=wrong)
    right = in_place_of(wrong)
    right.net, right.why = net, why.strip()
    right.entered_at, right.entered_by = at, by
    right.save()
    what = f"{right} instead of {pounds(wrong.net)}"
    cause = note_price(right, what, by, at, why)
    note_price(wrong, f"Put right: {what}", by, at, why)
    tell_drafts(right, by, at, cause)
    return right


def require_correctable(item: PriceItem, at: datetime) -> None:
    """Refuse what was put right already, or was not entered on the UK day of `at`.

    Raises:
        PricePutRight, EnteredBefore.

    Source: R-1.3-1.
    """
    if item.successor is not None:
        raise PricePutRight(item=item, now=pounds(item.successor.net))
    if item.entered_at is None or uk_date(item.entered_at) != uk_date(at):
        entered = uk_date(item.entered_at) if item.entered_at else None
        day = f"on {day_words(entered)}" if entered else "on an earlier day"
        raise EnteredBefore(item=item, day=day)


def in_place_of(wrong: PriceItem) -> PriceItem:
    """Return a row, not yet saved, for the same things and days as a wrong one."""
    return PriceItem(
        kind=wrong.kind,
        connection_type=wrong.connection_type,
        hv_rating_mbps=wrong.hv_rating_mbps,
        net=wrong.net,
        note=wrong.note,
        from_on=wrong.from_on,
        until_on=wrong.until_on,
        corrects=wrong,
    )


def usual_before(item: PriceItem) -> PriceItem | None:
    """Return the latest row of its series that stands and began before it, if any."""
    earlier = item.others().filter(from_on__lt=item.from_on)
    found: PriceItem | None = earlier.order_by("from_on").last()
    return found


def note_price(row: PriceItem, words: str, by: User, at: datetime, why: str) -> Event:
    return record_event(
        row,
        "correct_price",
        by=by,
        at=at,
        what=words,
        why=why,
        is_public=False,
        tells_price=True,
    )


def tell_drafts(right: PriceItem, by: User, at: datetime, cause: Event) -> None:
    """Write into the history of each draft that took an amount that was put right."""
    orders = ConnectionRequest.objects.locked().filter(
        pk__in=[quote.order.pk for quote in drafts_that_took(right)]
    )
    list(orders.order_by("pk"))
    for quote in drafts_that_took(right):
        for words in overtaken(quote):
            record_event(
                quote,
                "correct_price",
                by=by,
                at=at,
                what=words,
                is_public=False,
                tells_price=True,
                cause=cause,
            )


def drafts_with(item: PriceItem) -> list[Quote]:
    """Return the drafts with a line that a price allows."""
    return drafts_of(QuoteLine.objects.filter(price_item=item))


def drafts_that_took(item: PriceItem) -> list[Quote]:
    """Return the drafts with a wrong amount in whose place `item` stands."""
    wrong, earlier = [], item.corrects
    while earlier is not None:
        wrong.append(earlier.pk)
        earlier = earlier.corrects
    lines = QuoteLine.objects.filter(price_item__in=wrong)
    return drafts_of(lines.exclude(net=item.net))


def drafts_of(lines: QuerySet[QuoteLine]) -> list[Quote]:
    found = Quote.objects.filter(state=QuoteState.DRAFT, lines__in=lines)
    return list(found.select_related("order").distinct().order_by("reference"))


def overtaken(quote: Quote) -> Iterator[str]:
    """Yield a sentence for each line whose price was put right since it was proposed.

    Source: R-2.9.1-1.
    """
    held = [line for line in quote.lines.all() if line.price_item_id is not None]
    if not held:
        return
    prices = [line.price_item_id for line in held]
    corrected = PriceItem.objects.filter(pk__in=prices, correction__isnull=False)
    now = {row.pk: row.successor for row in corrected}
    for line in held:
        item = now.get(line.price_item_id)
        if item is not None and item.net != line.net:
            yield (
                f"The price list changed since the {line.get_kind_display().lower()} "
                f"was proposed: {pounds(line.net)}, now {pounds(item.net)}."
            )


def require_prices_stand(quote: Quote) -> None:
    """Refuse a draft with an amount that was put right in the price list since.

    Raises:
        PriceOvertaken: in words that name both amounts and what to do.

    Source: R-2.9.1-1.
    """
    changes = " ".join(overtaken(quote))
    if changes:
        raise PriceOvertaken(changes=changes)
