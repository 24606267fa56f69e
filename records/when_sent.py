"""What an e-mail is asked again at the moment of sending.

An e-mail waits between being owed and being sent: for a worker, for a mail server, for
staff who try once more. Meanwhile it can become untrue. Each kind that can is declared
beside its words, in an app above; records itself knows no kind.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from records.models import Notice

Untrue = Callable[["Notice", datetime], str]
Facts = Callable[["Notice", datetime], dict[str, Any]]
UNTRUE: dict[str, Untrue] = {}
FACTS: dict[str, Facts] = {}
# The real row that a name stands for in e-mails, as the desk looks at a kind of them.
ROWS: dict[str, Callable[[str], object]] = {}


def untrue_when(*kinds: str) -> Callable[[Untrue], Untrue]:
    """Declare what makes e-mails of these kinds untrue at an instant.

    The function gets the notice and the instant, aware, and returns why it is untrue,
    in words for staff; empty while it is true.
    """

    def declare(why: Untrue) -> Untrue:
        UNTRUE.update(dict.fromkeys(kinds, why))
        return why

    return declare


def worded_when_sent(kind: str) -> Callable[[Facts], Facts]:
    """Declare the facts from which a kind is worded anew at each attempt to send it.

    The function gets the notice and the instant, aware: what depends on the day of
    sending, such as a last day, is then that of the day on which it really goes.
    """

    def declare(facts: Facts) -> Facts:
        FACTS[kind] = facts
        return facts

    return declare


def row_for(name: str, rows: Callable[[], "QuerySet[Any]"], to_order: str) -> None:
    """Declare which rows a name stands for where a kind of e-mail is looked at.

    Args:
        to_order: the path from them to their order's reference; by that staff choose.
    """

    def newest(thread: str) -> object:
        about = rows().filter(**{to_order: thread}) if thread else rows()
        return about.order_by("-pk").first()

    ROWS[name] = newest


def why_untrue(notice: "Notice", at: datetime) -> str:
    ask = UNTRUE.get(notice.kind)
    return ask(notice, at) if ask else ""
