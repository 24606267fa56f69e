"""Whether quotations lapse when they should."""

from datetime import datetime, timedelta

from quotes.models import Quote
from records.health import HealthCheck

TOO_LONG = timedelta(minutes=15)


def offers_overdue(now: datetime) -> HealthCheck:
    waiting = Quote.objects.due_to_lapse(now - TOO_LONG).count()
    remedy = "The timer is not running. Late acceptances are refused all the same."
    return HealthCheck("quotes", "Quotations open past their last day", waiting, remedy)
