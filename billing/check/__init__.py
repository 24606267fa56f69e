"""Whether the ledger holds what the orders say, no more and no less.

What is called for is worked out anew from what was agreed to and what happened, and
laid beside the rows. Nothing is written: a fault is put right by people, who know why.
"""

from billing.check.faults import ledger_faults

__all__ = ["ledger_faults"]
