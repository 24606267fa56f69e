"""The last steps of a timeline: the connection is there, and then in service."""

from dataclasses import replace

from django.conf import settings

from common.wording import day_words, plural, years_words
from connections.file import connection_of
from orders.file import OrderFile
from orders.marks import Mark
from orders.states import OrderState
from quotes.file import quotes_of


def completed(file: OrderFile) -> Mark:
    connection = connection_of(file).row
    mark = Mark("Installation complete", who="DCC", left="being recorded")
    years = file.order.minimum_period_years
    period = f"The {years_words(years)} of your contract" if years else "Your use"
    if connection is None:
        return with_estimate(mark, file)
    start = f"{period} and the first charges count from here."
    return replace(mark, done_on=connection.completed_on, by="by DCC", why=start)


def with_estimate(mark: Mark, file: OrderFile) -> Mark:
    """Say when the quotation expects delivery; a day gone by is no plan any more."""
    quote = quotes_of(file).standing
    day = quote.delivery_on if quote else None
    if day and day < file.today:
        gone = f"Later than {day_words(day)}, which your quotation estimated."
        return replace(mark, why=gone)
    return replace(mark, planned=day)


def configured(file: OrderFile) -> Mark:
    supplier = settings.CONFIGURER_NAME
    connection = connection_of(file).row
    day = connection.router_configured_on if connection else None
    name = "Router configured, connectivity tested"
    who = f"{supplier}, remotely"
    return Mark(name, day, by=f"by {supplier}", who=who, left="under way")


def in_service(file: OrderFile) -> Mark:
    supplier, connection = settings.CONFIGURER_NAME, connection_of(file).row
    is_done = file.order.state == OrderState.CONFIGURED
    day = connection.router_configured_on if connection and is_done else None
    who = f"you and {supplier}"
    return Mark(
        "Sessions, in service",
        day,
        by=f"by {who}",
        who=who,
        why=session_words(file) if is_done else "",
    )


def session_words(file: OrderFile) -> str:
    sessions = connection_of(file).open_sessions
    live = sum(session.established_at is not None for session in sessions)
    asked = len(sessions) - live
    if not sessions:
        return "No session is set up yet: ask for one on the page of the connection."
    waiting = f"{plural(asked, 'session')} being set up" if asked else ""
    words = [f"{plural(live, 'session')} established" if live else "", waiting]
    text = ", ".join(filter(None, words))
    return f"{text[0].upper()}{text[1:]}."
