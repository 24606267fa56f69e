"""The certificate of a completed installation: made by a worker, and stored once."""

from datetime import date, datetime

from django.utils import timezone

from orders.models import ConnectionRequest
from parties.models import User
from records.commands import owe, store_document
from records.jobs import job
from records.models import Document
from records.states import JobQueue
from records.transitions import SYSTEM, record_event
from records.unit import command
from sites.documents import TEMPLATE, completion_facts, render_certificate
from sites.models import Completion

PDF = "application/pdf"


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
    ConnectionRequest.objects.locked().get(completion=completion_id)
    waiting = Completion.objects.waiting_for_certificate().select_related("order")
    found: Completion | None = waiting.filter(pk=completion_id).first()
    return found


@command
def store_certificate(
    completion_id: int, *, pdf: bytes, at: datetime | None = None
) -> bool:
    """Keep the certificate, unless another worker was first."""
    completion = waiting_completion(completion_id)
    if completion is None:
        return False
    completion.certificate = store_document(
        pdf,
        kind=Document.Kind.CERTIFICATE,
        name=f"{completion.order.reference} completion certificate.pdf",
        content_type=PDF,
        thread=completion.thread,
        by=SYSTEM,
        at=at or timezone.now(),
        template=TEMPLATE,
    )
    completion.save(update_fields=["certificate"])
    return True


@command
def record_certificate_failure(completion_id: int, words: str) -> None:
    """Keep why no certificate could be made. Installation is complete all the same."""
    completion = waiting_completion(completion_id)
    if completion is None:
        return
    completion.rendering_error = words
    completion.save(update_fields=["rendering_error"])
    record_event(
        completion,
        "record_certificate_failure",
        by=SYSTEM,
        at=timezone.now(),
        what="The completion certificate could not be made",
        why=words,
        is_public=False,
    )


@command
def forget_certificate_failure(completion_id: int) -> None:
    """Let it wait for its certificate again."""
    ConnectionRequest.objects.locked().get(completion=completion_id)
    Completion.objects.filter(pk=completion_id).update(rendering_error="")


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
