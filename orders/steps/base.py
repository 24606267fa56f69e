"""What the pages of the order's steps have in common."""

from common.pages import CommandPage, Result
from orders.file import OrderFile
from orders.wording import state_words
from parties.models import User
from parties.states import Purpose
from worklist.kinds import WorkKind
from worklist.people import names

MOST_NAMED = 3


def quoted(state: str) -> str:
    return f"“{state_words(state).lower()}”"


def told_words(file: OrderFile, purposes: tuple[Purpose, ...]) -> str:
    """Say who gets an e-mail at once: those of the Party nominated for `purposes`."""
    if not purposes:
        return "No e-mail goes out."
    found = [person for one in purposes for person in file.people.nominated(one)]
    who = names(dict.fromkeys(found))
    if not who:
        return f"Nobody of {file.order.party} is nominated, so no e-mail reaches them."
    return f"An e-mail goes at once to {who}."


class OrderPage(CommandPage[OrderFile, User, Result]):
    """A page for one step of an order.

    `states` are those in which the step can be due. In the others it is not spoken
    of, and its page says why it cannot be done. `sees_to` are the kinds of work that
    it does: the page of the order leads from what is owed to it.
    """

    states: tuple[str, ...] = ()
    sees_to: tuple[WorkKind, ...] = ()
    # Why the step is not due although the state would allow it: a colleague was
    # quicker, or this order never needs it. The state alone would be a false reason.
    not_due = ""
    # To whom of the Party's nominated people an e-mail goes at once; None where the
    # page itself says it.
    tells: tuple[Purpose, ...] | None = None

    def is_listed(self, file: OrderFile) -> bool:
        """Say whether the order's page should name this step, possible or not."""
        return file.state in self.states

    def named(self, file: OrderFile) -> str:
        """Return what the order's page calls this step now."""
        return self.label

    def is_done(self, file: OrderFile) -> bool:
        """Say whether the step was taken and can only be taken again."""
        return False

    def obstacle(self, subject: OrderFile, user: User) -> str:
        if subject.state not in self.states:
            return self.too_early_or_late(subject)
        return (
            self.missing(subject) if self.is_listed(subject) else self.why_not(subject)
        )

    def too_early_or_late(self, file: OrderFile) -> str:
        """Say in which states the step is taken, and in which the order is."""
        now = f"{file} is in the state {quoted(file.state)}"
        if len(self.states) > MOST_NAMED:
            return f"{now}, so this cannot be done now."
        named = " or ".join(map(quoted, self.states))
        return f"{now}. This is done while an order is in the state {named}."

    def follows(self, file: OrderFile) -> list[str]:
        """Say in sentences what the step leads to, beside the e-mails."""
        return []

    def what_follows(self, file: OrderFile, user: User) -> list[str]:
        """Return what the page says will follow; nothing where it cannot be done."""
        if self.obstacle(file, user):
            return []
        told = [] if self.tells is None else [told_words(file, self.tells)]
        return [*self.follows(file), *told]

    def why_not(self, file: OrderFile) -> str:
        return self.not_due

    def missing(self, file: OrderFile) -> str:
        """Say in words what is missing, though the state would allow the step."""
        return ""
