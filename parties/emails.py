from datetime import datetime

from django.utils.crypto import get_random_string

from parties.models import User
from records.commands import owe_notice
from records.models import LINK_PLACE


def person_added(user: User, at: datetime) -> None:
    """Tell a new person how to sign in for the first time."""
    key = f"person-added:{user.pk}"
    owe_notice(
        "person_added", key=key, to=[user.email], at=at, thread=user.thread, person=user
    )


def new_password(email: str, at: datetime) -> None:
    """Owe a link to choose a password to whoever has the address, if anybody.

    Who that is, is asked by a worker when the link is made. Each asking is a duty of
    its own.
    """
    kind = "account_password_reset_key"
    key = f"{kind}:{get_random_string(20)}"
    owe_notice(kind, key=key, to=[email], at=at, link=LINK_PLACE)
