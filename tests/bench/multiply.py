"""A world of any size: every Party with all that hangs from it, many times over.

It asks Django's registry which models and columns there are, so that a new one comes
along by itself. Only PostgreSQL: the copies are made where the rows are.
"""

from contextlib import contextmanager

from django.apps import apps
from django.db import connection, models, transaction

from orders.search import all_orders, write_texts
from parties.models import Party, User
from records.models import Counter
from tests.bench import rules
from worklist.commands.check import chunks

Field = models.Field


def execute(sql, parameters=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def foreign_keys(model):
    return [field for field in model._meta.concrete_fields if field.remote_field]


class Originals:
    """Which rows of the demo world hang from a Party: all others are there once."""

    def __init__(self):
        everything = apps.get_models(include_auto_created=True)
        self.found = {model: set() for model in everything}
        self.found[Party] = set(Party.objects.values_list("pk", flat=True))
        while sum(self.grow(model) for model in self.found):
            pass

    def __getitem__(self, model):
        return self.found[model]

    def grow(self, model):
        """Add the rows that hang from one that was found; return how many."""
        hang = models.Q(pk__in=[])
        for field in foreign_keys(model):
            found = self.found[field.related_model]
            hang |= models.Q(**{f"{field.attname}__in": found})
        if any(field.name == "thread" for field in model._meta.fields):
            hang |= models.Q(thread__in=self.threads())
        rows = set(model._base_manager.filter(hang).values_list("pk", flat=True))
        new = rows - self.found[model]
        self.found[model] |= new
        return len(new)

    def threads(self):
        people = {f"{rules.PERSON}{pk}" for pk in self.found[User]}
        references = (
            model._base_manager.filter(pk__in=pks).values_list("reference", flat=True)
            for model, pks in self.found.items()
            if any(field.name == "reference" for field in model._meta.fields)
        )
        return people.union(*references)

    def are_all_of(self, model):
        return model._base_manager.count() == len(self.found[model])


def multiply(times):
    """Make `times` worlds of the one that is there, and check what they hang from."""
    kinds = set(Counter.objects.values_list("name", flat=True))
    assert kinds <= set(rules.KINDS), f"References unknown to rules.py: {kinds}"
    originals = Originals()
    staff = User.objects.exclude(pk__in=originals[User]).values_list("email", flat=True)
    how = {"copies": times - 1, "staff": list(staff)}
    copied = [model for model, pks in originals.found.items() if is_copied(model, pks)]
    with transaction.atomic(), quickly(copied):
        for model in copied:
            assert max(originals[model]) < rules.KEYS_APART
            execute(copying(model, originals), {**how, "pks": list(originals[model])})
        execute(f"UPDATE records_counter SET value = {times * rules.APART}")
    for model in copied:
        set_sequence(model)
        require_targets(model)
    for threads in chunks(list(all_orders())):
        write_texts(threads)


def is_copied(model, pks):
    return pks and model._meta.label not in rules.DERIVED


def copying(model, originals):
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(value_of(field, originals) for field in fields)
    table, pk = model._meta.db_table, model._meta.pk.column
    return (
        f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM "{table}" AS t, '
        f'generate_series(1, %(copies)s) AS copy WHERE t."{pk}" = ANY(%(pks)s)'
    )


def value_of(field, originals):
    """Return in SQL what a copy says in one column."""
    column = f't."{field.column}"'
    if field.primary_key or rules.is_key(field):
        return f"{column} + {rules.LATER}"
    if field.remote_field:
        return key_of(column, field.related_model, originals)
    for applies, rule in (
        (rules.is_numbered(field), rules.with_number),
        (isinstance(field, models.EmailField), rules.of_another),
        (field.name == "thread", rules.of_thread),
        (tells_references(field), rules.with_references),
    ):
        if applies:
            cast = "::jsonb" if isinstance(field, models.JSONField) else ""
            return f"({rule(column)}){cast}"
    return column


def key_of(column, target, originals):
    if not originals[target]:
        return column
    if originals.are_all_of(target):
        return f"{column} + {rules.LATER}"
    pks = ", ".join(map(str, sorted(originals[target])))
    later = f"{column} + {rules.LATER}"
    return f"CASE WHEN {column} IN ({pks}) THEN {later} ELSE {column} END"


def tells_references(field):
    """Say whether references stand in a column of the world that is copied."""
    if not isinstance(field, (models.CharField, models.TextField, models.JSONField)):
        return False
    table = field.model._meta.db_table
    asked = f'SELECT 1 FROM "{table}" WHERE "{field.column}"::text ~ %s LIMIT 1'
    return bool(execute(asked, [rules.REFERENCE]))


@contextmanager
def quickly(copied):
    """Leave out triggers, and make the indexes anew at the end: that takes minutes."""
    tables = [model._meta.db_table for model in copied]
    made = execute(
        """SELECT format('%%I', i.indexname), i.indexdef FROM pg_indexes AS i
        WHERE i.schemaname = 'public' AND i.tablename = ANY(%s) AND NOT EXISTS (
            SELECT 1 FROM pg_constraint WHERE conindid = i.indexname::regclass
        )""",
        [tables],
    )
    execute("SET LOCAL session_replication_role = replica")
    execute("SET LOCAL maintenance_work_mem = '512MB'")
    for name, _ in made:
        execute(f"DROP INDEX {name}")
    yield
    for _, definition in made:
        execute(definition)


def set_sequence(model):
    table, column = model._meta.db_table, model._meta.pk.column
    sequence = f"pg_get_serial_sequence('{table}', '{column}')"
    if execute(f"SELECT {sequence}") != [(None,)]:
        execute(f'SELECT setval({sequence}, (SELECT max("{column}") FROM "{table}"))')


def require_targets(model):
    """See that each foreign key leads to a row, as the database did not look."""
    for field in foreign_keys(model):
        target, column = field.related_model._meta, f't."{field.column}"'
        lost = execute(
            f'SELECT 1 FROM "{model._meta.db_table}" AS t WHERE {column} IS NOT NULL '
            f'AND NOT EXISTS (SELECT 1 FROM "{target.db_table}" AS r '
            f'WHERE r."{target.pk.column}" = {column}) LIMIT 1'
        )
        assert not lost, f"{field} leads nowhere"
