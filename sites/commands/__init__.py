"""All writes to work on site, split by verb."""

from sites.commands.access import record_access, record_access_answer
from sites.commands.access_document import (
    approve_access_document,
    hand_in_access_document,
    reopen_expired_item,
    turn_down_access_document,
)
from sites.commands.access_item import (
    add_access_item,
    drop_access_item,
    needs_visits,
    settle_access_item,
)
from sites.commands.access_log import record_access_entry, state_log_place
from sites.commands.access_log_copy import ask_for_log_copy, make_log_copy
from sites.commands.behalf import record_dispute, record_paths_answer
from sites.commands.certificate import make_certificate
from sites.commands.change import (
    call_off_visit,
    call_off_visits_of,
    rearrange_visit,
)
from sites.commands.circuit import record_circuit_order
from sites.commands.claim import (
    confirm_claim,
    dispute_claim,
    drop_claim,
    locked_claim,
    settle_claim,
    uphold_claim,
)
from sites.commands.correct import correct_completion, correct_record
from sites.commands.cost_said import record_cost_answer
from sites.commands.damage import close_damage, decide_damage, report_damage
from sites.commands.duty import keep_evidence
from sites.commands.equipment import install_item, remove_item, save_equipment_type
from sites.commands.happened import fail_visit, record_arrival
from sites.commands.install import (
    begin_after_survey,
    complete_installation,
    complete_stage,
)
from sites.commands.item_cost import withdraw_costs_of
from sites.commands.passport import confirm_passport, write_passport
from sites.commands.paths import (
    answer_common_points,
    is_held_back,
    record_path_check,
)
from sites.commands.price_item import (
    accept_item_cost,
    decline_item_cost,
    free_item,
    locked_cost,
    price_item,
    settle_item_cost,
)
from sites.commands.slots import (
    agree_day,
    offer_other_days,
    propose_days,
    propose_visit,
)
from sites.commands.stages import record_issue, resolve_issue, set_stage_day
from sites.commands.survey import hand_in_survey_report, record_survey
from sites.commands.visit import book_visit

__all__ = [
    "accept_item_cost",
    "add_access_item",
    "agree_day",
    "answer_common_points",
    "approve_access_document",
    "ask_for_log_copy",
    "begin_after_survey",
    "book_visit",
    "call_off_visit",
    "call_off_visits_of",
    "close_damage",
    "complete_installation",
    "complete_stage",
    "confirm_claim",
    "confirm_passport",
    "correct_completion",
    "correct_record",
    "decide_damage",
    "decline_item_cost",
    "dispute_claim",
    "drop_access_item",
    "drop_claim",
    "fail_visit",
    "free_item",
    "hand_in_access_document",
    "hand_in_survey_report",
    "install_item",
    "is_held_back",
    "keep_evidence",
    "locked_claim",
    "locked_cost",
    "make_certificate",
    "make_log_copy",
    "needs_visits",
    "offer_other_days",
    "price_item",
    "propose_days",
    "propose_visit",
    "rearrange_visit",
    "record_access",
    "record_access_answer",
    "record_access_entry",
    "record_arrival",
    "record_circuit_order",
    "record_cost_answer",
    "record_dispute",
    "record_issue",
    "record_path_check",
    "record_paths_answer",
    "record_survey",
    "remove_item",
    "reopen_expired_item",
    "report_damage",
    "resolve_issue",
    "save_equipment_type",
    "set_stage_day",
    "settle_access_item",
    "settle_claim",
    "settle_item_cost",
    "state_log_place",
    "turn_down_access_document",
    "uphold_claim",
    "withdraw_costs_of",
    "write_passport",
]
