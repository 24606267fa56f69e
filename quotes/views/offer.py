"""One offer, as the Gateway Party reads it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.access import UserRequest, for_contacts
from common.clock import uk_date
from common.parts import PaperLink
from common.prepared import one_or_404, prepared
from common.time_left import TimeLeft
from common.wording import day_words
from orders.views.base import authorisers
from orders.words import bandwidth_words
from parties.models import User
from quotes import commands, policies
from quotes.documents import charging_words, diversity_words
from quotes.file import last_handed_in, on_their_way
from quotes.models import Authority, Quote
from quotes.querysets import QuoteQuerySet
from quotes.states import AuthorityOutcome, QuoteState
from quotes.views.tables import charges, payments
from quotes.wording import later_words, offer_left
from records.views import attachment

OVER = "over"
OPEN = "open"
# Signed pages came that nobody has handed in yet; the last day may have passed since.
UPLOADED = "uploaded"


def quote_or_404(request: UserRequest, reference: str) -> Quote:
    visible = Quote.objects.visible_to(request.user).for_pages()
    found: Quote = get_object_or_404(visible, reference=reference)
    return found


def standing(quote: Quote, now: datetime) -> str:
    """Return how the offer stands at `now`, whether or not a timer has run."""
    if quote.state != QuoteState.ISSUED:
        return OVER if quote.state == QuoteState.LAPSED else str(quote.state)
    return OPEN if quote.is_open_at(now) else OVER


@prepared
def called(reference: str, party: int, *, role: str) -> QuoteQuerySet:
    rows = Quote.objects.visible_to(User.like(party, role))
    return rows.filter(reference=reference)


@for_contacts
@require_safe
def quote(request: UserRequest, reference: str) -> HttpResponse:
    user = request.user
    asked = one_or_404(called(reference, user.party_id or 0, role=user.role))
    now = timezone.now()
    # Opening it may be its receipt, from which its days run: so before it is shown.
    commands.record_reading(asked.pk, by=request.user, at=now)
    versions = issued_versions(asked, request.user)
    # The row of the list has its lines already.
    offer: Quote = next((one for one in versions if one == asked), asked)
    other = compared_version(offer, versions, request.GET.get("beside", ""))
    upload = latest_upload(offer)
    may_decline = policies.may_decline(offer, request.user)
    facts = {
        "quote": offer,
        "order": offer.order,
        "standing": standing_with(upload, offer, now),
        "upload": upload,
        "before": before(offer, versions),
        "compared": other,
        "others": [one for one in versions if one not in (offer, other)],
        "total": offer.total,
        "bandwidth": bandwidth_words(offer.order),
        "charging": charging_words(offer.order),
        "diversity": diversity_words(offer),
        "charges": charges(offer, other),
        "payments": payments(offer),
        "left": time_left(offer, now),
        "later": later_words(offer),
        "papers": [paper(one) for one in versions],
        "authority": last_authority(offer),
        "signatories": authorisers(request.user, offer.order.party_id),
        "may_decline": may_decline,
        # Whoever decides may bring the paper, so only others are looked up again.
        "may_upload": may_decline or policies.may_upload(offer, request.user),
        "is_paper_needed": settings.SIGNED_UPLOAD_MANDATORY,
    }
    return render(request, "quotes/quote.html", facts)


def standing_with(upload: Authority | None, offer: Quote, now: datetime) -> str:
    """Say how an open offer stands, an upload on its way to DCC being known."""
    is_waiting = upload is not None and upload.is_waiting
    if is_waiting and offer.state == QuoteState.ISSUED:
        return UPLOADED
    return standing(offer, now)


def compared_version(offer: Quote, versions: list[Quote], asked: str) -> Quote | None:
    """Return the version to stand beside `offer`: the one asked for, or the last.

    Source: R-3.6-4.
    """
    chosen = (one for one in versions if str(one.version) == asked and one != offer)
    return next(chosen, None) or before(offer, versions)


def before(offer: Quote, versions: list[Quote]) -> Quote | None:
    earlier = (one for one in versions if one.version < offer.version)
    return next(earlier, None)


def issued_versions(offer: Quote, user: User) -> list[Any]:
    """Return the versions of the order's offer that went out, the newest first."""
    return issued_of(offer.order_id, user.party_id or 0, role=user.role)


@prepared
def issued_of(order: int, party: int, *, role: str) -> QuoteQuerySet:
    visible = Quote.objects.visible_to(User.like(party, role)).for_pages()
    return visible.filter(order=order).issued().order_by("-version")


def paper(offer: Quote) -> PaperLink:
    issued_on = day_words(uk_date(offer.issued_at)) if offer.issued_at else ""
    small = f"PDF, {issued_on}. Print, sign, scan"
    if offer.state != QuoteState.ISSUED:
        small = f"PDF, {issued_on}. {offer.get_state_display()}"
    url = reverse("quote-pdf", args=[offer.reference])
    return PaperLink(f"Quotation, version {offer.version}", url, small)


def latest_upload(quote: Quote) -> Authority | None:
    """Return the signed files on their way to DCC: to be handed in, or checked."""
    for row in sorted(on_their_way(quote.pk), key=lambda one: not one.is_waiting):
        row.quote = quote
        return row if row.has_scan else None
    return None


def last_authority(offer: Quote) -> Authority | None:
    """Return the latest authority that came, unless it is settled and in force."""
    for latest in last_handed_in(offer.pk):
        latest.quote = offer
        return latest if latest.outcome != AuthorityOutcome.EFFECTIVE else None
    return None


def time_left(offer: Quote, now: datetime) -> TimeLeft | None:
    """Return the time left of an open offer. Source: R-2.11-1, R-3.4-3."""
    if standing(offer, now) != OPEN:
        return None
    if_nothing = "the quotation lapses and the order ends, at no cost to you."
    if offer.is_updated:
        if_nothing = (
            "the quotation lapses and the order ends, with no cancellation cost."
        )
    return offer_left(offer, uk_date(now), if_nothing=if_nothing)


@for_contacts
@require_safe
def quote_pdf(request: UserRequest, reference: str) -> FileResponse:
    """The document as it was stored when the offer opened, never made again."""
    found = quote_or_404(request, reference)
    if found.document is None:
        raise Http404
    commands.record_reading(found.pk, by=request.user)
    return attachment(found.document)
