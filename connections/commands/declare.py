"""Whether a free connection is still for registration data alone: asked each year."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from common.clock import uk_date
from common.pages import still_there
from common.wording import day_words
from connections import emails, policies
from connections.commands.free import is_free_for_registration
from connections.commands.locks import locked_connection
from connections.models import Connection, UseDeclaration
from orders import emails as order_emails
from orders.commands.behalf import SUBMITTERS, Said, on_behalf
from orders.errors import NotNominated
from parties.models import User
from records.behalf import person_of
from records.transitions import SYSTEM, record_event
from records.unit import command


@command
def ask_about_use(
    connection: Connection, year: int, *, at: datetime
) -> UseDeclaration | None:
    """Ask the Party of a free connection whether its use is still the one declared.

    Nothing is asked where it is not free, nor while an earlier question is open: a run
    that catches up on several years asks once. Its order is locked.

    Args:
        year: of the connection, which has begun; counted from 1.

    Source: R-2.9.2-1, R-2.9.2-2, T2.
    """
    asked = UseDeclaration.objects.filter(connection=connection)
    if not is_free_for_registration(connection) or asked.open().exists():
        return None
    row: UseDeclaration = UseDeclaration.objects.create(
        connection=connection,
        year=year,
        asked_at=at,
        due_on=uk_date(at) + timedelta(days=settings.SOLE_USE_DAYS),
    )
    what = f"Asked whether {connection} is still for registration data alone"
    record_event(row, "ask_about_use", by=SYSTEM, at=at, what=what)
    emails.use_asked(row, at)
    return row


@command
def declare_sole_use(
    connection_id: int, *, by: User, at: datetime | None = None
) -> UseDeclaration | None:
    """Declare that a free connection is still for registration data alone.

    Safe to repeat: None where nothing is asked any more.

    Raises:
        NotNominated: `by` is no nominated submitter of its Party.

    Source: R-2.9.2-1, R-2.9.2-2.
    """
    at = at or timezone.now()
    connection = locked_connection(connection_id)
    if not policies.may_share(connection, by):
        raise NotNominated(party=connection.party)
    row = open_question(connection)
    if row is None:
        return None
    row.declared_at, row.declared_by = at, person_of(by)
    row.words = sole_use_words(connection)
    row.save()
    what = f"Declared on {day_words(uk_date(at))}: {row.words}"
    record_event(row, "declare_sole_use", by=by, at=at, what=what)
    return row


@command
def record_sole_use(connection_id: int, *, by: User, said: Said) -> UseDeclaration:
    """Declare it as a submitter said by e-mail, phone or letter, from when that came.

    Raises:
        ConcurrentTransition: its Party has declared it, or it is free no longer.
        As `on_behalf`.

    Source: T35, R-2.9.2-2.
    """
    connection = locked_connection(connection_id)
    asked = still_there(open_question(connection))
    who = on_behalf(
        connection.order,
        said,
        by=by,
        purposes=SUBMITTERS,
        since=asked.asked_at,
        what="DCC asked what the connection is used for",
    )
    row = still_there(declare_sole_use(connection_id, by=who.actor, at=said.came_at))
    what = f"that {connection} is for registration data alone"
    order_emails.recorded_for_you(connection.order, who, what)
    return row


def open_question(connection: Connection) -> UseDeclaration | None:
    """Return what its Party is asked about its use; None where it is not free."""
    rows = UseDeclaration.objects.filter(connection=connection).for_pages()
    found: UseDeclaration | None = rows.open().first()
    return found if found and is_free_for_registration(connection) else None


def sole_use_words(connection: Connection) -> str:
    """Return what is declared, in the words that are read. Source: R-2.9.2-2."""
    return (
        f"{connection} is used purely for providing registration data to DCC, and "
        f"nobody but {connection.party} uses it."
    )
