"""Whether renewal notices go when they should."""

from datetime import datetime

from common.clock import uk_date
from connections.models import ContractPeriod
from records.health import HealthCheck


def renewals_overdue(now: datetime) -> HealthCheck:
    waiting = ContractPeriod.objects.notice_overdue(uk_date(now)).count()
    remedy = "A charge is not set, or the timer is not running. Cancelling stays free."
    return HealthCheck(
        "renewals", "Renewal notices that should have gone", waiting, remedy
    )
