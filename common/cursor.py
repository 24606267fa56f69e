"""The cursor of a page of staff stands in its first field, without a script."""

from typing import Any

from django import forms


class FirstChoiceMixin:
    """Choices of which the first that is drawn bears the cursor, and no other."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        parent: Any = super()
        option: dict[str, Any] = parent.create_option(*args, **kwargs)
        if option["index"] == "0":
            option["attrs"] = {**option["attrs"], "autofocus": True}
        return option


class FirstRadio(FirstChoiceMixin, forms.RadioSelect):
    """The first question of a page, answered by one of some choices."""


class FirstCheckboxes(FirstChoiceMixin, forms.CheckboxSelectMultiple):
    """The first question of a page, answered by several of some choices."""


FIRST: dict[type[forms.Widget], Any] = {
    forms.RadioSelect: FirstRadio,
    forms.CheckboxSelectMultiple: FirstCheckboxes,
}


def put_cursor(form: forms.Form) -> None:
    """Have the browser put the cursor into the first field that a form shows.

    A form that is shown again leads to what is wrong in it instead.
    """
    shown = [field.field for field in form.visible_fields()]
    if not shown:
        return
    first: Any = shown[0]
    kind = FIRST.get(type(first.widget))
    if kind is None:
        first.widget.attrs = {**first.widget.attrs, "autofocus": True}
    else:
        first.widget = kind(attrs=first.widget.attrs, choices=first.widget.choices)
