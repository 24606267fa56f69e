"""One function an e-mail about charges."""

from collections.abc import Sequence
from datetime import datetime

from billing.models import CATEGORY, Charge
from common.money import ZERO, pounds
from connections.models import Connection
from orders.emails import nominated
from parties.states import Purpose
from records.commands import owe_notice
from sites.states import Stage

EVERYBODY = (Purpose.AUTHORISE, Purpose.SUBMIT)


def installation_complete(
    connection: Connection, charges: Sequence[Charge], at: datetime
) -> None:
    """Say that installation is complete, and give the bill. Source: R-3.7-6."""
    order = connection.order
    total = sum((row.net for row in charges), ZERO)
    owe_notice(
        "installation_complete",
        key=f"installation-complete:{order.pk}",
        to=[address for p in EVERYBODY for address in nominated(order, p, at)],
        at=at,
        thread=order.thread,
        order=order,
        connection=connection,
        circuit=order.stages.filter(stage=Stage.CIRCUIT).first(),
        period=connection.periods.first(),
        amounts=[(row.description, pounds(row.net)) for row in charges],
        total=pounds(total),
        is_free=total == ZERO,
        category=CATEGORY,
    )
