"""What parties tells the apps above, inside the transaction."""

from django.dispatch import Signal

# What the register says of a Party, a person, premises or a nomination is new, or was
# put right; its class is the sender. row: Party | User | DataCentre | Nomination,
# party: Party, known_as: str (the Party's own name, or the e-mail address of a person
# of it, by which it can be known from now on; else empty), changed: frozenset[str]
# (names of the columns put right), by: Any, at: datetime, why: str. An answer may
# refuse it in words.
register_changed = Signal()
