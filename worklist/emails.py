from datetime import datetime

from django.urls import reverse

from parties.models import User
from records.commands import owe_notice
from worklist.models import WorkItem

HANDED_OVER = "work_handed_over"
GIVEN_BACK = "work_given_back"


def work_handed_over(
    items: list[WorkItem], to: User, note: str, *, by: User, at: datetime
) -> None:
    """Tell a colleague what they look after from now on: one e-mail a hand-over."""
    key = f"{HANDED_OVER}:{items[0].pk}:{to.pk}:{at.isoformat()}"
    threads = {item.thread for item in items}
    mine = reverse("admin:worklist_workitem_changelist")
    owe_notice(
        HANDED_OVER,
        key=key,
        to=[to.email],
        at=at,
        thread=threads.pop() if len(threads) == 1 else "",
        items=items,
        note=note,
        by=by,
        page=f"{mine}?owner=me",
    )


def work_given_back(items: list[WorkItem], to: User, *, by: User, at: datetime) -> None:
    """Tell a colleague what they look after no more: a hand-over was undone."""
    owe_notice(
        GIVEN_BACK,
        key=f"{GIVEN_BACK}:{items[0].pk}:{to.pk}:{at.isoformat()}",
        to=[to.email],
        at=at,
        items=items,
        by=by,
        page=f"{reverse('admin:worklist_workitem_changelist')}?owner=me",
    )
