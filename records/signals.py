"""What records tells the apps above, inside the transaction."""

from django.dispatch import Signal

# notice: Notice, just marked as sent
notice_sent = Signal()
