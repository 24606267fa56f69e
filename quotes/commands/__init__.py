"""All writes to offers, split by verb."""

from quotes.commands.behalf import record_cancellation, record_decline
from quotes.commands.cancel import accepted_quote, cancel_order, withdraw_undecided
from quotes.commands.charging import record_charging_decision
from quotes.commands.correct import correct_price, overtaken
from quotes.commands.correct_form import correct_form, review_moved_site
from quotes.commands.decide import decline_quote
from quotes.commands.hand_in import accept_in_portal, key_in_authority
from quotes.commands.issue import (
    issue_quote,
    record_rendering_failure,
    render_quote,
    request_issue,
)
from quotes.commands.lapse import lapse_quote
from quotes.commands.lines import LineEntry, proposed_delivery, proposed_lines
from quotes.commands.prepare import draft_quote, withdraw_quote
from quotes.commands.preview import render_preview
from quotes.commands.prices import outside_ballpark, save_figure, seed_prices
from quotes.commands.read import read_scan, read_scan_again
from quotes.commands.receipt import announce_again, record_reading, record_receipt
from quotes.commands.remind import remind_authorisers
from quotes.commands.targets import report_missed_quote, warn_of_due_quote
from quotes.commands.upload import (
    begin_check,
    discard_upload,
    hand_in_authority,
    hand_in_due_authority,
    upload_authority,
)
from quotes.commands.verify import (
    reject_authority,
    require_authorities_stand,
    verify_authority,
)

__all__ = [
    "LineEntry",
    "accept_in_portal",
    "accepted_quote",
    "announce_again",
    "begin_check",
    "cancel_order",
    "correct_form",
    "correct_price",
    "decline_quote",
    "discard_upload",
    "draft_quote",
    "hand_in_authority",
    "hand_in_due_authority",
    "issue_quote",
    "key_in_authority",
    "lapse_quote",
    "outside_ballpark",
    "overtaken",
    "proposed_delivery",
    "proposed_lines",
    "read_scan",
    "read_scan_again",
    "record_cancellation",
    "record_charging_decision",
    "record_decline",
    "record_reading",
    "record_receipt",
    "record_rendering_failure",
    "reject_authority",
    "remind_authorisers",
    "render_preview",
    "render_quote",
    "report_missed_quote",
    "request_issue",
    "require_authorities_stand",
    "review_moved_site",
    "save_figure",
    "seed_prices",
    "upload_authority",
    "verify_authority",
    "warn_of_due_quote",
    "withdraw_quote",
    "withdraw_undecided",
]
