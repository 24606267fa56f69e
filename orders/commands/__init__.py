"""All writes to a request, split by verb."""

from orders.commands.acknowledge import acknowledge
from orders.commands.ask import (
    answer_question,
    answer_questions,
    ask_question,
    change_question,
    discard_question,
    open_questions,
    return_request,
)
from orders.commands.behalf import (
    OUR_SLIP,
    Said,
    record_answers,
    record_withdrawal,
)
from orders.commands.behalf_pair import (
    record_hv_instead,
    record_pair_apart,
    record_pairing,
    record_roles_swapped,
)
from orders.commands.behalf_sharers import (
    record_sharer_off_form,
    record_sharer_on_form,
)
from orders.commands.calendar import (
    save_bank_holiday,
    seed_bank_holidays,
    working_calendar,
)
from orders.commands.check import (
    accept_request,
    assign_order,
    close_after_survey,
    close_as_unavailable,
)
from orders.commands.correct import (
    as_corrected,
    changes_of,
    parts_corrected,
    record_corrections,
)
from orders.commands.discard import discard_draft, restore_draft
from orders.commands.enquire import (
    answer_enquiry,
    arrange_call,
    assign_enquiry,
    raise_enquiry,
)
from orders.commands.fill_in import copy_request, save_answers, start_request
from orders.commands.give_away import (
    give_away_enquiries,
    give_away_nothing,
    give_away_orders,
)
from orders.commands.key_in import key_in_request
from orders.commands.keyed import (
    key_in_refused,
    move_keyed_form,
    set_keyed_form_aside,
)
from orders.commands.link_sharer import link_sharer, link_sharers_called
from orders.commands.name_pair import name_pair
from orders.commands.note import add_desk_note
from orders.commands.pair import (
    is_low_to_be_accepted,
    pair_requests,
    pair_with_new,
    start_pair,
    swap_roles,
    tell_partner_of_the_end,
    unpair,
)
from orders.commands.paper import (
    blank_form,
    make_blank_form,
    record_form,
    repeat_record,
)
from orders.commands.reapply import order_hv_beside, reapply_as_hv
from orders.commands.review import (
    Settled,
    record_site_review,
    review_again,
    settle_review,
)
from orders.commands.share import (
    NamedSharer,
    add_sharer,
    carry_more,
    carry_registration_alone,
    change_sharer,
    name_sharer,
    remove_sharer,
    require_sharable,
)
from orders.commands.silent import close_unanswered, remind_of_questions
from orders.commands.standing import alert_of_ended_standing
from orders.commands.submit import submit_request, withdraw_request

__all__ = [
    "OUR_SLIP",
    "NamedSharer",
    "Said",
    "Settled",
    "accept_request",
    "acknowledge",
    "add_desk_note",
    "add_sharer",
    "alert_of_ended_standing",
    "answer_enquiry",
    "answer_question",
    "answer_questions",
    "arrange_call",
    "as_corrected",
    "ask_question",
    "assign_enquiry",
    "assign_order",
    "blank_form",
    "carry_more",
    "carry_registration_alone",
    "change_question",
    "change_sharer",
    "changes_of",
    "close_after_survey",
    "close_as_unavailable",
    "close_unanswered",
    "copy_request",
    "discard_draft",
    "discard_question",
    "give_away_enquiries",
    "give_away_nothing",
    "give_away_orders",
    "is_low_to_be_accepted",
    "key_in_refused",
    "key_in_request",
    "link_sharer",
    "link_sharers_called",
    "make_blank_form",
    "move_keyed_form",
    "name_pair",
    "name_sharer",
    "open_questions",
    "order_hv_beside",
    "pair_requests",
    "pair_with_new",
    "parts_corrected",
    "raise_enquiry",
    "reapply_as_hv",
    "record_answers",
    "record_corrections",
    "record_form",
    "record_hv_instead",
    "record_pair_apart",
    "record_pairing",
    "record_roles_swapped",
    "record_sharer_off_form",
    "record_sharer_on_form",
    "record_site_review",
    "record_withdrawal",
    "remind_of_questions",
    "remove_sharer",
    "repeat_record",
    "require_sharable",
    "restore_draft",
    "return_request",
    "review_again",
    "save_answers",
    "save_bank_holiday",
    "seed_bank_holidays",
    "set_keyed_form_aside",
    "settle_review",
    "start_pair",
    "start_request",
    "submit_request",
    "swap_roles",
    "tell_partner_of_the_end",
    "unpair",
    "withdraw_request",
    "working_calendar",
]
