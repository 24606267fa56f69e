"""All writes to connections, split by verb."""

from connections.commands.addressing import record_addressing
from connections.commands.answer import (
    answer_renewal,
    end_connection,
    renew_contract,
    settle_renewal,
)
from connections.commands.behalf import record_renewal_answer
from connections.commands.cancel import (
    cancel_connection,
    check_last_day,
    commitment_of,
    latest_end,
)
from connections.commands.configure import configure_connection
from connections.commands.move import move_completion, moved_days
from connections.commands.open import open_connection
from connections.commands.renew import (
    record_notice_delivery,
    remind_of_renewal,
    send_renewal_notice,
    set_renewal_charge,
)
from connections.commands.sessions import (
    begin_session,
    close_session,
    establish_session,
    request_session,
)

__all__ = [
    "answer_renewal",
    "begin_session",
    "cancel_connection",
    "check_last_day",
    "close_session",
    "commitment_of",
    "configure_connection",
    "end_connection",
    "establish_session",
    "latest_end",
    "move_completion",
    "moved_days",
    "open_connection",
    "record_addressing",
    "record_notice_delivery",
    "record_renewal_answer",
    "remind_of_renewal",
    "renew_contract",
    "request_session",
    "send_renewal_notice",
    "set_renewal_charge",
    "settle_renewal",
]
