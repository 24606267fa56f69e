"""What every section of the request form is: a slug, a title, its fields, its status.

A section's fields bear the names of the order's own, so a section is complete when its
stored answers, bound as if typed, are valid. What a person has to acknowledge is a
field too, and is kept as a row with that person and the time.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass

from common.forms import PortalForm, noted
from common.parts import Answer
from common.templatetags.parts import uk_date, uk_time
from orders.forms.fields import YES_NO, question
from orders.models import ANSWERS, Acknowledgement, ConnectionRequest
from orders.models.answers import EMPTY
from orders.models.sections import FORM

NOT_STARTED = "Not started"
IN_PROGRESS = "In progress"
COMPLETE = "Complete"
OPTIONAL = "Optional"


class AcknowledgeField(forms.BooleanField):
    """One box that a person of the Party ticks; `what` is an AcknowledgementKind."""

    def __init__(self, what: str, label: str, *, section: str, **kwargs: Any) -> None:
        super().__init__(label=label, **kwargs)
        self.what = what
        noted(self, section=section)


class ShownAnswer(NamedTuple):
    """One question of a section with the answer that is stored."""

    name: str
    question: str
    answer: str | list[str]


class SectionType(DeclarativeFieldsMetaclass):
    """Gives a section its heading, and a question for each answer declared under it.

    A question that the section words or checks in a way of its own stands in its class.
    """

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        made: Any = super().__new__(cls, name, bases, attrs)
        section = FORM.get(attrs.get("slug", ""))
        if section is not None:
            own: dict[str, forms.Field] = made.declared_fields
            asked = {name: own.get(name) or question(name) for name in section.answers}
            made.title = section.title
            made.declared_fields = made.base_fields = {**asked, **own}
        return made


class SectionForm(PortalForm, metaclass=SectionType):
    """One section of the request form: one page, some fields, one line of the list."""

    slug: ClassVar[str]
    title: ClassVar[str]
    group: ClassVar[str]
    guidance: ClassVar[tuple[str, ...]] = ()
    is_optional: ClassVar[bool] = False
    is_common: ClassVar[bool] = False
    # A second way on, which keeps what was answered so far: the button and its page.
    aside_words: ClassVar[str] = ""
    aside_page: ClassVar[str] = ""

    def __init__(
        self,
        data: object = None,
        *,
        order: ConnectionRequest,
        is_partial: bool = False,
        **kwargs: object,
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
    def goes_for_both(cls, order: ConnectionRequest) -> bool:
        """Say whether the other form of its pair usually has the same answers."""
        return cls.is_common and order.partner is not None

    @classmethod
    def is_alike(cls, order: ConnectionRequest) -> bool:  # noqa: ARG003  asked by some
        """Say whether the box that uses the answers for both begins ticked."""
        return True

    @classmethod
    def stored(cls, order: ConnectionRequest) -> dict[str, Any]:
        """Return the answers kept so far, by field."""
        return {
            name: stored_answer(order, name, field)
            for name, field in cls.base_fields.items()
        }

    @classmethod
    def of(cls, order: ConnectionRequest) -> "SectionForm":
        """Return the section bound to what is stored, as if it were typed."""
        return cls(as_typed(cls.base_fields, cls.stored(order)), order=order)

    def clean(self) -> dict[str, Any]:
        """Leave out what another answer makes needless, whatever was typed there."""
        kept: dict[str, Any] = super().clean() or self.cleaned_data
        found: dict[str, Any] = self.fields
        for name, field in found.items():
            when = getattr(field, "when", None)
            if when is None:
                continue
            if not has_answer(kept.get(when[0]), when[1]):
                self.errors.pop(name, None)
                kept[name] = getattr(field, "empty_value", None)
            elif field.needed and kept.get(name, "") in EMPTY and not self.is_partial:
                self.add_error(name, field.needed)
        return kept

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
        boxes = self.boxes
        found = self.cleaned_data.items()
        return {name: value for name, value in found if name not in boxes}

    @property
    def boxes(self) -> dict[str, AcknowledgeField]:
        """The fields that are acknowledged rather than answered."""
        return {
            name: field
            for name, field in self.fields.items()
            if isinstance(field, AcknowledgeField)
        }

    @property
    def answer_names(self) -> list[str]:
        """The order's names of what this section keeps."""
        boxes = self.boxes
        names = (self.answer_name(name) for name in self.fields if name not in boxes)
        return [name for name in names if name in ANSWERS]

    def answer_name(self, field: str) -> str:
        """Return the order's name for what one field keeps."""
        found = self.fields[field]
        return found.what if isinstance(found, AcknowledgeField) else field

    @property
    def asked(self) -> set[str]:
        """The kinds of acknowledgement that this section asks for."""
        return {field.what for field in self.boxes.values()}

    @property
    def ticked(self) -> set[str]:
        """The kinds of acknowledgement that were ticked."""
        boxes = self.boxes.items()
        return {field.what for name, field in boxes if self.cleaned_data.get(name)}

    @property
    def new_site(self) -> dict[str, Any]:
        """The facts of a data centre to be added before the answers are kept."""
        return {}

    @property
    def ignored(self) -> str:
        """What to say of something typed that another answer makes needless."""
        return ""

    @property
    def follow_up(self) -> str:
        """The name of the page that the answers ask for next, before other sections."""
        return ""

    @property
    def note_template(self) -> str:
        return f"orders/notes/{self.slug}.html"

    @property
    def body_template(self) -> str:
        """How the fields are laid out; most sections have them one after another."""
        return "orders/section_fields.html"

    def shown_names(self) -> list[str]:
        """Return the fields that check answers lists, in order."""
        stored = self.stored(self.order)
        asked = ((name, getattr(f, "when", None)) for name, f in self.fields.items())
        return [
            name for name, on in asked if on is None or has_answer(stored[on[0]], on[1])
        ]

    def shown(self) -> Iterator[ShownAnswer]:
        stored = self.stored(self.order)
        for name in self.shown_names():
            field = self.fields[name]
            answer = (
                signed(self.order, field)
                if isinstance(field, AcknowledgeField)
                else in_words(field, stored[name])
            )
            yield ShownAnswer(name, str(field.label), answer)

    def summary(self) -> str:
        """Return what was answered so far in one line, or nothing.

        A yes or no says nothing without its question.
        """
        boxes, bare = self.boxes, [label for _, label in YES_NO]
        rows = (row.answer for row in self.shown() if row.name not in boxes)
        found = (answer for answer in rows if answer not in bare)
        return ", ".join(
            ", ".join(one) if isinstance(one, list) else one for one in found if one
        )

    def rows(self, change: str = "") -> list[Answer]:
        return [Answer(row.question, row.answer, change) for row in self.shown()]


