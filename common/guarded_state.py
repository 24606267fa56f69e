"""Rows whose state may not have moved under them since they were read."""

from collections.abc import Collection
from functools import cache
from typing import Any, Self

from django_fsm import ConcurrentTransitionMixin, FSMField

from common.quick_rows import QuickRow


class StateField(FSMField):
    """The state of a row, which nothing but its transitions sets.

    To a migration it is the text that its column holds. Each state field of the library
    listens to every model that is made, and a migration makes hundreds of them: a third
    of the time to fill an empty database went into that.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, protected=True, **kwargs)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        del kwargs["protected"]
        return name, "django.db.models.CharField", args, kwargs


class GuardedState(QuickRow, ConcurrentTransitionMixin):
    """The library's guard, which looks through a model's fields once.

    The library looks through them for every row that is read: on a list of fifty rows
    that was an eighth of all that the page did.
    """

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        row = super().from_db(db, field_names, values)
        # What the guard compares with when the row is saved.
        row._update_initial_state()  # noqa: SLF001  the library's own
        return row

    @property
    def state_fields(self) -> tuple[Any, ...]:
        model: Any = type(self)
        return state_fields_of(model)


@cache
def state_fields_of(model: Any) -> tuple[Any, ...]:
    fields = model._meta.fields  # noqa: SLF001  documented
    return tuple(field for field in fields if isinstance(field, StateField))
