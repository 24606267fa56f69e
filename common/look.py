"""A column that holds what another one looks like, so that the database can compare."""

from typing import Any

from django.db import models

from common.lines import look

# Some signs are written out by several letters; an index holds no more than this.
LONGEST = 600


class LookField(models.CharField[str, str]):
    """The look of the field `of`, set whenever the row is saved.

    A save that names its fields has to name this one beside the other.
    """

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        kwargs |= {"max_length": LONGEST, "editable": False, "default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, instance: models.Model, add: bool) -> str:
        found = look(getattr(instance, self.of))[:LONGEST]
        setattr(instance, self.attname, found)
        return found
