"""What quotes tells the apps above, inside the transaction."""

from django.dispatch import Signal

# quote: Quote, authority: Authority, at: datetime. Verified as effective.
authority_verified = Signal()
# order: ConnectionRequest, quote: Quote, charge: Decimal, by: User, at: datetime
order_cancelled = Signal()
