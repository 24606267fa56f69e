"""What is declared of one answer of the request form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices

from parties.states import Role


@dataclass(frozen=True)
class FormAnswer:
    """All that is known of one answer. Its short name is its column's own first words.

    Args:
        name: of the column.
        section: the slug of the heading that it stands under; in the form's order.
        question: as the page and the blank form ask it.
        missing: what the page says when it is left empty; with none it may be.
        needed: what DCC calls it where it cannot do without it; else empty.
        asked_when: another answer, and the value of it, or among it, without which
            this one is not asked and not kept.
        only_if: when it is asked, in the words of the paper, if not of every form.
        wrong: what to say of a wrong answer, by the field's own code.
        choices: what may be chosen: values with their words.
        limits: the least and the most, both allowed, of a whole number.
        unit: stands behind the figure wherever it is read.
        guidance: the section of the guidance that says more.
        width: of the input in characters, for what is short.
        reopens_review: the review of the site or the price rests on it, so that both
            begin again when it is corrected before anybody has signed.
        may_change_until_built: until installation it can be corrected, since neither
            the review of the site nor the price rests on it.
        is_on_both: the two forms of a pair state the same.
        is_searched: an order is found by it.
        is_held_against: what stands out on a form may be seen from this answer on the
            other forms of its Party.
        work_of: the suppliers whose work needs it: no other supplier reads it.
        is_of_the_party: it is chosen among what the portal knows of the Party, so
            neither paper nor the desk can ask it by itself.
    """

    name: str
    section: str
    question: str
    hint: str = ""
    missing: str = ""
    needed: str = ""
    asked_when: tuple[str, object] | None = None
    only_if: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    choices: type[TextChoices] | tuple[tuple[int, str], ...] | None = None
    limits: tuple[int, int] | None = None
    unit: str = ""
    guidance: str = ""
    width: int | None = None
    reopens_review: bool = False
    may_change_until_built: bool = False
    is_on_both: bool = False
    is_searched: bool = False
    is_held_against: bool = False
    work_of: tuple[Role, ...] = ()
    is_of_the_party: bool = False

    def is_asked(self, form: object) -> bool:
        """Say whether the other answers of `form` leave this one to be asked."""
        if self.asked_when is None:
            return True
        other, value = self.asked_when
        given = getattr(form, other)
        return value in given if isinstance(given, list) else bool(given == value)
