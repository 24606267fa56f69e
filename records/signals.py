"""What records tells the apps above, and the one thing that it asks them."""

from django.dispatch import Signal

# notice: Notice, just marked as sent; inside the transaction
notice_sent = Signal()
# notice: Notice, about to be sent with a link that signs its reader in. The answer is
# that link; an empty one says that nobody is to have it.
link_wanted = Signal()
# threads: dict[str, datetime], each with the latest instant that was recorded in it; at
# the end of a unit of work, inside its transaction
threads_changed = Signal()
