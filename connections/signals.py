"""What connections tells the apps above, inside the transaction."""

from django.dispatch import Signal

# connection: Connection, quote: Quote (the accepted one), by: User, at: datetime
connection_opened = Signal()
# ending: Ending, at: datetime. Ended by its Party on a day of its choice.
connection_cancelled = Signal()
