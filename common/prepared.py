"""Questions that a page asks each time: built and compiled once a process.

Django builds a statement anew each time it is asked, and compiles it column by column.
An order has sixty columns, and a page asks some fifteen statements: that was half of
all that a contact's page did. So what is always asked in the same words is declared as
a function that returns rows, with `@prepared` above it:

    @prepared
    def forms_of(order: int, day: date, *, is_open: bool) -> OrderQuerySet:
        ...

It is called as it is written and returns the same rows, in a list. Its body is run once
for each set of keywords, with gaps where its positional values will stand: it may
hand them to a filter, by themselves or in a tuple, and do nothing else with them. None
is no value, since SQL says it in other words; a tuple is filled up with its last value,
so that few lengths are compiled. What decides how the question is put is a keyword.

Of Django's own it uses what the query hands to whoever reads its rows: a compiler,
which here says the words that it said before. A test asks each of these questions of
both databases, once so and once without.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from copy import copy
from datetime import date, datetime
from functools import partial, update_wrapper
from itertools import count
from typing import Any, Generic, ParamSpec, Self, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Field,
    IntegerField,
    Model,
    QuerySet,
    Value,
)
from django.db.models.sql import Query
from django.http import Http404

P = ParamSpec("P")
Row = TypeVar("Row")
# What a value is sent as; a moment is a day as well, so it comes first.
FIELDS: dict[type, Field[Any, Any]] = {
    str: CharField(),
    int: IntegerField(),
    datetime: DateTimeField(),
    date: DateField(),
}
# The type of a value, and how many there are of a tuple; 0 of one by itself.
Shape = tuple[type, int]


class Gap(Value):
    """Where a value will stand: the compiled statement has it among its parameters."""

    def __init__(self, position: int, field: Field[Any, Any]) -> None:
        super().__init__(position, output_field=field)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    @property
    def is_dated(self) -> bool:
        """Whether a database has an own way to be sent such values."""
        return isinstance(self.output_field, DateField)

    def fill(self, values: list[Any], connection: Any) -> Any:
        field: Any = self.output_field
        return field.get_db_prep_value(values[self.value], connection)


class AskedQuery(Query):
    """The query of a statement that was compiled before, with its values."""

    statement: "Statement"
    values: list[Any]

    def clone(self) -> Self:
        """Share all: nothing of it is changed any more."""
        return copy(self)

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        return self.statement.compiler_for(self.values)


class Statement:
    """One question with gaps for its values, as Django compiled it."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self.using = rows.db
        self.compiler = rows.query.get_compiler(self.using)
        self.sql, self.parameters = self.compiler.as_sql()
        asked = [*enumerate(self.parameters)]
        gaps = [(place, one) for place, one in asked if isinstance(one, Gap)]
        self.dated = [(place, gap) for place, gap in gaps if gap.is_dated]
        self.plain = [(place, gap.value) for place, gap in gaps if not gap.is_dated]
        fields = [column for column, *_ in self.compiler.select]
        self.converters = self.compiler.get_converters(fields)
        self.rows = rows.all()
        query: Any = self.rows.query
        # As Django makes another kind of query of one; its own setter forgets as what
        # rows are read.
        query.__class__ = AskedQuery
        query.statement = self

    def ask(self, values: list[Any]) -> list[Any]:
        asked = self.rows.all()
        query: Any = asked.query
        query.values = values
        return list(asked)

    def known_converters(self, fields: object) -> Any:
        return self.converters

    def compiler_for(self, values: list[Any]) -> Any:
        """Return one that says the words that it said before, on this thread."""
        compiler, connection = copy(self.compiler), connections[self.using]
        parameters = list(self.parameters)
        for place, position in self.plain:
            parameters[place] = values[position]
        for place, gap in self.dated:
            parameters[place] = gap.fill(values, connection)
        vars(compiler).update(
            connection=connection,
            as_sql=partial(tuple, (self.sql, tuple(parameters))),
            get_converters=self.known_converters,
        )
        return compiler


# What was compiled in this process; nothing where no row can be meant.
STATEMENTS: dict[Hashable, Statement | None] = {}


class Prepared(Generic[P, Row]):
    """A question that is compiled once for each set of keywords."""

    def __init__(self, build: Callable[P, QuerySet[Any, Row]]) -> None:
        self.build = build
        update_wrapper(self, build)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[Row]:
        values: list[Any] = []
        shapes = tuple([shape_of(argument, values) for argument in args])
        key = (self.build, shapes, *kwargs.items())
        if key not in STATEMENTS:
            STATEMENTS[key] = self.compiled(shapes, kwargs)
        statement = STATEMENTS[key]
        return statement.ask(values) if statement else []

    def compiled(self, shapes: Iterable[Shape], kwargs: Any) -> Statement | None:
        """Return nothing where Django sees that no row can be meant."""
        build, positions = cast("Any", self.build), count()
        try:
            rows = build(*(gaps(one, positions) for one in shapes), **kwargs)
            return Statement(rows)
        except EmptyResultSet:
            return None


def hand_out(rows: Sequence[Model], relation: str, found: Iterable[Model]) -> None:
    """Let each row carry, of what was found, what hangs from it by a relation.

    As Django's own reading ahead does, which builds a query for each row.
    """
    if not rows:
        return
    there: Any = rows[0]._meta.get_field(relation)  # noqa: SLF001  documented
    field, hanging = there.field, defaultdict(list)
    for one in found:
        hanging[getattr(one, field.attname)].append(one)
    query_set = type(there.related_model.objects.all())
    for row in rows:
        read = query_set(there.related_model)
        # As Django marks what it read ahead.
        vars(read).update(_result_cache=hanging[row.pk], _prefetch_done=True)
        for one in hanging[row.pk]:
            field.set_cached_value(one, row)
        kept = vars(row).setdefault("_prefetched_objects_cache", {})
        kept[there.get_accessor_name()] = read


def one_or_404(rows: Iterable[Row]) -> Row:
    """Return the first of what was found.

    Raises:
        Http404: nothing was.
    """
    for row in rows:
        return row
    raise Http404


def prepared(build: Callable[P, QuerySet[Any, Row]]) -> Prepared[P, Row]:
    """Ask what a function builds without building it anew each time."""
    return Prepared(build)


def shape_of(argument: Any, values: list[Any]) -> Shape:
    """Add what is asked with to `values`, and return what the statement depends on."""
    if not isinstance(argument, tuple):
        values.append(argument)
        return kind_of(argument), 0
    if not argument:
        return str, -1
    length = 1 << (len(argument) - 1).bit_length()
    values += (*argument, *argument[-1:] * (length - len(argument)))
    return kind_of(argument[0]), length


def kind_of(value: Any) -> type:
    """Return as what a value is sent.

    Raises:
        TypeError: it is none, but part of how the question is put.
    """
    if type(value) in FIELDS:
        return type(value)
    for kind in FIELDS:
        if isinstance(value, kind) and not isinstance(value, bool):
            return kind
    raise TypeError(f"{value!r} is no value of a statement: hand it as a keyword.")


def gaps(shape: Shape, positions: Iterator[int]) -> Gap | tuple[Gap, ...]:
    """Return what stands for a value, or for a tuple of them, while it is built."""
    kind, length = shape
    if not length:
        return Gap(next(positions), FIELDS[kind])
    return tuple(Gap(next(positions), FIELDS[kind]) for _ in range(length))
