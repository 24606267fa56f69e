"""Who may write to the register at all."""

from django.core.exceptions import PermissionDenied

from parties import policies
from parties.models import User
from records.transitions import System


def require_desk(by: User | System) -> None:
    if not isinstance(by, System) and not policies.may_edit_contacts(by):
        raise PermissionDenied
