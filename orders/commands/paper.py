"""Documents of the request: the record of each form that was sent, and the blank form.

Both are made by a worker, stored once and never made again.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from common.pdf import fingerprint
from orders.documents import (
    TEMPLATE,
    render_blank_form,
    render_request,
    request_facts,
)
from orders.errors import RecordNotFailed
from orders.models import ConnectionRequest, FormVersion
from orders.querysets import OrderQuerySet
from parties.models import User
from parties.policies import is_desk
from records.commands import (
    forget_failure_to_render,
    keep_failure_to_render,
    owe,
    store_document,
    store_rendering,
    waiting_under_lock,
)
from records.jobs import job
from records.models import Document
from records.states import JobQueue
from records.transitions import SYSTEM, record_event
from records.unit import command

PDF = "application/pdf"


def waiting_version(version_id: int) -> FormVersion | None:
    """Lock the order of a form; return the form while it has no document yet."""
    waiting = FormVersion.objects.waiting_for_document().select_related("order")
    return waiting_under_lock(order_of(version_id), waiting.filter(pk=version_id))


def order_of(version_id: int) -> OrderQuerySet:
    return ConnectionRequest.objects.locked().filter(versions=version_id)


@command
def store_record(version_id: int, *, pdf: bytes, at: datetime | None = None) -> bool:
    """Keep the record of a form, unless another worker was first."""
    version = waiting_version(version_id)
    if version is None:
        return False
    store_rendering(
        version,
        "document",
        pdf,
        kind=Document.Kind.REQUEST,
        name=f"{version.order.reference} form {version.number}.pdf",
        template=TEMPLATE,
        at=at,
    )
    return True


@command
def record_form_failure(version_id: int, words: str) -> None:
    """Keep why no record could be made. The form itself is with DCC all the same."""
    version = waiting_version(version_id)
    number = version.number if version else ""
    keep_failure_to_render(
        version,
        words,
        action="record_form_failure",
        what=f"The record of form {number} could not be made",
    )


@command
def forget_form_failure(version_id: int) -> None:
    """Let a form wait for its record again, as the desk's own step does."""
    rows = FormVersion.objects.filter(pk=version_id)
    forget_failure_to_render(order_of(version_id), rows)


@job(
    "Record of a request form",
    queue=JobQueue.DOCUMENTS,
    failed=record_form_failure,
    again=forget_form_failure,
    is_missed=True,
)
def record_form(version_id: int, *, at: datetime | None = None) -> bool:
    """Make the record of a form that was sent; return whether it is stored now.

    Safe to repeat and to race: only the first document is kept.

    Source: R-0-5, R-3.2-6.
    """
    waiting = FormVersion.objects.waiting_for_document().filter(pk=version_id)
    version = waiting.select_related("order__party", "submitted_by").first()
    if version is None:
        return False
    pdf = render_request(request_facts(version))
    return store_record(version_id, pdf=pdf, at=at)


def owe_record(version: FormVersion) -> None:
    """Ask a worker for the record of a form that was sent."""
    about = f"{version.order.reference}, form {version.number}"
    owe(record_form, version.pk, about=about, thread=version.thread)


@command
def repeat_record(
    version_id: int, *, by: User, at: datetime | None = None
) -> FormVersion:
    """Ask again for a record that failed.

    Raises:
        RecordNotFailed: it exists, or is still being prepared.
        PermissionDenied: `by` is not of the Service Desk.
    """
    if not is_desk(by):
        raise PermissionDenied
    version = waiting_or_failed(version_id)
    version.rendering_error = ""
    version.save(update_fields=["rendering_error"])
    what = f"The record of form {version.number} is to be made again"
    at = at or timezone.now()
    record_event(version, "repeat_record", by=by, at=at, what=what, is_public=False)
    owe_record(version)
    return version


def waiting_or_failed(version_id: int) -> FormVersion:
    ConnectionRequest.objects.locked().get(versions=version_id)
    version: FormVersion = FormVersion.objects.get(pk=version_id)
    if version.document_id or not version.rendering_error:
        raise RecordNotFailed(form=version)
    return version


# The blank form


def blank_thread(facts: dict[str, Any]) -> str:
    """Return what is unique to the questions of a blank form."""
    return f"FORM-{fingerprint(facts)[:32]}"


def blank_form(facts: dict[str, Any]) -> Document | None:
    """Return the stored blank form with just these questions, if a worker made it."""
    kept = Document.objects.filter(
        kind=Document.Kind.BLANK_FORM, thread=blank_thread(facts)
    )
    return kept.first()


def make_blank_form(facts: dict[str, Any]) -> Document:
    """Return the blank form with these questions, made and stored if there is none.

    Source: R-3.2-1, R-1.3-5.
    """
    kept = blank_form(facts)
    if kept is not None:
        return kept
    return store_document(
        render_blank_form(facts),
        kind=Document.Kind.BLANK_FORM,
        name=f"DCC Gateway Connection request form {TEMPLATE.version}.pdf",
        content_type=PDF,
        thread=blank_thread(facts),
        by=SYSTEM,
        at=timezone.now(),
        template=TEMPLATE,
    )
