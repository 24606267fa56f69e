"""The base of all forms that contacts fill in, drawn as GOV.UK Frontend fields.

The renderer belongs to the form, not to the settings, so that the admin keeps its own.
Fields may carry more than Django's: see `noted`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import django.forms
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from common.days import figures, month_number, read_day, year_number
from common.door import DoorBoundField, never_printed
from common.drawn_widgets import DrawnWidgets
from common.errors import DomainError
from common.search import Terms, read_terms

FieldType = TypeVar("FieldType", bound=forms.Field)


def noted(
    field: FieldType,
    *,
    section: str = "",
    note: str = "",
    width: int | None = None,
    prefix: str = "",
    suffix: str = "",
    inline: bool = False,
    choice_hints: Mapping[str, str] | None = None,
    when: tuple[str, str] | None = None,
) -> FieldType:
    """Return `field` with what its page shows beside it.

    Args:
        field: any form field.
        section: of the guidance, such as "2.5": shown and linked under the hint.
        note: the guidance in our own words, shown under the hint.
        width: of the input in characters: 2, 3, 4, 5, 10, 20 or 30.
        prefix: unit before the input, such as "£".
        suffix: unit behind the input, such as "Mbps".
        inline: choices side by side; for two short ones only.
        choice_hints: a hint for each value of a choice.
        when: the field and the choice of it under which this one is asked.
    """
    extras: Any = field
    extras.guidance_section = section
    extras.guidance_note = note
    extras.width = width
    extras.prefix = prefix
    extras.suffix = suffix
    extras.inline = inline
    extras.choice_hints = choice_hints or {}
    extras.when = when
    return field


class SplitDateInput(forms.MultiWidget):
    """Day, month and year as three inputs."""

    use_fieldset = True

    def __init__(self, attrs: Any = None) -> None:
        part = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__({"day": part, "month": part, "year": part}, attrs)

    def decompress(self, value: date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else ["", "", ""]


class SplitDateField(forms.Field):
    """A date in three inputs. The month may be a number or a name.

    A whole day that is pasted into the first of them is taken as well.
    """

    widget = SplitDateInput
    default_error_messages = {
        "incomplete": "Enter a day, a month and a year",
        "invalid": "Enter a real date, such as 5 3 2026",
    }

    def to_python(self, value: Any) -> date | None:
        parts = [str(part or "").strip() for part in value or []]
        if not any(parts):
            return None
        try:
            return day_of_parts(parts)
        except ValueError:
            if not all(parts):
                words = self.error_messages["incomplete"]
                raise ValidationError(words, code="incomplete") from None
            raise ValidationError(
                self.error_messages["invalid"], code="invalid"
            ) from None


def day_of_parts(parts: list[str]) -> date:
    """Return the day that the inputs give, or the first alone if nothing else is typed.

    Raises:
        ValueError: they give none.
    """
    if len(list(filter(None, parts))) == 1:
        return read_day(parts[0])
    day, month, year = parts
    return date(year_number(year), month_number(month), figures(day))


KINDS: list[tuple[type[forms.Widget], str]] = [
    # The first that fits, so the narrower class stands before the wider one.
    (SplitDateInput, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
]
CSS_CLASSES = {
    "input": "govuk-input",
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
}
MISSING = {
    "input": "Enter an answer to “{label}”",
    "textarea": "Enter an answer to “{label}”",
    "select": "Choose an answer to “{label}”",
    "radios": "Choose an answer to “{label}”",
    "checkboxes": "Choose at least one answer to “{label}”",
    "checkbox": "Tick the box to go on: “{label}”",
    "date": "Enter a date for “{label}”",
    "file": "Choose a file for “{label}”",
}
WRONG: list[tuple[type[forms.Field], str, str]] = [
    (forms.IntegerField, "invalid", "Enter a whole number for “{label}”"),
    (forms.DecimalField, "invalid", "Enter a number for “{label}”"),
    (forms.IntegerField, "min_value", "Enter %(limit_value)s or more for “{label}”"),
    (forms.IntegerField, "max_value", "Enter %(limit_value)s or less for “{label}”"),
    (forms.ChoiceField, "invalid_choice", "Choose one of the answers to “{label}”"),
    (
        forms.CharField,
        "max_length",
        "Shorten “{label}” to %(limit_value)s characters; it has %(show_value)s",
    ),
    (forms.EmailField, "invalid", "Enter an e-mail address, such as name@example.com"),
]
GROUPS = {"date", "radios", "checkboxes"}


def kind_of(field: forms.Field) -> str:
    fitting = (kind for widget, kind in KINDS if isinstance(field.widget, widget))
    return next(fitting, "input")


class PortalBoundField(DoorBoundField):
    """A field with what the templates ask of it."""

    @cached_property
    def kind(self) -> str:
        return kind_of(self.field)

    @property
    def first_id(self) -> str:
        """The id of the input that a link from the error summary goes to."""
        return f"{self.auto_id}_0" if self.kind in GROUPS else self.auto_id

    @property
    def guidance_section(self) -> str:
        return getattr(self.field, "guidance_section", "")

    @property
    def guidance_note(self) -> str:
        return getattr(self.field, "guidance_note", "")

    @property
    def prefix(self) -> str:
        return getattr(self.field, "prefix", "")

    @property
    def suffix(self) -> str:
        return getattr(self.field, "suffix", "")

    @property
    def inline(self) -> bool:
        return getattr(self.field, "inline", False)

    @property
    def questions(self) -> list[BoundField]:
        """What somebody asks about this answer: fields of another form, shown below."""
        return getattr(self.field, "questions", [])

    @property
    def most_characters(self) -> int | None:
        """How many characters a long answer may have, if that is limited."""
        return getattr(self.field, "max_length", None)

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The choices with hints and what each reveals, for radios and checkboxes."""
        hints = getattr(self.field, "choice_hints", {})
        found = ((widget, str(widget.data["value"])) for widget in self.subwidgets)
        return [
            {
                "widget": widget,
                "hint": hints.get(value, ""),
                "reveals": self.asked_when(value),
            }
            for widget, value in found
        ]

    def asked_when(self, value: str) -> list[BoundField]:
        """Return the fields that are asked when this one has the answer `value`."""
        return [
            field
            for field in self.form.visible_fields()
            if getattr(field.field, "when", None) == (self.name, value)
        ]

    @property
    def date_parts(self) -> list[dict[str, Any]]:
        """Day, month and year as drawn: widget context and label."""
        widget = self.field.widget
        attrs = self.build_widget_attrs({"id": self.auto_id})
        context = widget.get_context(self.html_name, self.value(), attrs)
        labels = ["Day", "Month", "Year"]
        parts = context["widget"]["subwidgets"]
        return [
            {"widget": part, "label": label, "width": 4 if label == "Year" else 2}
            for part, label in zip(parts, labels, strict=True)
        ]

    def build_widget_attrs(
        self, attrs: Any, widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        base = CSS_CLASSES.get(self.kind)
        if not base or self.is_hidden:
            return built
        names = [base, str(self.field.widget.attrs.get("class", ""))]
        width = getattr(self.field, "width", None)
        if width:
            names.append(f"{base}--width-{width}")
        if self.kind == "textarea" and self.most_characters:
            # The script counts down; without it the hint says the limit.
            names.append("govuk-js-character-count")
            built["aria-describedby"] = " ".join(
                filter(None, [built.get("aria-describedby"), f"{self.auto_id}-info"])
            )
        if self.errors:
            names.append(f"{base}--error")
        return {**built, "class": " ".join(filter(None, names))}


class PortalRenderer(DrawnWidgets):
    form_template_name = "components/forms/form.html"
    field_template_name = "components/forms/field.html"
    bound_field_class = PortalBoundField

    @cached_property
    def engine(self) -> Any:
        """Our templates first; Django's own draw the plain inputs."""
        ours: list[Path] = settings.TEMPLATES[0]["DIRS"]  # type: ignore[assignment]
        built_in = Path(django.forms.__file__).parent / "templates"
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [*ours, built_in],
                "NAME": "portalforms",
                "OPTIONS": {},
            }
        )


