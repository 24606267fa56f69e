"""What somebody told DCC by another way than the portal, as DCC records it (T35)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone


class How(TextChoices):
    """How it came to DCC."""

    EMAIL = "email", "By e-mail"
    PHONE = "phone", "By phone"
    LETTER = "letter", "By letter"


@dataclass(frozen=True)
class OnBehalf:
    """Stands where a command asks who does it: one person, recorded by another.

    The right is the person's, on the day it came; the history names both.

    Args:
        person: whose act it is.
        recorder: of DCC, who keys it in.
        how: it came; None where nobody had to say it.
        came_at: aware; the act counts from then.
    """

    person: Any
    recorder: Any
    how: How | None
    came_at: datetime

    # Whatever else may ask: it has no role of its own.
    is_active = is_staff = is_dcc = acts_for_dcc = only_reads = False
    is_our_slip = False

    @property
    def actor(self) -> Any:
        """Return it as the user for whom it stands: commands ask no more of one."""
        return self

    @property
    def entitled_at(self) -> datetime:
        """Return when the person has to have had the right to it."""
        return self.came_at

    @property
    def words(self) -> str:
        """Return what the history says of it, before any reason."""
        came = timezone.localtime(self.came_at)
        how = self.how.label.lower() if self.how else "so"
        said = f"said {how} on {came:%-d %B %Y at %H:%M}"
        return f"Recorded by {self.recorder} for {self.person}, {said}"


@dataclass(frozen=True)
class OurSlip(OnBehalf):
    """What a paper says and DCC keyed in otherwise, put right by DCC itself.

    It is the recorder's act and counts from now on; the right to it is that of who sent
    the paper, when it came.

    Args:
        paper_came_at: aware.
    """

    paper_came_at: datetime

    is_our_slip = True

    @property
    def entitled_at(self) -> datetime:
        return self.paper_came_at

    @property
    def words(self) -> str:
        paper = f"The form that {self.person} sent says so"
        return f"{paper}, and was keyed in otherwise: put right by {self.recorder}"


def recorded_words(by: object) -> str:
    """Return who recorded it, for whom and how it came; nothing for one's own act."""
    return by.words if isinstance(by, OnBehalf) else ""


def person_of(by: object) -> Any:
    """Return whose act it is, whoever recorded it."""
    if isinstance(by, OnBehalf):
        return by.recorder if by.is_our_slip else by.person
    return by
