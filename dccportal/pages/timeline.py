"""The 18 steps of an order, in five phases: the marks of each app, put in order.

docs/requirements.md lists them; sections 3.1 to 3.7.1 of the guidance say how they
follow.
"""

from dataclasses import replace

from common.clock import uk_date
from common.parts import Phase, Step
from connections import marks as service
from dccportal.pages.owed import owed_in
from orders import marks as request
from orders.file import OrderFile
from orders.marks import Mark
from quotes import marks as offer
from sites import marks as site
from sites.states import VisitPurpose
from worklist.contacts.turns import NOBODY, Turns, turn_tags
from worklist.models import WorkItem
from worklist.people import names

TITLES = ("Request", "Quotation", "Site and survey", "Build", "Into service")
STARTS = (1, 4, 7, 12, 17)
YOURS = "your turn"


def all_marks(file: OrderFile) -> list[Mark]:
    """Return the 18 steps, before it is known which of them is the one to do now."""
    return [
        request.submitted(file),
        request.checked(file),
        request.reviewed(file),
        offer.quoted(file),
        offer.decided(file),
        offer.verified(file),
        site.access_agreed(file),
        site.with_carrier(file),
        site.surveyed(file),
        offer.requoted(file),
        offer.reaccepted(file),
        site.permissions(file),
        site.delivery_date(file),
        site.installed(file, VisitPurpose.CIRCUIT),
        site.installed(file, VisitPurpose.EQUIPMENT),
        service.completed(file),
        service.configured(file),
        service.in_service(file),
    ]


def phases(file: OrderFile, marks: list[Mark]) -> list[Phase]:
    """Return the steps of an order under their five headings; an ended one stops.

    Args:
        marks: all 18, as `all_marks` gives them.
    """
    turn = owed_in(file).turn
    now = None if file.order.is_closed else first_to_do(marks)
    steps = [step_of(mark, is_now=mark is now, turn=turn) for mark in marks]
    ends = [*(start - 1 for start in STARTS[1:]), len(steps)]
    found = [
        phase_of(title, steps[start - 1 : end], start, turn)
        for title, start, end in zip(TITLES, STARTS, ends, strict=True)
    ]
    return ended(found, file) if file.order.is_closed else found


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


def step_of(mark: Mark, *, is_now: bool, turn: Turns) -> Step:
    step = Step(mark.name, who=mark.who, cause=mark.cause, why=mark.why)
    if mark.done_on:
        return replace(
            step, state="done", who=mark.by, day=mark.done_on, day_note=mark.day_note
        )
    if mark.absent:
        return replace(step, state="never", day_note=mark.absent)
    if is_now:
        who = party_words(turn) or mark.who
        state = "late" if mark.is_late else "now"
        return replace(step, state=state, who=who, day=mark.due, day_note=mark.left)
    return replace(step, day=mark.planned or mark.due, planned=True)


def duties(turn: Turns) -> list[WorkItem]:
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
    return Phase(title, steps, how_far(steps, turn), start)


def how_far(steps: list[Step], turn: Turns) -> str:
    """Say in few words how far a phase is: whose turn, under way, done or to come."""
    states = {step.state for step in steps}
    if states & {"now", "late"}:
        return next_words(turn)
    if "done" not in states:
        return "to come"
    waits = any(step.state == "next" for step in steps)
    return "under way" if waits else "done"


def ended(found: list[Phase], file: OrderFile) -> list[Phase]:
    """Keep what was done, and say how and when it ended."""
    kept = [
        replace(phase, steps=[step for step in phase.steps if step.state == "done"])
        for phase in found
    ]
    reached = [replace(phase, progress="") for phase in kept if phase.steps]
    order = file.order
    last = file.end
    end = Step(
        name=str(order.get_state_display()),
        state="done",
        day=order.closed_at and uk_date(order.closed_at),
        why=last.why if last else "",
    )
    count = sum(len(phase.steps) for phase in reached)
    return [*reached, Phase("Ended", [end], start=count + 1)]
