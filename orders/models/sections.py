"""The sections of the request form: which questions stand under which heading.

The one declaration that the form's pages, the record of a sent form, the desk and the
blank form read.
"""

from typing import NamedTuple

from orders.states import AcknowledgementKind as Kind

ACKNOWLEDGEMENT = "acknowledged_"


class Section(NamedTuple):
    """One heading, the answers under it, and what is accepted or confirmed there."""

    title: str
    answers: tuple[str, ...]
    accepted: tuple[Kind, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its rows, in order."""
        return (*self.answers, *(f"{ACKNOWLEDGEMENT}{kind}" for kind in self.accepted))


FORM = {
    "capacity": Section("In which capacity you ask", ("route",)),
    "connection": Section("Type and rating", ("connection_type", "hv_rating_mbps")),
    "period": Section("Minimum contract period", ("minimum_period_years",)),
    "use": Section(
        "What it is for",
        ("uses", "testing_kinds", "continuity", "is_registration_only"),
    ),
    "pair": Section(
        "Its pair",
        (
            "related_reference",
            "wants_diverse_routing",
            "site_separation",
        ),
        (
            Kind.ACTIVE_STANDBY,
            Kind.LAYER_2_SWITCH,
            Kind.LAYER_2_LINK,
            Kind.SMALLER_STANDBY,
        ),
    ),
    "sharing": Section("Who else uses it", ("is_shared",), (Kind.SHARING,)),
    "site": Section("The data centre", ("data_centre",)),
    "room": Section(
        "Room, rack and power",
        ("floor", "room", "rack_position", "ac_sockets", "has_access_control"),
        (Kind.POWER, Kind.SPACE),
    ),
    "building": Section(
        "The building",
        (
            "landlord",
            "is_multi_tenanted",
            "was_built_before_2000",
            "has_asbestos_register",
            "needs_induction",
        ),
    ),
    "contacts": Section(
        "Contacts",
        (
            "technical_contact_name",
            "technical_contact_email",
            "technical_contact_phone",
            "site_contact_name",
            "site_contact_phone",
            "site_contact_email",
            "informed_by",
        ),
    ),
    "reference": Section(
        "Your date and references",
        ("required_by", "customer_reference", "purchase_order"),
    ),
    "care": Section(
        "What you take responsibility for",
        (),
        (Kind.NO_AVAILABILITY, Kind.PEP, Kind.PROTECTION, Kind.NO_DAMAGE),
    ),
}
SHARER = "sharer_"
PLACES = {
    name: place
    for place, name in enumerate(
        name for section in FORM.values() for name in section.names
    )
}
TITLES = {name: part.title for part in FORM.values() for name in part.names}


def title_of(name: str) -> str:
    """Return the heading of a row; nothing for what is about no answer."""
    return FORM["sharing"].title if name.startswith(SHARER) else TITLES.get(name, "")


def place_of(name: str) -> float:
    """Return where a row stands in the form; sharers follow whether it is shared."""
    if name.startswith(SHARER):
        return PLACES["is_shared"] + 0.5
    return PLACES.get(name, len(PLACES))
