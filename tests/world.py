"""What the cast builds is built once a process, and laid out anew for each test.

Taking an order to a connection in service is some 400 statements by commands. Where
a test asks for the same people and orders in the same sequence as a test before it,
the rows, the stored files and the objects that came of it are put there instead, and
the clock stands no earlier than it did then. Every test still has its own transaction,
and all rows are rolled back with it.

As soon as a test did anything else (wrote a row of its own, moved the clock, changed a
setting, patched something), what it asks for afterwards is built by commands.
"""

import contextlib
import functools
import io
import pickle
import re
import time
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.db.models import Model

WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
READS = re.compile(r"(?:SELECT|(?:RELEASE )?SAVEPOINT|BEGIN|PRAGMA|SHOW)\b")
# No command asks who is signed in, or when somebody last was.
SIGNS_IN = re.compile(
    r'(?:INSERT INTO|UPDATE|DELETE FROM) "django_session"'
    r'|UPDATE "parties_user" SET "last_login" = \S+ WHERE'
)
SECONDS_APART = 1


@dataclass(frozen=True)
class Kept:
    """What came of one step."""

    sql: list[str]
    files: dict[str, bytes]
    value: bytes
    until: float


class World:
    """The steps that led to where a test stands, and what came of each, by path."""

    def __init__(self):
        self.kept = {}
        self.begin(None)

    def begin(self, clock):
        """Stand before a test whose clock is `clock`; without one nothing is kept."""
        self.clock, self.path, self.values = clock, (), {}
        self.is_known, self.is_in_step, self.tables = clock is not None, False, {}
        self.ahead = time.time() - time.monotonic()

    def lose(self):
        """From here on the test stands where no other did."""
        self.is_known = False

    def forget(self):
        """Keep nothing of before: tables were made anew, and count from one again."""
        self.kept = {}
        self.lose()

    def watch(self, execute, sql, params, many, context):
        """Note each table before it is first written, as a wrapper of execution."""
        if not self.is_in_step:
            if not (READS.match(sql) or SIGNS_IN.match(sql)):
                self.lose()
        elif (written := WRITES.match(sql)) and written[1] not in self.tables:
            self.tables[written[1]] = rows_of(written[1], context["cursor"])
        return execute(sql, params, many, context)

    def is_where_others_were(self):
        moved = abs(time.time() - time.monotonic() - self.ahead) > SECONDS_APART
        return self.is_known and not moved

    def step(self, name, build):
        """Return what `build` makes, from what was kept where that is known."""
        if self.is_in_step:
            return build()
        if not self.is_where_others_were():
            self.lose()
            return build()
        path = (*self.path, name)
        self.is_in_step, self.tables = True, {}
        try:
            if path in self.kept:
                value = self.lay_out(self.kept[path])
            else:
                value = self.keep(path, build)
        except BaseException:
            self.lose()
            raise
        finally:
            self.is_in_step = False
        self.path, self.values[len(path)] = path, value
        return value

    def keep(self, path, build):
        stored, sent = set(stored_files()), len(mail.outbox)
        value = build()
        if len(mail.outbox) != sent:
            self.lose()
            return value
        files = {
            name: file.read_bytes()
            for name, file in stored_files().items()
            if name not in stored
        }
        tables, self.tables = self.tables, {}
        sql = [words for name in tables for words in changes(name, tables[name])]
        self.kept[path] = Kept(sql, files, self.pickled(value), time.time())
        return value

    def lay_out(self, kept):
        """Write the rows past Django, which would look at each statement again."""
        connection.ensure_connection()
        with (
            transaction.atomic(savepoint=False),
            contextlib.closing(connection.connection.cursor()) as cursor,
        ):
            for statements in at_a_time(kept.sql):
                cursor.execute(statements)
        for name, content in kept.files.items():
            file = Path(settings.MEDIA_ROOT) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        if time.time() < kept.until:
            self.clock.move_to(kept.until)
            self.ahead = time.time() - time.monotonic()
        reader = pickle.Unpickler(io.BytesIO(kept.value))
        reader.persistent_load = self.values.__getitem__
        return reader.load()

    def pickled(self, value):
        """Freeze an object; those that a test holds already stay the very same."""
        held = {
            id(known): place
            for place, known in self.values.items()
            if isinstance(known, Model)
        }
        text = io.BytesIO()
        writer = pickle.Pickler(text)
        writer.persistent_id = lambda found: held.get(id(found))
        writer.dump(value)
        return text.getvalue()


WORLD = World()


def at_a_time(statements):
    """Yield them as the database takes them: PostgreSQL takes all in one go."""
    if connection.vendor == "postgresql" and statements:
        return [";".join(statements)]
    return statements


def kept_once(build):
    """Mark a fixture of the cast as one that is built once and laid out anew."""
    name = f"{build.__module__}.{build.__qualname__}"

    @functools.wraps(build)
    def step(**others):
        return WORLD.step(name, lambda: build(**others))

    return step


def stored_files():
    root = Path(settings.MEDIA_ROOT)
    return {
        str(file.relative_to(root)): file for file in root.rglob("*") if file.is_file()
    }


@functools.cache
def columns_of(table):
    """Return the names of a table's columns, that of the key first."""
    models = apps.get_models(include_auto_created=True)
    (model,) = (one for one in models if one._meta.db_table == table)
    key = model._meta.pk
    others = [field for field in model._meta.local_concrete_fields if field != key]
    return [field.column for field in (key, *others)]


def rows_of(table, cursor):
    """Return the rows by key, each value as the database itself would write it."""
    write = {"postgresql": "quote_nullable", "sqlite": "quote"}[connection.vendor]
    names = ", ".join(f'{write}("{name}")' for name in columns_of(table))
    cursor.execute(f'SELECT {names} FROM "{table}"')
    return {key: tuple(values) for key, *values in cursor.fetchall()}


def changes(table, before):
    """Yield the statements that make a table what it is now out of what it was."""
    with connection.cursor() as cursor:
        now = rows_of(table, cursor)
    key, *others = (f'"{name}"' for name in columns_of(table))
    if gone := ", ".join(before.keys() - now.keys()):
        yield f'DELETE FROM "{table}" WHERE {key} IN ({gone})'
    for one in before.keys() & now.keys():
        if before[one] != now[one]:
            pairs = zip(others, now[one], strict=True)
            values = ", ".join(f"{name} = {value}" for name, value in pairs)
            yield f'UPDATE "{table}" SET {values} WHERE {key} = {one}'
    if rows := [
        f"({', '.join([one, *now[one]])})" for one in now.keys() - before.keys()
    ]:
        names = ", ".join([key, *others])
        yield f'INSERT INTO "{table}" ({names}) VALUES {", ".join(rows)}'
