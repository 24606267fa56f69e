"""All writes to offers, split by verb."""

from quotes.commands.cancel import accepted_quote, cancel_order, withdraw_undecided
from quotes.commands.decide import decline_quote, upload_authority
from quotes.commands.issue import (
    issue_quote,
    record_rendering_failure,
    render_quote,
    request_issue,
)
from quotes.commands.lapse import lapse_quote
from quotes.commands.prepare import Line, draft_quote, withdraw_quote
from quotes.commands.prices import seed_prices
from quotes.commands.remind import remind_authorisers
from quotes.commands.verify import reject_authority, verify_authority

__all__ = [
    "Line",
    "accepted_quote",
    "cancel_order",
    "decline_quote",
    "draft_quote",
    "issue_quote",
    "lapse_quote",
    "record_rendering_failure",
    "reject_authority",
    "remind_authorisers",
    "render_quote",
    "request_issue",
    "seed_prices",
    "upload_authority",
    "verify_authority",
    "withdraw_quote",
    "withdraw_undecided",
]
