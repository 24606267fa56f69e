"""Programs leave word that they run, and what they found away."""

from django.core.mail import get_connection
from django.db import IntegrityError
from django.db.models.functions import Now

from records.jobs import words_of
from records.models import Heartbeat
from records.unit import unit

MAIL_SERVER = "mail server"


def leave_word(name: str) -> None:
    """Keep that the program of this name runs now."""
    write_heartbeat(name, at=Now(), trouble="")


def leave_trouble(name: str, words: str) -> None:
    """Keep in words what is wrong; when it last ran stays as it is."""
    write_heartbeat(name, trouble=words)


def write_heartbeat(name: str, **facts: object) -> None:
    row = Heartbeat.objects.filter(name=name)
    if row.update(**facts):
        return
    try:
        with unit():
            Heartbeat.objects.create(name=name, **{"at": Now(), **facts})
    except IntegrityError:
        # Two began at once.
        row.update(**facts)


def greet_mail_server() -> bool:
    """Open a connection to the mail server and close it; return whether that went.

    Nothing is sent. So a mail server that is away is seen before an e-mail needs it.
    """
    server = get_connection()
    try:
        server.open()
        server.close()
    except OSError as error:
        leave_trouble(MAIL_SERVER, words_of(error))
        return False
    leave_word(MAIL_SERVER)
    return True
