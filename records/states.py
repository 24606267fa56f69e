from django.db.models import TextChoices


class NoticeState(TextChoices):
    """The life of an e-mail: a row first, a message second."""

    QUEUED = "queued", "Queued"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    DROPPED = "dropped", "Not sent: no longer true, or given up"


class JobQueue(TextChoices):
    """Where machines' work waits: a letter never behind a document."""

    MAIL = "mail", "E-mails"
    DOCUMENTS = "documents", "Documents"


class JobState(TextChoices):
    """How far machines' work is, as staff are told; the columns of the row say it."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Being done"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    GIVEN_UP = "given_up", "Given up"
