"""The queues in which the desk lists the work on site. Pure."""

from parties.states import Role
from worklist.kinds import WorkQueue

VISITS = WorkQueue(
    "visits",
    "Visits",
    "Visits",
    "A visit is booked, or the next one is to be (sections 3.6 and 3.7).",
    also=(Role.INSTALLER,),
)
CLAIMS = WorkQueue(
    "claims",
    "Costs of visits",
    "Costs of visits that were not made",
    "The next visit may be charged: Operations confirms it (sections 2.9.1 and 3.5).",
)
DISPUTES = WorkQueue(
    "disputes",
    "Disputes",
    "Disputes to decide",
    "A Gateway Party disputes what a visit is to cost: Operations decides it "
    "(sections 2.9.1 and 3.5).",
)
INSTALLATIONS = WorkQueue(
    "installations",
    "Installations",
    "Installations to complete",
    "Circuit and equipment are in: the flag that raises the bill comes next "
    "(section 3.7). Or equipment was damaged (section 5).",
    also=(Role.INSTALLER,),
)
