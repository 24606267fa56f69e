"""Events and documents are only ever added: the database itself refuses the rest."""

from django.db import migrations

TABLES = ("records_event", "records_document")

POSTGRESQL = """
CREATE OR REPLACE FUNCTION records_refuse() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END;
$$ LANGUAGE plpgsql;
"""


def add_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
    hold(schema_editor, TABLES)


def hold(schema_editor, tables):
    """Let the database refuse all but additions to these tables."""
    for table in tables:
        for sql in statements(schema_editor.connection.vendor, table):
            schema_editor.execute(sql)


def statements(vendor, table):
    if vendor == "postgresql":
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION records_refuse()"
        )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION records_refuse()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def drop_triggers(apps, schema_editor):
    let_go(schema_editor, TABLES)


def let_go(schema_editor, tables):
    postgresql = schema_editor.connection.vendor == "postgresql"
    endings = (
        ("append_only", "no_truncate") if postgresql else ("no_update", "no_delete")
    )
    for table in tables:
        for ending in endings:
            on = f" ON {table}" if postgresql else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{ending}{on}")


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [migrations.RunPython(add_triggers, drop_triggers)]
