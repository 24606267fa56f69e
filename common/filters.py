"""What a list of the staff's pages may be asked: what its own links ask, no more.

Plain Django lets an address filter by every column of the row, also those that no page
shows: `?password__regex=` would spell out a secret letter by letter.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.utils.safestring import SafeString

from common.escaping import escaped

# What a list that is narrowed anew begins without.
LEFT_OUT = ("after", "p", "e")
ASKING = (
    '<form class="desk-ask" method="get"><label for="ask-{name}">{label}</label>'
    '<input type="{kind}" id="ask-{name}" name="{name}" value="{value}" '
    'maxlength="100" autocomplete="off">{kept}'
    '<button type="submit" class="button is-quiet">Show<span class="desk-vh"> '
    "{title}</span></button></form>"
)


def offered_lookups(model_admin: ModelAdmin[Any]) -> set[str]:
    """Return what the filters of a list ask for."""
    asked = (asked_by(one, model_admin.model) for one in model_admin.list_filter)
    return set().union(*asked)


def asked_by(filter_: Any, model: type[models.Model]) -> set[str]:
    """Return what the links of one of a list's filters ask for."""
    if isinstance(filter_, type) and issubclass(filter_, admin.SimpleListFilter):
        return {str(filter_.parameter_name)}
    field: Any = get_fields_from_path(model, filter_)[-1]
    if field.is_relation:
        exact = f"{filter_}__{field.target_field.name}__exact"
    elif field.choices or isinstance(field, models.BooleanField):
        exact = f"{filter_}__exact"
    else:
        # All values that occur are offered, each by the column's own name.
        exact = filter_
    return {exact, f"{filter_}__isnull"}


def asked_below(
    changelist: ChangeList, one: Any, label: str, *, kind: str = "text"
) -> SafeString:
    """Return what asks for a value that a filter offers no link for.

    Args:
        one: the filter, by whose parameter the value is sent.
        kind: of the input, such as "date".
    """
    name = str(one.parameter_name)
    given = changelist.params.items()
    kept = [pair for pair in given if pair[0] not in (name, *LEFT_OUT)]
    value = one.typed()
    return SafeString(
        ASKING.format(
            name=name,
            label=escaped(label),
            kind=kind,
            value=escaped(value),
            kept=hidden(kept),
            title=escaped(one.title),
        )
    )


def hidden(pairs: Iterable[tuple[str, Any]]) -> str:
    return "".join(
        f'<input type="hidden" name="{escaped(name)}" value="{escaped(value)}">'
        for name, value in pairs
    )