def has_answer(answer: object, value: str) -> bool:
    """Say whether `answer`, which may be a list, is or includes `value`."""
    found = answer if isinstance(answer, list) else [answer]
    return value in map(str, found)


def acknowledged(order: ConnectionRequest) -> dict[str, Acknowledgement]:
    """Return what was acknowledged, by kind; one query, or none when read ahead."""
    return {row.what: row for row in order.acknowledgements.all()}


def stored_answer(order: ConnectionRequest, name: str, field: forms.Field) -> Any:
    if isinstance(field, AcknowledgeField):
        return True if field.what in acknowledged(order) else None
    return getattr(order, name)


def as_typed(fields: dict[str, forms.Field], stored: dict[str, Any]) -> dict[str, Any]:
    """Return stored answers as a browser would send them."""
    typed: dict[str, Any] = {}
    for name, value in stored.items():
        widget: Any = fields[name].widget if name in fields else None
        if isinstance(widget, forms.MultiWidget):
            suffixes: list[str] = vars(widget)["widgets_names"]
            parts = zip(suffixes, widget.decompress(value) or (), strict=True)
            typed |= {f"{name}{suffix}": part for suffix, part in parts}
        else:
            typed[name] = value
    return typed


def signed(order: ConnectionRequest, field: AcknowledgeField) -> str:
    """Return who ticked a box and when, or nothing."""
    row = acknowledged(order).get(field.what)
    return f"Yes, by {row.whose}, {uk_time(row.at)}" if row else ""


def in_words(field: forms.Field, value: object) -> str | list[str]:
    """Return a stored answer as people read it; nothing for none."""
    if value in EMPTY:
        return ""
    if isinstance(value, date):
        return uk_date(value)
    choices = getattr(field, "choices", None)
    words = {str(key): str(label) for key, label in choices or []}
    if isinstance(value, list):
        return [words.get(str(one), str(one)) for one in value]
    suffix = getattr(field, "suffix", "")
    return f"{words.get(str(value), str(value))} {suffix}".strip()