class PortalFormMixin:
    """Draws a form in our look; for forms that have another base already.

    In a template: `{{ form }}` is the error summary and all fields;
    `{{ form.error_summary }}` and `{{ form.as_fields }}` are its two halves;
    `{{ form.name.as_field_group }}` is one field.
    """

    default_renderer = PortalRenderer()
    use_required_attribute = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            word_refusals(field)

    fields: dict[str, forms.Field]

    @property
    def error_summary(self) -> SafeString:
        """The list of what must be mended, each linked to its input; or nothing."""
        return render_to_string("components/error_summary.html", {"form": self})

    @property
    def asked_always(self) -> list[Any]:
        """The fields that do not wait for the answer to another."""
        bound: Any = self
        return [
            field
            for field in bound.visible_fields()
            if getattr(field.field, "when", None) is None
        ]

    @property
    def as_fields(self) -> SafeString:
        return render_to_string("components/forms/fields.html", {"form": self})


def word_refusals(field: forms.Field) -> None:
    """Replace Django's refusals of an answer by what to do about it.

    A field that has words of its own keeps them.
    """
    own, label = field.error_messages, str(field.label or "this")
    if own.get("required") == forms.Field.default_error_messages["required"]:
        own["required"] = MISSING[kind_of(field)].format(label=label)
    for kind, code, words in WRONG:
        if isinstance(field, kind) and own.get(code) == kind_words(kind, code):
            # Django fills in figures with %, where a label's own % must be doubled.
            doubled = label if code == "invalid" else label.replace("%", "%%")
            own[code] = words.format(label=doubled)


def kind_words(kind: type[forms.Field], code: str) -> Any:
    """Return what Django itself says; None for what a validator says."""
    return getattr(kind, "default_error_messages", {}).get(code)


class PortalForm(PortalFormMixin, forms.Form):  # type: ignore[misc]
    """The base of every form on pages for contacts."""


@contextmanager
def refusals_in(form: forms.Form) -> Iterator[None]:
    """Put the words of a command that refuses at the top of the form it was asked by.

    What stands behind the command in the block is done only where it did not refuse.
    """
    try:
        yield
    except DomainError as refusal:
        form.add_error(None, str(refusal))


def search_field(label: str) -> forms.CharField:
    """Return the field of a search. It may be of any length: what is cut is told."""
    field = forms.CharField(
        label=label, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    return never_printed(field)


class SearchForm(PortalForm):
    """A search above a list; its field is called `q`."""

    @property
    def asked(self) -> str:
        return self.cleaned_data.get("q", "") if self.is_valid() else ""

    @property
    def terms(self) -> Terms:
        """The words that are looked for."""
        return read_terms(self.asked)
