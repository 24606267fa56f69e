"""What an e-mail is asked again at the moment of sending.

An e-mail waits between being owed and being sent: for a worker, for a mail server, for
staff who try once more. Meanwhile it can become untrue. Each kind that can is declared
beside its words, in an app above; records itself knows no kind.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from records.models import Notice

Untrue = Callable[["Notice", datetime], str]
Facts = Callable[["Notice", datetime], dict[str, Any]]
UNTRUE: dict[str, Untrue] = {}
FACTS: dict[str, Facts] = {}


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


def why_untrue(notice: "Notice", at: datetime) -> str:
    ask = UNTRUE.get(notice.kind)
    return ask(notice, at) if ask else ""
