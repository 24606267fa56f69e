"""Rows whose state may not have moved under them since they were read."""

from functools import cache
from typing import Any

from django_fsm import ConcurrentTransitionMixin, FSMField


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


class GuardedState(ConcurrentTransitionMixin):
    """The library's guard, which looks through a model's fields once.

    The library looks through them for every row that is read: on a list of fifty rows
    that was an eighth of all that the page did.
    """

    @property
    def state_fields(self) -> tuple[Any, ...]:
        model: Any = type(self)
        return state_fields_of(model)


@cache
def state_fields_of(model: Any) -> tuple[Any, ...]:
    fields = model._meta.fields  # noqa: SLF001  documented
    return tuple(field for field in fields if isinstance(field, StateField))
