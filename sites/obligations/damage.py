"""What is owed about damage to the equipment at a site. Pure: rows in, work out."""

from collections.abc import Iterator

from sites import words
from sites.facts import SiteFacts, damage_told
from sites.obligations.queues import INSTALLATIONS
from sites.states import DamageState
from worklist.kinds import Owed, WorkKind, declare
from worklist.states import Turn

DECIDE_DAMAGE = declare(
    WorkKind(
        "decide_damage",
        app="sites",
        turn=Turn.OPERATIONS,
        what="Decide about damage to equipment",
        began="reported",
        queue=INSTALLATIONS,
        target="our target, {days}",
        days="BOOK_VISIT_WORKING_DAYS",
        counts_working_days=True,
        tell=words.decide_damage,
        load=damage_told,
        brief="damage being looked at",
    )
)
REPAIR_DAMAGE = declare(
    WorkKind(
        "repair_damage",
        app="sites",
        turn=Turn.INSTALLER,
        what="Repair damaged equipment",
        began="decided",
        queue=INSTALLATIONS,
        tell=words.repair_damage,
        load=damage_told,
        brief="damage being repaired",
        is_told_day=True,
    )
)


def damage_owed(facts: SiteFacts) -> Iterator[Owed]:
    """Yield what is owed about each report of damage that is not closed. R-5.2.2-4."""
    owner = facts.order.owner_id
    for report in facts.damage:
        if report.state == DamageState.REPORTED:
            yield Owed(DECIDE_DAMAGE, report, report.at, owner=owner)
        else:
            yield Owed(REPAIR_DAMAGE, report, report.decided_at, report.repair_by)
