"""Everything that the standing check of the ledger looks at."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from billing.check.charges import faults_of_charges
from billing.check.invoices import faults_of_invoices, left_out
from common.clock import uk_date


def ledger_faults(at: datetime) -> Iterator[str]:
    """Yield each fault of the ledger as it stands at an instant, in a sentence.

    Each completed installation has exactly its charges and each anniversary its annual
    one; nothing is charged without what allows it; invoices add up, are numbered
    without gaps, and leave nothing out.

    Source: R-2.9.1-3, R-2.9.1-4, R-2.9.1-5, R-2.9.1-6.
    """
    today = uk_date(at)
    yield from faults_of_charges(today)
    yield from faults_of_invoices()
    yield from left_out(today - timedelta(days=1))
