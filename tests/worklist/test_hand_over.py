"""Several things go from hand to hand at once, and back where nobody acted since."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.models import ConnectionRequest
from records.models import Event, Notice
from tests import journey
from worklist import commands
from worklist.errors import NothingToGiveBack, UndoneAlready
from worklist.models import WorkItem


def work(kind):
    return WorkItem.objects.filter(kind=kind).latest("pk")


@pytest.fixture
def handed(accepted_order, operator, desk):
    """Two things that went to the operator: one was the desk's, one nobody's."""
    commands.take_work(work("review_site").pk, by=desk)
    both = [work("review_site").pk, work("send_quotation").pk]
    return commands.hand_over_work(both, by=desk, to_id=operator.pk)


def test_what_is_undone_is_as_it_was_and_the_colleague_is_told(handed, operator, desk):
    assert commands.undo_hand_over(handed.pk, by=desk) == (2, 0)

    assert (work("review_site").owner, work("send_quotation").owner) == (desk, None)
    assert Notice.objects.get(kind="work_given_back").to == operator.email
    told = Event.objects.filter(name="undo_hand_over").order_by("pk")
    assert told[0].what == f"Record the site review: given back to {desk}"
    with pytest.raises(UndoneAlready):
        commands.undo_hand_over(handed.pk, by=desk)


def test_what_somebody_acted_on_since_stays_with_them(handed, accepted_order, operator):
    commands.hand_over_work([work("review_site").pk], by=operator, to_id=None)
    commands.take_work(work("review_site").pk, by=operator)

    assert commands.undo_hand_over(handed.pk, by=handed.by) == (1, 1)

    assert work("review_site").owner == operator


def test_nothing_goes_back_where_everything_is_done(handed, accepted_order, operator):
    journey.review(accepted_order, operator)
    commands.put_back_work(work("send_quotation").pk, by=operator)

    with pytest.raises(NothingToGiveBack):
        commands.undo_hand_over(handed.pk, by=handed.by)
    assert work("send_quotation").owner is None


def test_only_the_desk_undoes_what_a_colleague_did(handed, billing_clerk):
    with pytest.raises(PermissionDenied):
        commands.undo_hand_over(handed.pk, by=billing_clerk)


def test_who_is_away_loses_the_chosen_kinds_alone(
    accepted_order, operator, desk, billing_clerk
):
    for kind in ("review_site", "send_quotation"):
        commands.take_work(work(kind).pk, by=desk)

    commands.hand_over_all(desk.pk, by=operator, to_id=None, kinds=["review_site"])

    assert (work("review_site").owner, work("send_quotation").owner) == (None, desk)
    with pytest.raises(PermissionDenied):
        commands.hand_over_all(
            desk.pk, by=billing_clerk, to_id=None, kinds=["send_quotation"]
        )


def test_all_of_a_thousand_orders_goes_in_as_many_statements_as_that_of_one(
    accepted_order, party, submitter, operator, desk
):
    """A page that somebody waits for has room for everything of a colleague."""
    kinds = ["review_site", "send_quotation"]
    other = journey.start(party, submitter)

    def handed_over(orders, things):
        owners = ConnectionRequest.objects.filter(pk__in=[one.pk for one in orders])
        owners.update(owner=desk)
        rows = WorkItem.objects.filter(kind__in=kinds[:things])
        rows.update(owner=desk, is_owned_apart=True)
        with CaptureQueriesContext(connection) as asked:
            commands.hand_over_all(
                desk.pk, by=desk, to_id=operator.pk, kinds=kinds, with_orders=True
            )
        return len(asked)

    # What a process asks once is asked by the first.
    handed_over([accepted_order], 1)
    few = handed_over([accepted_order], 1)

    assert handed_over([accepted_order, other], 2) == few
    told = Event.objects.filter(name="assign_order").order_by("pk")
    threads = [one.thread for one in told]
    assert threads[-2:] == [accepted_order.reference, other.reference]
