"""The 18 steps of an order, in five phases. Pure: an order's story in, steps out.

docs/requirements.md lists them; sections 3.1 to 3.7.1 of the guidance say how they
follow.
"""

from dataclasses import replace
from typing import Any

from common.clock import uk_date
from common.parts import Phase, Step
from dccportal.pages.marks import Mark
from dccportal.pages.story import Story
from worklist.contacts.turns import NOBODY, Turns, turn_tags
from worklist.people import names

TITLES = ("Request", "Quotation", "Site and survey", "Build", "Into service")
STARTS = (1, 4, 7, 12, 17)
YOURS = "your turn"


def phases(story: Story, marks: list[Mark]) -> list[Phase]:
    """Return the steps of an order under their five headings; an ended one stops.

    Args:
        marks: all 18, as `all_marks` gives them.
    """
    now = None if story.order.is_closed else first_to_do(marks)
    steps = [step_of(mark, is_now=mark is now, story=story) for mark in marks]
    ends = [*(start - 1 for start in STARTS[1:]), len(steps)]
    found = [
        phase_of(title, steps[start - 1 : end], start, story.turn)
        for title, start, end in zip(TITLES, STARTS, ends, strict=True)
    ]
    return ended(found, story) if story.order.is_closed else found


def progress_words(marks: list[Mark], *, is_closed: bool) -> str:
    """Return "10 of 15 steps done": what is not needed is not counted."""
    if is_closed:
        return "ended"
    needed = [mark for mark in marks if not mark.absent]
    done = sum(mark.done_on is not None for mark in needed)
    return f"{done} of {len(needed)} steps done"


def first_to_do(marks: list[Mark]) -> Mark | None:
    open_marks = (mark for mark in marks if mark.done_on is None and not mark.absent)
    return next(open_marks, None)


def step_of(mark: Mark, *, is_now: bool, story: Story) -> Step:
    step = Step(mark.name, who=mark.who, cause=mark.cause, why=mark.why)
    if mark.done_on:
        return replace(
            step, state="done", who=mark.by, day=mark.done_on, beside=mark.beside
        )
    if mark.absent:
        return replace(step, state="never", beside=mark.absent)
    if is_now:
        who = party_words(story.turn) or mark.who
        state = "late" if mark.is_late else "now"
        return replace(step, state=state, who=who, day=mark.due, beside=mark.left)
    return replace(step, day=mark.planned or mark.due, planned=True)


def duties(turn: Turns) -> list[Any]:
    """Return what is owed in the order, and is no right that somebody may leave."""
    return [item for item in turn.items if not item.declared.is_right]


def party_words(turn: Turns) -> str:
    """Return "your turn", or the colleagues whose turn it is; else nothing."""
    for item in duties(turn):
        kind = item.declared
        if kind.is_of_party:
            mine = turn.people.is_for_reader(kind)
            who = names(turn.people.may(kind), "or")
            return YOURS if mine else who or NOBODY.lower()
    return ""


def next_words(turn: Turns) -> str:
    """Say in few words who has the next step of an order."""
    party = party_words(turn)
    if party == YOURS:
        return party
    others = [turn_tags(item, turn.people)[0].words for item in duties(turn)]
    who = party or next(iter(others), "")
    return f"{who} has the next step" if who else "under way"


def phase_of(title: str, steps: list[Step], start: int, turn: Turns) -> Phase:
    return Phase(title, steps, beside(steps, turn), start)


def beside(steps: list[Step], turn: Turns) -> str:
    """Say in few words how far a phase is: whose turn, under way, done or to come."""
    states = {step.state for step in steps}
    if states & {"now", "late"}:
        return next_words(turn)
    if "done" not in states:
        return "to come"
    waits = any(step.state == "next" for step in steps)
    return "under way" if waits else "done"


def ended(found: list[Phase], story: Story) -> list[Phase]:
    """Keep what was done, and say how and when it ended."""
    kept = [
        replace(phase, steps=[step for step in phase.steps if step.state == "done"])
        for phase in found
    ]
    reached = [replace(phase, beside="") for phase in kept if phase.steps]
    order = story.order
    last = story.events[-1] if story.events else None
    end = Step(
        name=str(order.get_state_display()),
        state="done",
        day=uk_date(order.closed_at),
        why=last.why if last else "",
    )
    count = sum(len(phase.steps) for phase in reached)
    return [*reached, Phase("Ended", [end], start=count + 1)]
