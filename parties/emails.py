from datetime import datetime

from parties.models import User
from records.commands import owe_notice


def person_added(user: User, at: datetime) -> None:
    """Tell a new person how to sign in for the first time."""
    key = f"person-added:{user.pk}"
    owe_notice(
        "person_added", key=key, to=[user.email], at=at, thread=user.thread, person=user
    )
