"""What is owed while two routes have points in common. Pure: rows in, work out."""

from collections.abc import Iterator

from sites import words
from sites.facts import SiteFacts, paired_told
from sites.states import PathAnswer
from worklist.kinds import Owed, WorkKind, declare
from worklist.states import Turn

ANSWER_PATHS = declare(
    WorkKind(
        "answer_common_points",
        app="sites",
        turn=Turn.AUTHORISER,
        what="Accept common points of the two routes, or ask otherwise",
        began="found",
        target="before the second link is installed",
        tell=words.answer_paths,
        load=paired_told,
        brief="common points of the two routes to be accepted",
    )
)
DESIGN_OUT = declare(
    WorkKind(
        "design_out_common_points",
        app="sites",
        turn=Turn.INSTALLER,
        what="Design out common points, and check both paths again",
        began="asked for",
        tell=words.design_out,
        load=paired_told,
        brief="common points of the two routes being designed out",
    )
)


def paths_owed(facts: SiteFacts) -> Iterator[Owed]:
    """Yield who has to act on what holds back a second link.

    Source: R-4.2-2, T34.
    """
    check, order = facts.held_by, facts.order
    if check is None:
        return
    if check.answer == PathAnswer.OTHERWISE and check.answered_at is not None:
        yield Owed(DESIGN_OUT, order, check.answered_at, owner=order.owner_id)
    else:
        yield Owed(ANSWER_PATHS, order, check.at)
