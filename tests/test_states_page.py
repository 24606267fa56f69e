"""docs/states.md says exactly what the machines do. Rewrite it with `STATES=write`."""

import os

import pytest
from django.apps import apps
from django_fsm import FSMField

from tools.paths import ROOT

PAGE = ROOT / "docs" / "states.md"
INTRO = """# States

Every move of every machine, as the code has it: a test holds this page true. Each is
made by `records.transitions.perform`, which checks the state and the person, saves the
row and appends to its history.
"""


def machines():
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, FSMField):
                # A choice hashes by its name and a word by itself: words only.
                yield model, [str(value) for value, _ in field.flatchoices]


def table(model, labels):
    moves = list(model().get_all_state_transitions())

    def place(move):
        return labels.index(str(move.source)), labels.index(str(move.target)), move.name

    lines = [
        f"| {move.source} | {move.name} | {move.target} "
        f"| {move.permission.__name__.replace('_', ' ')} | {move.custom['done']} |"
        for move in sorted(moves, key=place)
    ]
    ends = sorted(set(labels) - {str(move.source) for move in moves}, key=labels.index)
    heads = ["| from | move | to | who | in the history |", "| --- " * 5 + "|"]
    return "\n".join([*heads, *lines, "", f"Ends: {', '.join(ends)}."])


def page():
    parts = [
        f"## {model._meta.verbose_name.capitalize()}\n\n{table(model, labels)}\n"
        for model, labels in machines()
    ]
    return "\n".join([INTRO, *parts])


def test_the_page_of_states_is_what_the_machines_do():
    if os.environ.get("STATES") == "write":
        PAGE.write_text(page())

    assert PAGE.read_text() == page(), "rewrite it: STATES=write pytest this file"


@pytest.mark.parametrize(("model", "labels"), list(machines()))
def test_every_state_is_reached_from_the_first(model, labels):
    moves = list(model().get_all_state_transitions())
    reached = {str(model._meta.get_field("state").default)}
    for _ in labels:
        reached |= {str(move.target) for move in moves if str(move.source) in reached}

    assert reached == set(labels)
