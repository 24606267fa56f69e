"""Indexes that find a word anywhere in a text, on databases that have such."""

from typing import Any

from django.db import migrations


def trigrams(table: str, name: str, expression: str) -> migrations.RunPython:
    """Return the step of a migration that indexes a text by its trigrams.

    PostgreSQL brings what it needs; where that is not installed yet, the role that
    migrates has to be the owner of the database. SQLite looks through the texts, which
    is quick enough for as many orders as anybody keeps in it.

    Args:
        expression: of SQL, as the search asks for it: `text`, `(UPPER("to"))`.
    """

    def add(apps: object, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute(
                f"CREATE INDEX {name} ON {table} USING gin ({expression} gin_trgm_ops)"
            )

    def remove(apps: object, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX {name}")

    return migrations.RunPython(add, remove)
