"""Keeps the demo world, whose password everybody knows, out of production."""

import warnings
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.db.models import Q

from dccportal.demo.people import PASSWORD, SALT, SIGN_INS
from dccportal.environment import refuse
from parties.models import User


def refuse_demo_world() -> None:
    """Stop production, whichever program, on a database with anybody of the demo.

    A database that does not answer, or has no tables yet, holds nobody.
    """
    if not settings.PRODUCTION:
        return
    addresses = [person["email"] for person in SIGN_INS]
    of_the_demo = Q(email__in=addresses) | Q(password__contains=f"${SALT}$")
    with warnings.catch_warnings():
        # Django warns of queries at the start. This one must come before any other.
        warnings.simplefilter("ignore", RuntimeWarning)
        try:
            count = User.objects.filter(of_the_demo).count()
        except DatabaseError:
            return
        finally:
            # Web and worker fork after this: children open connections of their own.
            connection.close()
    if count:
        refuse(
            f"DATABASE_URL names a database that holds the demo world ({count} of its "
            "people). Name one that never held it: production starts on no other."
        )


class NotTheDemoPassword:
    """Lets nobody choose the password that the trial shows to everybody."""

    def validate(self, password: str, user: Any = None) -> None:
        if password == PASSWORD:
            raise ValidationError("Everybody knows this password. Choose another")

    def get_help_text(self) -> str:
        return "Not the password of the trial."
