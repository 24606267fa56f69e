from django.db.models import TextChoices


class NoticeState(TextChoices):
    """The life of an e-mail: a row first, a message second."""

    QUEUED = "queued", "Queued"
    SENDING = "sending", "In flight"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    DROPPED = "dropped", "Not sent: no longer true"
