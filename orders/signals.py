"""What orders tells the apps above, inside the transaction."""

from django.dispatch import Signal

# order: ConnectionRequest, by: User, at: datetime. The Party withdrew before authority.
order_withdrawn = Signal()
# order: ConnectionRequest, by: User, at: datetime. Closed: no LV at the site.
order_unavailable = Signal()
