"""What is owed after a survey: its report, from whoever surveyed. Pure."""

from collections.abc import Iterator

from sites import words
from sites.facts import SiteFacts, surveys_told
from sites.obligations.queues import VISITS
from worklist.kinds import Owed, WorkKind, declare
from worklist.states import Turn

SURVEY_REPORT = declare(
    WorkKind(
        "hand_in_survey_report",
        app="sites",
        turn=Turn.INSTALLER,
        what="Hand in the survey report",
        began="surveyed",
        queue=VISITS,
        target="our target, {days}",
        days="BOOK_VISIT_WORKING_DAYS",
        counts_working_days=True,
        tell=words.survey_report,
        load=surveys_told,
        brief="survey report to come",
    )
)


def report_owed(facts: SiteFacts) -> Iterator[Owed]:
    """Yield the report of the latest survey while nobody has handed it in.

    It keeps nothing else from going on. Source: R-3.6-1.
    """
    found = (getattr(visit, "result", None) for visit in reversed(facts.visits))
    result = next((row for row in found if row is not None), None)
    if result is not None and result.report_id is None:
        yield Owed(SURVEY_REPORT, result, result.at)
