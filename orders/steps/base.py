"""What the pages of the order's steps have in common."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from common.pages import CommandPage, Result
from orders.file import OrderFile
from orders.readers import READERS
from orders.wording import state_words
from parties.models import User
from worklist.kinds import WorkKind
from worklist.people import names

MOST_NAMED = 3


def quoted(state: str) -> str:
    return f"“{state_words(state).lower()}”"


def told_words(file: OrderFile, letters: Mapping[str, str]) -> list[str]:
    """Say who gets an e-mail, at once or on a condition, by who gets such e-mails.

    Args:
        letters: the kinds of e-mail that a step owes, each with its condition in words;
            empty: it goes in any case.
    """
    if not letters:
        return ["No e-mail goes out."]
    conditions = dict.fromkeys(letters.values())
    return [
        goes_words(file, [kind for kind, when in letters.items() if when == one], one)
        for one in conditions
    ]


def goes_words(file: OrderFile, kinds: Iterable[str], condition: str) -> str:
    """Say who gets e-mails of these kinds, and on which condition."""
    who = names(who_reads(file, kinds))
    when = f", {condition}" if condition else ""
    if not who:
        nobody = f"Nobody of {file.order.party} is nominated"
        return f"{nobody}, so no e-mail reaches them{when}."
    at_once = "" if condition else " at once"
    return f"An e-mail goes{at_once} to {who}{when}."


def who_reads(file: OrderFile, kinds: Iterable[str]) -> list[object]:
    """Return the nominated people who get e-mails of these kinds, and who else does."""
    readers = [READERS[kind] for kind in kinds]
    purposes = dict.fromkeys(one for row in readers for one in row.purposes)
    people = [person for one in purposes for person in file.people.nominated(one)]
    others = [row.others for row in readers if row.others]
    return list(dict.fromkeys([*people, *others]))


class OrderPage(CommandPage[OrderFile, User, Result]):
    """A page for one step of an order.

    `states` are those in which the step can be due. In the others it is not spoken
    of, and its page says why it cannot be done. `sees_to` are the kinds of work that
    it does: the page of the order leads from what is owed to it.
    """

    states: tuple[str, ...] = ()
    sees_to: tuple[WorkKind, ...] = ()
    # Whether it puts right what was written, keyed in or recorded wrongly: such steps
    # stand together.
    puts_right = False
    # Why the step is not due although the state would allow it: a colleague was
    # quicker, or this order never needs it. The state alone would be a false reason.
    not_due = ""
    # The kinds of e-mail that it owes in any case, and those that it owes on a
    # condition, which stands there in words.
    tells: tuple[str, ...] = ()
    tells_if: Mapping[str, str] = MappingProxyType({})

    @property
    def goes_on(self) -> bool:
        """Say whether one can go on from it to the next of its kind in a list."""
        is_last_word = type(self).leads_to is CommandPage.leads_to
        return bool(self.sees_to) and is_last_word

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

    @abstractmethod
    def follows(self, file: OrderFile) -> list[str]:
        """Say in sentences what the step leads to, beside the e-mails."""

    def letters(self, file: OrderFile) -> Mapping[str, str]:
        """Return the kinds of e-mail that it owes now, each with its condition."""
        return {**dict.fromkeys(self.tells, ""), **self.tells_if}

    def what_follows(self, file: OrderFile, user: User) -> list[str]:
        """Return what the page says will follow; nothing where it cannot be done."""
        if self.obstacle(file, user):
            return []
        return [*self.follows(file), *self.told(file)]

    def told(self, file: OrderFile) -> list[str]:
        """Say in sentences who gets an e-mail of it."""
        return told_words(file, self.letters(file))

    def why_not(self, file: OrderFile) -> str:
        return self.not_due

    def missing(self, file: OrderFile) -> str:
        """Say in words what is missing, though the state would allow the step."""
        return ""
