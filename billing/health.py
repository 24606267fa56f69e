"""Whether the ledger was found in order the last time that it was checked."""

from datetime import datetime, timedelta
from typing import Any

from records.health import HealthCheck
from records.models import Heartbeat

# What the timer leaves word of.
LEDGER = "ledger"
# It is checked four times a day.
STALE = timedelta(days=1)
REMEDY = (
    "Run manage.py check_ledger: it names each fault. Where none was looked for since "
    "yesterday, the timer or its worker is not running."
)


def ledger_in_order(now: datetime) -> HealthCheck:
    """Say what the last check found; before the first there is nothing to say."""
    row: Any = Heartbeat.objects.with_silence().filter(name=LEDGER).first()
    trouble = row.trouble if row else ""
    is_stale = row is not None and row.silence > STALE
    words = ("In order" if row else "Not checked yet", trouble or "Not checked lately")
    waiting = int(is_stale or bool(trouble))
    return HealthCheck(LEDGER, "The ledger of charges", waiting, REMEDY, words)
