"""What the demo's Parties ask the Service Desk: waiting, with a call, and answered."""

from datetime import timedelta

from dccportal.demo.people import GRACE
from dccportal.demo.world import World
from orders import commands
from orders.models import Enquiry
from orders.states import EnquiryKind
from parties.models import User
from worklist.commands import hand_over_work
from worklist.models import WorkItem

PRIYA = "priya.nair@brightmoor.example"
RUTH = "ruth.adeyemi@calderwye.example"
HELEN = "helen.marsh@fenland.example"
CALL_IN = timedelta(days=2)


def ask(world: World, who: str, days: int, kind: str, words: str) -> Enquiry:
    person: User = world.people[who]
    assert person.party_id is not None  # noqa: S101  they are of a Party
    is_call = kind == EnquiryKind.CALL
    return commands.raise_enquiry(
        person.party_id,
        by=person,
        kind=kind,
        words=words,
        phone="01632 960119" if is_call else "",
        best_time="Weekdays before 11am" if is_call else "",
        at=world.working_days_ago(days, 9, 40),
    )


def waiting(world: World) -> None:
    words = (
        "We plan two circuits into Thornby Park and one into Kelham Works. Can the "
        "third stand by for either of the two?"
    )
    ask(world, PRIYA, 2, EnquiryKind.CALL, words)


def handed_over(world: World) -> None:
    """Operations gave one to a colleague of the Service Desk, with a word on it."""
    first = Enquiry.objects.get(asked_by=world.people[PRIYA])
    (item,) = WorkItem.objects.open().filter(thread=first.thread)
    hand_over_work(
        [item.pk],
        by=world.operator,
        to_id=world.people[GRACE].pk,
        note="You planned their first circuits with them.",
        at=world.working_days_ago(1, 15),
    )


def call_arranged(world: World) -> None:
    words = "Three suppliers of ours want to share two connections at two sites."
    enquiry = ask(world, RUTH, 3, EnquiryKind.CALL, words)
    commands.arrange_call(
        enquiry.pk,
        by=world.operator,
        call_at=world.now + CALL_IN,
        at=world.working_days_ago(1, 10),
    )


def answered(world: World) -> None:
    words = "Which sizes do you count for a meter reading by DUIS, request and answer?"
    enquiry = ask(world, HELEN, 6, EnquiryKind.MESSAGE_SIZES, words)
    commands.answer_enquiry(
        enquiry.pk,
        by=world.operator,
        outcome="The planner's assumptions are the sizes that we use ourselves. Count "
        "the request and the answer apart, and add a tenth for signatures.",
        at=world.working_days_ago(5, 15),
    )


STORIES = (answered, call_arranged, waiting)
