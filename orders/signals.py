"""What orders tells the apps above, inside the transaction."""

from django.dispatch import Signal

# order: ConnectionRequest, by: User, at: datetime, why: str. It is over without charge:
# withdrawn by its Party, or not to be had at the site.
order_ended = Signal()
