"""Pages of a list of which a person has few: counted only where they must be."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property


class FewPages(Paginator[Any]):
    """A paginator that asks for no count where the first page shows all there is.

    Args:
        first: asks for as many rows from the first on, where that is prepared.
    """

    def __init__(
        self, rows: Any, per_page: int, first: Callable[[int], list[Any]] | None = None
    ) -> None:
        # Django looks at once whether rows are sorted, and so builds what it need not.
        super().__init__((), per_page)
        self.object_list = rows
        self.first = first

    @cached_property
    def first_rows(self) -> list[Any]:
        """One page and the first row of the next, if there is one."""
        size = self.per_page + 1
        return self.first(size) if self.first else list(self.object_list[:size])

    @cached_property
    def count(self) -> int:
        read = len(self.first_rows)
        return read if read <= self.per_page else super().count

    def page(self, number: int | str) -> Any:
        number = self.validate_number(number)
        if number > 1:
            return super().page(number)
        return Page(self.first_rows[: self.per_page], number, self)
