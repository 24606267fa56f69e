"""Who changed which answer last: told to a colleague who wrote at the same time."""

from collections.abc import Collection
from datetime import datetime

from orders.models import AnswerChange, ConnectionRequest
from orders.models.answers import SEARCHED_ANSWERS
from parties.models import User
from records.behalf import person_of
from records.unit import touch

# Answers by which an order is found, and which nothing tells of while it is a draft.
FOUND_BY = {*SEARCHED_ANSWERS, "data_centre_id"}


def tell_who(
    order: ConnectionRequest, fields: Collection[str], *, by: User, at: datetime
) -> None:
    """Keep who changed these answers of a locked order, in place of who did before."""
    who = person_of(by)
    AnswerChange.objects.bulk_create(
        [AnswerChange(order=order, field=field, by=who, at=at) for field in fields],
        update_conflicts=True,
        unique_fields=["order", "field"],
        update_fields=["by", "at"],
    )
    if not FOUND_BY.isdisjoint(fields):
        touch(order.thread, at)
