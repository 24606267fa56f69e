"""All writes of evidence and of machines' work."""

from records.commands.again import send_once_more
from records.commands.documents import (
    document_of,
    forget_failure_to_render,
    keep_failure_to_render,
    next_reference,
    next_references,
    store_document,
    store_documents,
    store_rendering,
    waiting_under_lock,
)
from records.commands.heartbeats import (
    greet_mail_server,
    leave_trouble,
    leave_word,
)
from records.commands.jobs import (
    forget_done,
    give_up,
    nudge_ready,
    owe,
    run_job,
    try_again,
)
from records.commands.notices import (
    deliver_notice,
    owe_notice,
    retry_notice,
    with_link,
)
from records.commands.pause import let_mail_go, pause_mail
from records.commands.sweeps import work_through

__all__ = [
    "deliver_notice",
    "document_of",
    "forget_done",
    "forget_failure_to_render",
    "give_up",
    "greet_mail_server",
    "keep_failure_to_render",
    "leave_trouble",
    "leave_word",
    "let_mail_go",
    "next_reference",
    "next_references",
    "nudge_ready",
    "owe",
    "owe_notice",
    "pause_mail",
    "retry_notice",
    "run_job",
    "send_once_more",
    "store_document",
    "store_documents",
    "store_rendering",
    "try_again",
    "waiting_under_lock",
    "with_link",
    "work_through",
]
