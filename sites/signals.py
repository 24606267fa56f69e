"""What sites tells the apps above, inside the transaction."""

from django.dispatch import Signal

# order: ConnectionRequest, quote: Quote, completed_on: date, by: User, at: datetime
installation_completed = Signal()
