"""The certificate of a completed installation: made by a worker, and stored once."""

from datetime import date, datetime

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
from sites.documents.certificate import (
    TEMPLATE,
    completion_facts,
    render_certificate,
)
from sites.models import Completion


def record_completion(
    order: ConnectionRequest, *, completed_on: date, by: User, at: datetime
) -> Completion:
    """Keep that an installation is complete, and owe its certificate."""
    completion = Completion.objects.create(
        order=order,
        completed_on=completed_on,
        facts=completion_facts(order, completed_on=completed_on, by=by),
        by=by,
        at=at,
    )
    owe(make_certificate, completion.pk, about=order.reference, thread=order.thread)
    return completion


def waiting_completion(completion_id: int) -> Completion | None:
    """Lock the order; return its completion while it has no certificate yet."""
    waiting = Completion.objects.waiting_for_certificate().select_related("order")
    return waiting_under_lock(order_of(completion_id), waiting.filter(pk=completion_id))


def order_of(completion_id: int) -> OrderQuerySet:
    return ConnectionRequest.objects.locked().filter(completion=completion_id)


@command
def store_certificate(
    completion_id: int, *, pdf: bytes, at: datetime | None = None
) -> bool:
    """Keep the certificate, unless another worker was first."""
    completion = waiting_completion(completion_id)
    if completion is None:
        return False
    store_rendering(
        completion,
        "certificate",
        pdf,
        kind=Document.Kind.CERTIFICATE,
        name=f"{completion.order.reference} completion certificate.pdf",
        template=TEMPLATE,
        at=at,
    )
    return True


@command
def record_certificate_failure(completion_id: int, words: str) -> None:
    """Keep why no certificate could be made. Installation is complete all the same."""
    keep_failure_to_render(
        waiting_completion(completion_id),
        words,
        action="record_certificate_failure",
        what="The completion certificate could not be made",
    )


@command
def forget_certificate_failure(completion_id: int) -> None:
    """Let it wait for its certificate again."""
    rows = Completion.objects.filter(pk=completion_id)
    forget_failure_to_render(order_of(completion_id), rows)


@job(
    "Completion certificate",
    queue=JobQueue.DOCUMENTS,
    failed=record_certificate_failure,
    again=forget_certificate_failure,
    is_missed=True,
)
def make_certificate(completion_id: int, *, at: datetime | None = None) -> bool:
    """Make the certificate of an installation; return whether it is stored now.

    Safe to repeat and to race: only the first document is kept.

    Source: R-3.7-4, R-3.7-5.
    """
    waiting = Completion.objects.waiting_for_certificate()
    completion = waiting.filter(pk=completion_id).first()
    if completion is None:
        return False
    pdf = render_certificate(completion.facts)
    return store_certificate(completion_id, pdf=pdf, at=at)
