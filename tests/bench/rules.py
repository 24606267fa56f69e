"""What a copy of a row says otherwise than the row itself: rules, column by column.

A copy is numbered. Every primary key of copy 7 is 3,500,000 more than its original's,
and every number of a reference is 70,000 more: ORD-1042 becomes ORD-71042. What is told
of a row by its key or its reference is thus true of the copy without looking anything
up.
"""

from django.db import models

from common.look import LookField

# Of references and of keys: those of three thousand copies still fit into 32 bits.
APART, KEYS_APART = 10_000, 500_000
# `copy` is the number of the copy in the SQL of this package.
LATER = f"copy * {KEYS_APART}"
KINDS = ("ORD", "QUO", "CON", "VIS", "ENQ", "REF", "PTY", "DAM", "REP", "INV")
REFERENCE = rf"\m({'|'.join(KINDS)})-(\d{{4}})(?!\d)"
# A person has no reference: its thread is made of its key.
PERSON = "USER-"
# What tells of a row of any model by its key, beside foreign keys.
KEYS = {"subject", "subject_pk"}
# What follows from other rows, and is written from them when all are there.
DERIVED = {"orders.SearchText"}
# What must differ from copy to copy, though no constraint asks for it.
NUMBERED = {
    "orders.ConnectionRequest": {"customer_reference"},
    "orders.Sharer": {"name"},
    "parties.Party": {"name"},
    "sites.InstallationStage": {"provider_reference"},
}


def is_key(field):
    return field.name in KEYS and isinstance(field, models.IntegerField)


def is_numbered(field):
    """Say whether the words of a copy end with its number."""
    name = field.of if isinstance(field, LookField) else field.name
    if name in NUMBERED.get(field.model._meta.label, ()):
        return True
    is_text = isinstance(field, (models.CharField, models.TextField))
    return is_text and field.unique and field.name != "reference"


def with_number(column):
    return f"CASE WHEN {column} = '' THEN '' ELSE {column} || ' ' || copy END"


def with_references(column):
    return (
        f"regexp_replace({column}::text, '{REFERENCE}', '\\1-' || copy || '\\2', 'g')"
    )


def of_thread(column):
    key = f"substr({column}, {len(PERSON) + 1})"
    return (
        f"CASE WHEN starts_with({column}, '{PERSON}') "
        f"THEN '{PERSON}' || ({key}::int + {LATER}) "
        f"ELSE {with_references(column)} END"
    )


def of_another(column):
    """Return the address of another person of that name; staff stay who they are."""
    return (
        f"CASE WHEN {column} = ANY(%(staff)s) THEN {column} "
        f"ELSE replace({column}, '@', '.' || copy || '@') END"
    )
