"""Answers to what the apps below tell."""

from datetime import datetime

from django.dispatch import receiver

from orders.models import ConnectionRequest
from orders.signals import order_ended
from parties.models import DataCentre, Nomination, User
from parties.signals import register_changed
from quotes import commands, emails
from quotes.models import Quote
from quotes.states import Receipt
from records.models import Notice
from records.signals import notice_sent
from records.transitions import SYSTEM


@receiver(order_ended)
def withdraw_its_offers(
    *, order: ConnectionRequest, at: datetime, **kwargs: object
) -> None:
    commands.withdraw_undecided(order, at=at, why="Its order was closed")


@receiver(register_changed, sender=DataCentre)
def begin_again_where_the_site_is_elsewhere(
    *,
    row: DataCentre,
    changed: frozenset[str],
    by: User,
    at: datetime,
    why: str,
    **kwargs: object,
) -> None:
    if "postcode" in changed:
        commands.review_moved_site(row, by=by, at=at, why=why)


@receiver(register_changed, sender=Nomination)
def keep_what_an_authority_rests_on(*, row: Nomination, **kwargs: object) -> None:
    """Refuse to annul a nomination against which an authority was verified."""
    commands.require_authorities_stand(row)


@receiver(notice_sent)
def record_receipt_by_e_mail(*, notice: Notice, **kwargs: object) -> None:
    """A mail server took the e-mail that announces an offer, for one of the Party."""
    quote_id = emails.announced_quote(notice)
    if quote_id is None or notice.sent_at is None:
        return
    quote = Quote.objects.select_related("order").get(pk=quote_id)
    if not User.objects.filter(email=notice.to, party=quote.order.party_id).exists():
        return
    why = f"The mail server accepted our e-mail to {notice.to}"
    commands.record_receipt(
        quote_id, at=notice.sent_at, how=Receipt.EMAIL, by=SYSTEM, why=why
    )
