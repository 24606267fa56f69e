"""What has to be acknowledged on a form, and what nobody has yet."""

from orders.findings.ahead import accepted_kinds
from orders.models import ConnectionRequest
from orders.states import AcknowledgementKind, Option

OF_EVERY_REQUEST = (
    AcknowledgementKind.PEP,
    AcknowledgementKind.POWER,
    AcknowledgementKind.SPACE,
    AcknowledgementKind.PROTECTION,
    AcknowledgementKind.NO_DAMAGE,
)


def needed_acknowledgements(order: ConnectionRequest) -> list[AcknowledgementKind]:
    """Return what has to be acknowledged before this request can be sent.

    One connection by itself has no availability target; what pairs and sharing need
    is asked where they are.

    Source: R-4.1-4, R-4.1-6, R-5.2.1-1, R-5.2.1-4, R-5.2.2-1, R-5.2.2-4.
    """
    alone = [AcknowledgementKind.NO_AVAILABILITY] * (order.option == Option.LOW)
    return [*alone, *OF_EVERY_REQUEST]


def missing_kinds(order: ConnectionRequest) -> list[AcknowledgementKind]:
    """Return what nobody has acknowledged yet. Source: R-4.1-4."""
    kept = accepted_kinds(order)
    return [kind for kind in needed_acknowledgements(order) if kind not in kept]


def missing_acknowledgements(order: ConnectionRequest) -> list[str]:
    """Name what nobody has acknowledged yet. Source: R-4.1-4."""
    return [f"acknowledgement “{kind.label}”" for kind in missing_kinds(order)]
