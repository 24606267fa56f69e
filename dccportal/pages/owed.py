"""What is owed in an order and in the other of its pair, as its reader is told."""

from django.utils.functional import cached_property

from connections.file import connection_of
from orders.file import FilePart, OrderFile
from quotes.file import quotes_of
from sites.file import site_of
from worklist.contacts.needs import Need, key, tell
from worklist.contacts.turns import Turns, turns_in


class OwedInOrder(FilePart):
    @cached_property
    def turns(self) -> dict[str, Turns]:
        """Whose turn it is in it, and in the other of its pair, by reference."""
        file = self.file
        threads = {self.order.reference, *(one.reference for one in file.pair)}
        return turns_in(threads, file.people, file.today, file.working_days)

    @property
    def turn(self) -> Turns:
        """Whose turn it is in this order."""
        return self.turns[self.order.reference]

    @cached_property
    def needs(self) -> list[Need]:
        """All that is owed in it today, in words, the most urgent first."""
        file, connection = self.file, connection_of(self.file)
        self.order.asked = file.open_questions
        rows = [self.order, connection.row, *quotes_of(file).offers]
        rows += [*site_of(file).visits, *connection.open_sessions]
        known = {key(row): row for row in rows if row is not None}
        items, days = self.turn.items, file.working_days
        return list(tell(items, file.people, file.today, known, days))


def owed_in(file: OrderFile) -> OwedInOrder:
    return file.part(OwedInOrder)
