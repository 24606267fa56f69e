"""What a list of the staff's pages may be asked: what its own links ask, no more.

Plain Django lets an address filter by every column of the row, also those that no page
shows: `?password__regex=` would spell out a secret letter by letter.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import get_fields_from_path
from django.db import models


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
