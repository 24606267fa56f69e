"""What parties tells the apps above, inside the transaction."""

from django.dispatch import Signal

# party: Party, name: str (its own, or the e-mail address of a person of it that was
# added), by: Any, at: datetime. It can be known by that name from now on.
party_known_as = Signal()
