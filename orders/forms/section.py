"""What every section of the request form is: a slug, a title, its fields, its status.

A section's fields bear the names of the order's own, so a section is complete when its
stored answers, bound as if typed, are valid.
"""

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from django import forms

from common.forms import PortalForm
from common.parts import Answer
from orders.models import ConnectionRequest

NOT_STARTED = "Not started"
IN_PROGRESS = "In progress"
COMPLETE = "Complete"
OPTIONAL = "Optional"
EMPTY: tuple[Any, ...] = (None, "", [])


class Shown(NamedTuple):
    """One question of a section with the answer that is stored."""

    question: str
    answer: str | list[str]


class SectionForm(PortalForm):
    """One section of the request form: one page, some fields, one line of the list."""

    slug: ClassVar[str]
    title: ClassVar[str]
    group: ClassVar[str]
    guidance: ClassVar[tuple[str, ...]] = ()
    is_optional: ClassVar[bool] = False

    def __init__(
        self,
        data: Any = None,
        *,
        order: ConnectionRequest,
        is_partial: bool = False,
        **kwargs: Any,
    ) -> None:
        """Build the section for `order`.

        Args:
            is_partial: keep what is well formed so far; nothing is missing yet.
        """
        self.order = order
        self.is_partial = is_partial
        super().__init__(data, initial=self.stored(order), **kwargs)
        if is_partial:
            for field in self.fields.values():
                field.required = False

    @classmethod
    def applies_to(cls, order: ConnectionRequest) -> bool:  # noqa: ARG003  asked by some
        """Say whether the order is asked this section at all."""
        return True

    @classmethod
    def stored(cls, order: ConnectionRequest) -> dict[str, Any]:
        """Return the answers kept so far, as if they were typed."""
        return {name: getattr(order, name) for name in cls.base_fields}

    @classmethod
    def of(cls, order: ConnectionRequest) -> "SectionForm":
        """Return the section bound to what is stored."""
        return cls(cls.stored(order), order=order)

    @property
    def is_complete(self) -> bool:
        return self.is_valid()

    @property
    def is_started(self) -> bool:
        return any(value not in EMPTY for value in self.stored(self.order).values())

    @property
    def status(self) -> str:
        if not self.is_started:
            return OPTIONAL if self.is_optional else NOT_STARTED
        return COMPLETE if self.is_complete else IN_PROGRESS

    @property
    def answers(self) -> dict[str, Any]:
        """What is to be kept, by the order's field names."""
        return self.cleaned_data

    @property
    def new_site(self) -> dict[str, Any]:
        """The facts of a data centre to be added before the answers are kept."""
        return {}

    @property
    def note_template(self) -> str:
        return f"orders/notes/{self.slug}.html"

    @property
    def body_template(self) -> str:
        """How the fields are laid out; most sections have them one after another."""
        return "orders/section_fields.html"

    def shown_names(self) -> list[str]:
        """Return the fields that check answers lists, in order."""
        return list(self.fields)

    def shown(self) -> Iterator[Shown]:
        stored = self.stored(self.order)
        for name in self.shown_names():
            field = self.fields[name]
            yield Shown(str(field.label), in_words(field, stored[name]))

    def summary(self) -> str:
        """Return what was answered so far in one line, or nothing."""
        found = (row.answer for row in self.shown() if row.answer)
        return ", ".join(
            ", ".join(one) if isinstance(one, list) else one for one in found
        )

    def rows(self, change: str = "") -> list[Answer]:
        return [Answer(row.question, row.answer, change) for row in self.shown()]


def in_words(field: forms.Field, value: Any) -> str | list[str]:
    """Return a stored answer as people read it; nothing for none."""
    if value in EMPTY:
        return ""
    choices = getattr(field, "choices", None)
    words = {str(key): str(label) for key, label in choices or []}
    if isinstance(value, list):
        return [words.get(str(one), str(one)) for one in value]
    suffix = getattr(field, "suffix", "")
    return f"{words.get(str(value), str(value))} {suffix}".strip()
