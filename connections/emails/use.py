"""The yearly letter about what a free connection is used for."""

from datetime import datetime

from connections.emails.contract import contacts
from connections.models import UseDeclaration
from records.commands import owe_notice


def use_asked(row: UseDeclaration, at: datetime) -> None:
    """Ask whether it is still for registration data alone. Source: R-2.9.2-2."""
    connection = row.connection
    owe_notice(
        "use_asked",
        key=f"use-asked:{row.pk}",
        to=contacts(connection, at),
        at=at,
        thread=row.thread,
        connection=connection,
        party=connection.party,
        row=row,
    )
