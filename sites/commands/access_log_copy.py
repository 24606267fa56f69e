"""The access log as a PDF, as of one moment: asked for, made by a worker, kept."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.clock import uk_time
from orders.models import ConnectionRequest
from orders.querysets import OrderQuerySet
from parties.models import User
from records.commands import (
    forget_failure_to_render,
    keep_failure_to_render,
    owe,
    store_rendering,
    waiting_under_lock,
)
from records.jobs import job
from records.models import Document
from records.states import JobQueue
from records.unit import command
from sites import policies
from sites.documents.access_log import TEMPLATE, log_facts, render_log
from sites.errors import LogBeforeEquipment
from sites.models import AccessLogCopy
from sites.states import StageKind


@command
def ask_for_log_copy(
    order_id: int, *, by: User, at: datetime | None = None
) -> AccessLogCopy:
    """Keep what the log says now, and owe its PDF; the one still in hand, if any.

    Raises:
        LogBeforeEquipment: no equipment has been installed.
        PermissionDenied: `by` may not read it.

    Source: R-5.2.2-3.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not policies.may_read_access_log(order, by):
        raise PermissionDenied
    if not order.stages.filter(stage=StageKind.EQUIPMENT).exists():
        raise LogBeforeEquipment
    waiting: AccessLogCopy | None = order.access_log_copies.waiting().first()
    if waiting is not None:
        return waiting
    facts = log_facts(order, at=at, by=by)
    copy = AccessLogCopy.objects.create(order=order, facts=facts, by=by, at=at)
    owe(make_log_copy, copy.pk, about=str(copy), thread=copy.thread)
    return copy


def waiting_copy(copy_id: int) -> AccessLogCopy | None:
    """Lock the order; return the copy of its log while it has no PDF yet."""
    waiting = AccessLogCopy.objects.waiting().select_related("order")
    return waiting_under_lock(order_of(copy_id), waiting.filter(pk=copy_id))


def order_of(copy_id: int) -> OrderQuerySet:
    return ConnectionRequest.objects.locked().filter(access_log_copies=copy_id)


@command
def store_log_copy(copy_id: int, *, pdf: bytes, at: datetime | None = None) -> bool:
    """Keep the PDF of a log, unless another worker was first."""
    copy = waiting_copy(copy_id)
    if copy is None:
        return False
    store_rendering(
        copy,
        "document",
        pdf,
        kind=Document.Kind.ACCESS_LOG,
        name=f"{copy.order.reference} access log, {uk_time(copy.at)}.pdf",
        template=TEMPLATE,
        at=at,
    )
    return True


@command
def record_log_copy_failure(copy_id: int, words: str) -> None:
    """Keep why no PDF could be made. The log itself is as it was."""
    keep_failure_to_render(
        waiting_copy(copy_id),
        words,
        action="record_log_copy_failure",
        what="The access log could not be made as a PDF",
    )


@command
def forget_log_copy_failure(copy_id: int) -> None:
    """Let it wait for its PDF again."""
    rows = AccessLogCopy.objects.filter(pk=copy_id)
    forget_failure_to_render(order_of(copy_id), rows)


@job(
    "Access log as a PDF",
    queue=JobQueue.DOCUMENTS,
    failed=record_log_copy_failure,
    again=forget_log_copy_failure,
    is_missed=True,
)
def make_log_copy(copy_id: int, *, at: datetime | None = None) -> bool:
    """Make the PDF of a log; return whether it is stored now.

    Safe to repeat and to race: only the first document is kept.

    Source: R-5.2.2-3.
    """
    copy = AccessLogCopy.objects.waiting().filter(pk=copy_id).first()
    if copy is None:
        return False
    return store_log_copy(copy_id, pdf=render_log(copy.facts), at=at)
