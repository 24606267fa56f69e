"""The facts of an order, and its people, that stand beside its timeline."""

from collections.abc import Iterable

from common.wording import years_words
from orders.file import OrderFile
from orders.models import ConnectionRequest
from orders.states import Option, PairRole, Use
from orders.words import kind_words
from parties.models import User
from parties.states import Purpose

LINKS = {PairRole.PRIMARY: "primary", PairRole.BACKUP: "back-up"}


def wish_facts(file: OrderFile) -> list[tuple[str, str]]:
    """Return what was asked for."""
    order = file.order
    years = order.minimum_period_years
    uses = [str(Use(use).label) for use in order.uses]
    return [
        ("Site", order.data_centre.address if order.data_centre else ""),
        ("Type and rating", kind_words(order)),
        ("Its pair", pair_words(file)),
        ("Diverse routing", diverse_words(order)),
        ("Minimum period", f"{years_words(years)}, then renews" if years else ""),
        ("Used for", ", ".join(uses)),
        ("To take over from", take_over_words(order)),
    ]


def footing_facts(file: OrderFile) -> list[tuple[str, str]]:
    """Return who shares it, under which provision, by which version of the guidance."""
    order = file.order
    return [
        ("Shared with", ", ".join(str(sharer) for sharer in file.sharers)),
        ("Route", str(order.get_route_display())),
        ("Guidance followed", version_words(order)),
    ]


def take_over_words(order: ConnectionRequest) -> str:
    """Name the LV connection that an HV order is to replace. Source: R-2.7.1-3."""
    if order.replaces_id is None:
        return ""
    return f"LV of {order.replaces}, which goes on until it is ended"


def pair_words(file: OrderFile) -> str:
    """Return "primary link of a pair at two sites, high resilience".

    Source: R-2.4.2-1, R-2.4.3-1.
    """
    order = file.order
    if file.partner is None:
        return ""
    where = "two sites, high" if order.option == Option.HIGH else "one site, medium"
    if order.is_split:
        words = order.role_words
        return f"{words[0].lower()}{words[1:]}, in a pair at {where} resilience"
    return f"{LINKS[PairRole(order.role)]} link of a pair at {where} resilience"


def diverse_words(order: ConnectionRequest) -> str:
    answers: dict[bool | None, str] = {True: "asked for", False: "not asked for"}
    return answers.get(order.wants_diverse_routing, "") if order.group_id else ""


def version_words(order: ConnectionRequest) -> str:
    return f"version {order.guidance_version}" if order.guidance_version else ""


def people_facts(file: OrderFile) -> list[tuple[str, str]]:
    """Return who may do what for its Party today, and whom to ask."""
    order = file.order
    site = ", ".join(filter(None, [order.site_contact_name, order.site_contact_phone]))
    return [
        ("May authorise", names(file.people.nominated(Purpose.AUTHORISE))),
        ("May submit", names(file.people.nominated(Purpose.SUBMIT))),
        ("At the site", site),
        ("Technical contact", order.technical_contact_name),
        ("At DCC", str(order.owner) if order.owner else "The Service Desk"),
    ]


def names(people: Iterable[User]) -> str:
    unique = dict.fromkeys(str(person) for person in people)
    return ", ".join(unique) or "Nobody is nominated today"
