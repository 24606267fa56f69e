"""All writes to connections, split by verb."""

from connections.commands.addressing import record_addressing
from connections.commands.answer import (
    answer_renewal,
    end_connection,
    renew_contract,
    settle_renewal,
)
from connections.commands.behalf import (
    record_ending,
    record_rate_acceptance,
    record_rate_request,
    record_rate_withdrawal,
    record_renewal_answer,
    record_renewal_told,
)
from connections.commands.behalf_reports import (
    record_report_request,
    record_report_withdrawal,
)
from connections.commands.behalf_sessions import (
    record_dccki_day,
    record_session_change,
    record_session_close,
    record_session_request,
)
from connections.commands.behalf_sharing import (
    record_sharing,
    record_sharing_end,
    record_test_call_off,
    record_test_move,
    record_test_plan,
    record_test_result,
)
from connections.commands.behalf_use import record_hv_beside, record_use_told
from connections.commands.cancel import (
    cancel_connection,
    check_last_day,
    commitment_of,
    latest_end,
)
from connections.commands.collect import agree_collection, record_collection
from connections.commands.configure import configure_connection
from connections.commands.declare import (
    ask_about_use,
    declare_sole_use,
    open_question,
    record_sole_use,
    sole_use_words,
)
from connections.commands.failover_tests import (
    call_off_failover_test,
    move_failover_test,
    plan_failover_test,
    record_failover_test,
    remind_of_failover_test,
)
from connections.commands.free import (
    is_free_for_registration,
    leave_free,
    record_other_use,
)
from connections.commands.move import move_completion, moved_days
from connections.commands.open import open_connection
from connections.commands.papers import make_connection_paper
from connections.commands.rate import (
    complete_rate_change,
    mark_superfast,
    price_rate_change,
    refuse_rate_change,
    request_rate_change,
    schedule_rate_change,
    withdraw_rate_change,
)
from connections.commands.rate_accept import (
    accept_rate_change,
    check_rate_acceptance,
)
from connections.commands.renew import (
    record_notice_delivery,
    record_renewal_reading,
    remind_by_hand,
    remind_of_renewal,
    send_renewal_notice,
    set_renewal_charge,
)
from connections.commands.report_pdf import make_report_pdf
from connections.commands.reports import (
    answer_report,
    coverage_of,
    ratings_of,
    refuse_report,
    request_report,
    withdraw_report,
)
from connections.commands.session_list import (
    ListedWish,
    checked_list,
    import_sessions,
)
from connections.commands.session_wish import as_asked, wish_of
from connections.commands.sessions import (
    begin_session,
    change_session,
    close_session,
    defer_session,
    establish_session,
    record_dccki,
    request_session,
)
from connections.commands.share import end_sharing, share_connection
from connections.commands.usage import add_readings
from connections.commands.versions import offered_versions, save_interface_version
from connections.commands.years import pass_year, year_due

__all__ = [
    "ListedWish",
    "accept_rate_change",
    "add_readings",
    "agree_collection",
    "answer_renewal",
    "answer_report",
    "as_asked",
    "ask_about_use",
    "begin_session",
    "call_off_failover_test",
    "cancel_connection",
    "change_session",
    "check_last_day",
    "check_rate_acceptance",
    "checked_list",
    "close_session",
    "commitment_of",
    "complete_rate_change",
    "configure_connection",
    "coverage_of",
    "declare_sole_use",
    "defer_session",
    "end_connection",
    "end_sharing",
    "establish_session",
    "import_sessions",
    "is_free_for_registration",
    "latest_end",
    "leave_free",
    "make_connection_paper",
    "make_report_pdf",
    "mark_superfast",
    "move_completion",
    "move_failover_test",
    "moved_days",
    "offered_versions",
    "open_connection",
    "open_question",
    "pass_year",
    "plan_failover_test",
    "price_rate_change",
    "ratings_of",
    "record_addressing",
    "record_collection",
    "record_dccki",
    "record_dccki_day",
    "record_ending",
    "record_failover_test",
    "record_hv_beside",
    "record_notice_delivery",
    "record_other_use",
    "record_rate_acceptance",
    "record_rate_request",
    "record_rate_withdrawal",
    "record_renewal_answer",
    "record_renewal_reading",
    "record_renewal_told",
    "record_report_request",
    "record_report_withdrawal",
    "record_session_change",
    "record_session_close",
    "record_session_request",
    "record_sharing",
    "record_sharing_end",
    "record_sole_use",
    "record_test_call_off",
    "record_test_move",
    "record_test_plan",
    "record_test_result",
    "record_use_told",
    "refuse_rate_change",
    "refuse_report",
    "remind_by_hand",
    "remind_of_failover_test",
    "remind_of_renewal",
    "renew_contract",
    "request_rate_change",
    "request_report",
    "request_session",
    "save_interface_version",
    "schedule_rate_change",
    "send_renewal_notice",
    "set_renewal_charge",
    "settle_renewal",
    "share_connection",
    "sole_use_words",
    "wish_of",
    "withdraw_rate_change",
    "withdraw_report",
    "year_due",
]
