"""What stands beside a timeline: facts, documents, people, what can be done."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from common.parts import Paper
from common.wording import years_words
from dccportal.pages.papers import paper, request_papers
from dccportal.pages.story import Story
from orders.states import (
    CLOSED,
    NEVER_SUBMITTED,
    Channel,
    Option,
    OrderState,
    PairRole,
    Use,
)
from orders.words import UNDECIDED, kind_words
from parties.models import User
from quotes.documents import decision_words
from quotes.states import HandIn, QuoteState

WITHDRAWABLE = (
    OrderState.SUBMITTED,
    OrderState.RETURNED,
    OrderState.ACCEPTED,
    OrderState.QUOTED,
)
CANCELLABLE = (OrderState.AUTHORISED, OrderState.SURVEY, OrderState.INSTALL)


@dataclass(frozen=True)
class Action:
    """Something that can be done to the order now, and its cost in words."""

    words: str
    url: str


LINKS = {PairRole.PRIMARY: "primary", PairRole.BACKUP: "back-up"}


def facts_of(story: Story) -> list[tuple[str, Any]]:
    order = story.order
    years = order.minimum_period_years
    uses = [Use(use).label for use in order.uses]
    return [
        ("Site", order.data_centre.address if order.data_centre else ""),
        ("Type and rating", kind_words(order)),
        ("Its pair", pair_words(story)),
        ("Diverse routing", diverse_words(order)),
        ("Minimum period", f"{years_words(years)}, then renews" if years else ""),
        ("Used for", ", ".join(uses)),
        ("Charges", charging_facts(story)),
        ("Shared with", ", ".join(str(sharer) for sharer in story.sharers)),
        ("Route", order.get_route_display()),
        ("Guidance followed", version_words(order)),
    ]


def charging_facts(story: Story) -> str:
    """Say what DCC decided about the charges of an RDP's HV, or that it will. T25.

    Source: T25.
    """
    if story.is_charging_open:
        return UNDECIDED
    return decision_words(story.charging) if story.charging else ""


def pair_words(story: Story) -> str:
    """Return "primary link of a pair at two sites, high resilience".

    Source: R-2.4.2-1, R-2.4.3-1.
    """
    order = story.order
    if story.partner is None:
        return ""
    where = "two sites, high" if order.option == Option.HIGH else "one site, medium"
    if order.is_split:
        words = order.role_words
        return f"{words[0].lower()}{words[1:]}, in a pair at {where} resilience"
    return f"{LINKS[PairRole(order.role)]} link of a pair at {where} resilience"


def diverse_words(order: Any) -> str:
    answers = {True: "asked for", False: "not asked for"}
    return answers.get(order.wants_diverse_routing, "") if order.group_id else ""


def version_words(order: Any) -> str:
    return f"version {order.guidance_version}" if order.guidance_version else ""


def people_of(story: Story) -> list[tuple[str, str]]:
    order = story.order
    site = ", ".join(filter(None, [order.site_contact_name, order.site_contact_phone]))
    return [
        ("May authorise", names(story.authorisers)),
        ("May submit", names(story.submitters)),
        ("At the site", site),
        ("Technical contact", order.technical_contact_name),
        ("At DCC", str(order.owner) if order.owner else "The Service Desk"),
    ]


def names(people: list[Any]) -> str:
    unique = dict.fromkeys(str(person) for person in people)
    return ", ".join(unique) or "Nobody is nominated today"


def papers_of(story: Story, user: User) -> list[Paper]:
    """Return the order's documents: offers and authorities first, then forms."""
    found = []
    for quote in story.quotes:
        kind = "Updated quotation" if quote.is_updated else "Quotation"
        beside = " (taken back)" if quote.state == QuoteState.WITHDRAWN else ""
        title = f"{kind}, version {quote.version}{beside}"
        found.append((quote.document, title))
        found += signed_papers(quote)
    found.sort(key=lambda pair: pair[0].at, reverse=True)
    papers = [paper(document, title) for document, title in found]
    return [*papers, *request_papers(story.order, user)]


def signed_papers(quote: Any) -> list[tuple[Any, str]]:
    """Return each file that was uploaded for an offer, with how far it came."""
    found: dict[int, tuple[Any, str]] = {}
    for row in quote.authorities.all():
        far = f" ({row.get_state_display().lower()})"
        beside = "" if row.state == HandIn.HANDED_IN else far
        title = f"Signed authority for version {quote.version}{beside}"
        # A file that a later upload kept is named by that one, which comes first.
        for document in row.documents:
            found.setdefault(document.pk, (document, title))
    return list(found.values())


def actions_of(story: Story, user: User) -> list[Action]:
    """Return what the state allows and `user` is nominated for."""
    order = story.order
    may_authorise = user in story.authorisers
    may_either = may_authorise or user in story.submitters
    offer = story.open_offer
    is_in_hand = offer is not None and offer.state == QuoteState.AUTHORITY_RECEIVED
    possible = [
        (
            order.state in WITHDRAWABLE and may_either and not is_in_hand,
            Action("Withdraw this request: free", link("order-withdraw", order)),
        ),
        (
            order.state in CANCELLABLE and may_authorise and not is_in_hand,
            Action(
                "Cancel this order: you see the cost first", link("order-cancel", order)
            ),
        ),
        (
            order.is_editable and user in story.submitters,
            Action(pair_action(story), link("order-pair", order)),
        ),
        (
            order.state == OrderState.DRAFT
            and order.channel == Channel.PORTAL
            and user in story.submitters,
            Action("Throw this draft away", link("order-discard", order)),
        ),
        (
            story.is_restorable and user in story.submitters,
            Action("Put this draft back", link("order-restore", order)),
        ),
        (
            order.state in CLOSED and user in story.submitters,
            Action("Start again from these answers", link("order-copy", order)),
        ),
        (
            order.state not in NEVER_SUBMITTED,
            Action("The request as you sent it", link("order-form", order)),
        ),
    ]
    return [action for allowed, action in possible if allowed]


def pair_action(story: Story) -> str:
    if story.partner is None:
        return "Pair it with another request"
    return "Swap the roles of the pair, or take it apart"


def link(name: str, order: Any) -> str:
    return reverse(name, args=[order.reference])
