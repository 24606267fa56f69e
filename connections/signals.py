"""What connections tells the apps above, inside the transaction."""

from django.dispatch import Signal

# connection: Connection, quote: Quote (the accepted one), by: User, at: datetime
connection_opened = Signal()
