"""What a Party reads and does about work on its site."""

from sites.views.access import access, access_change
from sites.views.access_item import access_item, access_item_new, access_item_settle
from sites.views.access_log import (
    access_log,
    access_log_csv,
    access_log_new,
    access_log_pdf,
    access_log_place,
)
from sites.views.damage import damage_new
from sites.views.duty import duties, duty_evidence
from sites.views.feed import calendar_feed
from sites.views.gate import gate
from sites.views.installation import installation
from sites.views.item_cost import access_item_cost
from sites.views.paths import paths
from sites.views.visit import visit
from sites.views.visit_change import (
    visit_call_off,
    visit_days,
    visit_dispute,
    visit_move,
    visit_propose,
)

__all__ = [
    "access",
    "access_change",
    "access_item",
    "access_item_cost",
    "access_item_new",
    "access_item_settle",
    "access_log",
    "access_log_csv",
    "access_log_new",
    "access_log_pdf",
    "access_log_place",
    "calendar_feed",
    "damage_new",
    "duties",
    "duty_evidence",
    "gate",
    "installation",
    "paths",
    "visit",
    "visit_call_off",
    "visit_days",
    "visit_dispute",
    "visit_move",
    "visit_propose",
]
