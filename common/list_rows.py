"""The rows of a list of the desk, written as Django's admin writes them.

Django finds out anew for each cell what its column is, and sets out for a template a
row. Here a column is looked up once a list, and a row is one string. What stands on the
page is the same to the letter (a test compares them).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import display_for_field, display_for_value
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db import models
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString

from common.escaping import escaped

CHECKBOX = "action_checkbox"
NO_WRAP = (models.DateField, models.TimeField, models.ForeignKey)
Cell = Callable[[Any], str]


def rows_of(changelist: ChangeList) -> SafeString:
    """Return all rows of a list as the body of its table."""
    cells = cells_of(changelist)
    rows = ("".join([cell(row) for cell in cells]) for row in changelist.result_list)
    return SafeString("".join([f"\n\n<tr>{row}</tr>\n" for row in rows]))


BOX = """
<details data-filter-title="{title}" open>
  <summary>
     By {title}{space}
  </summary>
  <ul>
  {choices}
  </ul>
</details>
"""


def filters_of(changelist: ChangeList) -> SafeString:
    """Return the boxes beside a list, of which each has what it can be narrowed to."""
    boxes = (box_of(changelist, one) for one in changelist.filter_specs)
    return SafeString("".join(boxes))


def box_of(changelist: ChangeList, one: Any) -> str:
    choices = "".join(map(choice_line, one.choices(changelist)))
    below = one.below(changelist) if hasattr(one, "below") else ""
    box = BOX.format(title=escaped(one.title), space=" ", choices=choices)
    return box.replace("</ul>", f"</ul>{below}") if below else box


def choice_line(choice: dict[str, Any]) -> str:
    chosen = ' class="selected"' if choice["selected"] else ""
    link = escaped(iri_to_uri(choice["query_string"]))
    words = escaped(choice["display"])
    return f'\n    <li{chosen}>\n    <a href="{link}">{words}</a></li>\n  '


def cells_of(changelist: ChangeList) -> list[Cell]:
    """Return for each column what writes its cell of a row.

    The first column that leads to the page of the row is the heading of the row.
    """
    linked = linked_columns(changelist)
    cells: list[Cell] = []
    for name in map(str, changelist.list_display):
        column = column_of(changelist, name)
        if name in linked:
            tag = "th" if name == linked[0] else "td"
            cells.append(LinkedCell(changelist, column, tag))
        else:
            cells.append(column.cell)
    return cells


def linked_columns(changelist: ChangeList) -> list[str]:
    links, shown = changelist.list_display_links, map(str, changelist.list_display)
    if links is None:
        return []
    return [name for name in shown if name in links] if links else [next(shown)]


@dataclass
class Column:
    """One column: what its method of the admin says, or a field of the row.

    Args:
        kind: the class of its cells.
        method: takes the row; none if it is a field.
        empty: shown where there is nothing.
    """

    name: str
    kind: str
    empty: str
    method: Any = None
    field: Any = None

    def cell(self, row: Any) -> str:
        kind, shown = self.shown(row)
        return f'<td class="{kind}">{escaped(shown)}</td>'

    def shown(self, row: Any) -> tuple[str, object]:
        """Return the classes of the cell, and what stands in it."""
        try:
            return self.told(row) if self.field is None else self.kept(row)
        except ObjectDoesNotExist:
            return self.kind, self.empty

    def told(self, row: Any) -> tuple[str, object]:
        value = self.method(row)
        if isinstance(value, str):
            return self.kind, value if value.strip() else self.empty
        is_moment = isinstance(value, (date, time))
        boolean = getattr(self.method, "boolean", False)
        kind = f"{self.kind} nowrap" if is_moment else self.kind
        return kind, display_for_value(value, self.empty, boolean)

    def kept(self, row: Any) -> tuple[str, object]:
        value = getattr(row, self.name)
        if isinstance(self.field, models.ForeignKey):
            return self.kind, self.empty if value is None else value
        return self.kind, display_for_field(value, self.field, self.empty)


def column_of(changelist: ChangeList, name: str) -> Column:
    model_admin: Any = changelist.model_admin
    empty = model_admin.get_empty_value_display()
    kind = "action-checkbox" if name == CHECKBOX else f"field-{name}"
    field = field_called(changelist, name)
    if field is None:
        method = getattr(model_admin, name, None) or in_words(name)
        empty = getattr(method, "empty_value_display", empty)
        return Column(name, kind, empty, method=method)
    if isinstance(field, NO_WRAP):
        kind = f"{kind} nowrap"
    return Column(name, kind, empty, field=field)


def field_called(changelist: ChangeList, name: str) -> Any:
    try:
        return changelist.lookup_opts.get_field(name)
    except FieldDoesNotExist:
        return None


def in_words(name: str) -> Cell:
    """Return what reads a property or a method of the row itself."""

    def read(row: Any) -> Any:
        value = getattr(row, name)
        return value() if callable(value) else value

    return read


class LinkedCell:
    """A cell that leads to the page of its row, and from there back to the list."""

    def __init__(self, changelist: ChangeList, column: Column, tag: str) -> None:
        self.changelist, self.column, self.tag = changelist, column, tag
        self.query: str | None = None

    def __call__(self, row: Any) -> str:
        kind, shown = self.column.shown(row)
        address = self.changelist.url_for_result(row)
        if self.query is None:
            self.query = self.query_after(address)
        tag, address = self.tag, escaped(f"{address}{self.query}")
        return f'<{tag} class="{kind}"><a href="{address}">{escaped(shown)}</a></{tag}>'

    def query_after(self, address: str) -> str:
        """Return what keeps the filters of the list: the same after every address."""
        kept = self.changelist.preserved_filters
        context: Any = {"preserved_filters": kept, "opts": self.changelist.opts}
        return str(add_preserved_filters(context, address)).removeprefix(address)
