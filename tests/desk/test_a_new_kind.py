"""A new kind of work touches the app that owns it and a table of tests, no more."""

import ast
import re
from importlib import import_module

import pytest
from django.urls import reverse

from orders.facts import order_facts, orders_told
from tests.test_architecture import APPS, trees
from tools.paths import ROOT
from worklist import parts
from worklist.commands import mend
from worklist.kinds import KINDS, Owed, WorkKind, WorkQueue
from worklist.parts import Part, register
from worklist.states import Turn
from worklist.words import Words

SIRENS = WorkQueue("sirens", "Sirens", "Sirens to try", "The siren is to be tried.")
TRY = WorkKind(
    "try_siren", "alarms", Turn.OPERATIONS, "Try the siren", "asked for", queue=SIRENS
)
HEAR = WorkKind(
    "hear_siren",
    "alarms",
    Turn.SUBMITTER,
    "Hear the siren",
    "asked for",
    tell=lambda order, *_: Words(f"Say whether {order} has a siren"),
    load=orders_told,
    brief="siren to be heard",
)
TOLD = "Say whether {} has a siren"


def sirens_owed(facts):
    yield Owed(TRY, facts.order, facts.order.created_at)
    yield Owed(HEAR, facts.order, facts.order.created_at)


@pytest.fixture
def siren(submitted_order, monkeypatch):
    """An order in which an app that there is not owes two kinds of work."""
    for kind in (TRY, HEAR):
        monkeypatch.setitem(KINDS, kind.slug, kind)
    # Apps declare their kinds as Django starts, before anything is asked.
    monkeypatch.setattr("common.prepared.STATEMENTS", {})
    part = Part("alarms", order_facts, sirens_owed, queues=(SIRENS,))
    monkeypatch.setitem(register.parts, part.app, part)
    mend()
    return submitted_order


def test_it_stands_in_its_queue_on_the_desks_list_and_on_its_first_page(siren, at):
    assert at.owed(queue="sirens") == [siren.reference]

    shown = at.client.get(reverse("admin:index")).context
    counts = {card["queue"].title: card["queue"].count for card in shown["cards"]}
    assert counts["Sirens to try"] == 1
    assert "Sirens" in {queue.short for queue in shown["desk_strip"]}


def test_the_desk_reads_it_on_the_order_with_everything_else_that_is_owed(siren, at):
    owed = [line.due.what for line in at.order(siren).context["owed"]]

    assert {"Try the siren", "Hear the siren"} <= set(owed)


def test_its_party_reads_it_on_its_first_page_and_on_that_of_the_order(
    siren, client, submitter
):
    client.force_login(submitter)

    for url in ("/orders/", siren.get_absolute_url()):
        assert TOLD.format(siren) in client.get(url).content.decode()


# Who names a kind

PACKAGES = {"enquiries": "orders", "nominations": "orders"}
OWNERS = {slug: PACKAGES.get(kind.app, kind.app) for slug, kind in KINDS.items()}
NAMED_SO = {
    f"{app}.obligations": {
        name
        for name, value in vars(import_module(f"{app}.obligations")).items()
        if isinstance(value, WorkKind | WorkQueue)
    }
    for app in set(OWNERS.values())
}


# The guidance has facts of its own, one of which is called so.
SAME_WORD = {"guidance/wording.py renewal_notice"}


def taken_from_others(path, tree):
    """Yield each kind and queue that a module imports from an app that is not its."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in NAMED_SO:
            for each in node.names:
                is_own = node.module.startswith(f"{path.parts[0]}.")
                if each.name in NAMED_SO[node.module] and not is_own:
                    yield f"{path} {each.name}"


def written_by_others(path, tree):
    """Yield each kind whose slug a module writes though its app does not own it."""
    for node in ast.walk(tree):
        slug = node.value if isinstance(node, ast.Constant) else None
        if OWNERS.get(slug, path.parts[0]) != path.parts[0]:
            yield f"{path} {slug}"


@pytest.mark.parametrize("search", [taken_from_others, written_by_others])
def test_no_module_names_a_kind_or_a_queue_of_another_app(search):
    assert set(OWNERS.values()) <= set(APPS)
    assert all(NAMED_SO.values())
    found = [
        words
        for path, tree in trees().items()
        if "demo" not in path.parts
        for words in search(path, tree)
    ]

    assert set(found) <= SAME_WORD


def test_no_template_names_a_kind_or_a_queue():
    queues = "|".join(queue.slug for queue in register.queues())
    named = re.compile(rf"\b({'|'.join(KINDS)})\b|queue=({queues})\b")
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for match in named.finditer(path.read_text())
    ]

    assert found == []


def test_the_queues_are_those_that_kinds_stand_in():
    stood_in = {kind.queue.slug for kind in KINDS.values() if kind.queue}

    assert {queue.slug for queue in register.queues()} == stood_in


def test_kinds_and_queues_stand_in_the_order_of_the_layers_whoever_is_imported_first(
    monkeypatch,
):
    was = register.kinds()
    turned = dict(reversed(KINDS.items()))

    monkeypatch.setattr(parts, "KINDS", turned)

    assert [kind.app for kind in register.kinds()] == [kind.app for kind in was]
    assert list(dict.fromkeys(OWNERS[kind.slug] for kind in was)) == [
        app for app in APPS if app in OWNERS.values()
    ]


TABLE = ROOT / "tests/worklist/test_what_is_owed.py"


@pytest.mark.parametrize("slug", KINDS)
def test_each_kind_has_its_row_in_the_table_of_what_is_owed(slug):
    assert f'"{slug}"' in TABLE.read_text()
