from django.db.models import TextChoices


class FileKind(TextChoices):
    """What the lines of a file are, in the order in which files are taken over."""

    PARTIES = "parties", "Parties with their standing"
    PEOPLE = "people", "Contacts and nominations"
    SITES = "sites", "Data centres"
    CONNECTIONS = "connections", "Live connections"
    ORDERS = "orders", "Orders in flight"


class FileState(TextChoices):
    """How far a file is, as its page says it."""

    CHECKING = "checking", "Being checked"
    FAULTY = "faulty", "To be mended, nothing was saved"
    READY = "ready", "Checked, nothing was saved yet"
    WRITING = "writing", "Being taken over"
    DONE = "done", "Taken over"
    UNCHANGED = "unchanged", "Taken over before: nothing is new in it"


class Stage(TextChoices):
    """Where an order in flight is, as its line says it."""

    SUBMITTED = "submitted", "Submitted"
    ACCEPTED = "accepted", "Accepted"
    QUOTED = "quoted", "Quoted"
    AUTHORISED = "authorised", "Authorised"
    SURVEY = "survey", "Survey booked"
    INSTALLATION = "installation", "Installation"
