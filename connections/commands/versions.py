"""The versions of interface specifications that a session can name."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from connections.models import InterfaceVersion
from parties.models import User
from parties.policies import is_operations
from records.transitions import record_event
from records.unit import command


@command
def save_interface_version(
    *, service: str, name: str, is_offered: bool, by: User, at: datetime | None = None
) -> InterfaceVersion:
    """List a version, or say whether it is still offered for new sessions.

    Source: R-6-7.
    """
    if not is_operations(by):
        raise PermissionDenied
    at = at or timezone.now()
    row, is_new = InterfaceVersion.objects.update_or_create(
        service=service, name=name.strip(), defaults={"is_offered": is_offered}
    )
    offered = "offered" if is_offered else "no longer offered"
    what = f"{row} {'listed' if is_new else offered}"
    record_event(
        row, "save_interface_version", by=by, at=at, what=what, is_public=False
    )
    return row


def offered_versions() -> list[InterfaceVersion]:
    """Return the versions that new sessions can name. Source: R-6-7."""
    return list(InterfaceVersion.objects.filter(is_offered=True))
