"""Pairs in several states, and a connection that others share."""

from datetime import datetime, timedelta
from typing import Self

from dccportal.demo.journey import Journey, Wish
from dccportal.demo.people import HELEN, PRIYA, RUTH, TOM
from dccportal.demo.world import World
from orders import commands as orders
from orders.models import ConnectionRequest
from orders.states import (
    AcknowledgementKind,
    Continuity,
    Option,
    SharingReason,
    Use,
)
from parties.states import Standing
from sites.commands import record_path_check

ONE_SITE = {"wants_diverse_routing": True, "continuity": Continuity.RESILIENCE}
STATED = {
    Option.MEDIUM: ONE_SITE,
    Option.HIGH: {
        **ONE_SITE,
        "site_separation": "45 miles by road",
    },
}
ACCEPTED = {
    Option.MEDIUM: (
        AcknowledgementKind.ACTIVE_STANDBY,
        AcknowledgementKind.LAYER_2_SWITCH,
    ),
    Option.HIGH: (
        AcknowledgementKind.ACTIVE_STANDBY,
        AcknowledgementKind.LAYER_2_LINK,
    ),
}


COMMON = "The chamber at the end of the drive, and the duct from there to the building."


class InPair(Journey):
    """One of two requests, taken along like any other."""

    def answered(self, at: datetime) -> Self:
        super().answered(at)
        by, pk = self.submitter, self.order.pk
        option = ConnectionRequest.objects.get(pk=pk).option
        orders.save_answers(pk, by=by, answers=dict(STATED[option]), at=at)
        orders.acknowledge(pk, by=by, whats=ACCEPTED[option], at=at)
        return self


def started(
    world: World, option: Option, wishes: list[Wish], at: datetime
) -> list[InPair]:
    """Return both of a new pair, each with what is wished for it."""
    by = world.people[wishes[0].submitter]
    assert by.party_id is not None  # noqa: S101  submitters are of a Party
    pair = orders.start_pair(by.party_id, by=by, option=option, at=at)
    return [
        InPair(world, wish, at, order) for wish, order in zip(wishes, pair, strict=True)
    ]


def pair_begun(world: World) -> None:
    """Two at two sites; only the first form is filled in."""
    at = world.days_ago(3, 15)
    wishes = [
        Wish("thornby", TOM, rating=20, reference="BME-PR-1"),
        Wish("dock", TOM, rating=10, reference="BME-PR-2"),
    ]
    first, second = started(world, Option.HIGH, wishes, at)
    first.answered(at + timedelta(minutes=20))
    reference = {"customer_reference": second.wish.reference}
    orders.save_answers(
        second.order.pk, by=second.submitter, answers=reference, at=world.days_ago(2)
    )


def pair_being_checked(world: World) -> None:
    """Service requests on one, SSI on the other: the second is still being checked."""
    at = world.working_days_ago(4, 11)
    wishes = [
        Wish("ely", HELEN, rating=20, reference="FEN-PR-1", uses=(Use.DUIS,)),
        Wish("ely", HELEN, rating=20, reference="FEN-PR-2", uses=(Use.SSI,)),
    ]
    first, second = started(world, Option.MEDIUM, wishes, at)
    first.submitted(at + timedelta(minutes=40))
    second.submitted(at + timedelta(minutes=50))
    first.accepted(world.working_days_ago(2, 14))


def second_connection(world: World) -> None:
    """A smaller back-up for an order that DCC is preparing the quotation of."""
    at = world.working_days_ago(2, 9)
    wish = Wish("ings", RUTH, rating=20, reference="CWN-20")
    elder = Journey(world, wish, world.working_days_ago(6, 9))
    elder.submitted(world.working_days_ago(6, 10))
    elder.accepted(world.working_days_ago(3, 15))
    order = orders.pair_with_new(
        elder.order.pk, by=elder.submitter, option=Option.MEDIUM, at=at
    )
    smaller = Wish("ings", RUTH, rating=0, reference="CWN-21")
    InPair(world, smaller, at, order).answered(at + timedelta(minutes=30))


def shared(world: World) -> None:
    """A form that names two organisations which use the connection too."""
    at = world.working_days_ago(1, 11)
    wish = Wish("lynn", HELEN, rating=30, reference="FEN-09")
    journey = Journey(world, wish, at).answered(at)
    by, order = journey.submitter, journey.order
    for name, standing in (
        ("Fenland Networks Ltd", Standing.SEC_PARTY),
        ("Severn Registration Services", Standing.RDP),
    ):
        orders.add_sharer(
            order.pk,
            by=by,
            name=name,
            standing=standing,
            reason=SharingReason.LEGAL_ENTITIES
            if standing == Standing.SEC_PARTY
            else SharingReason.NETWORK_AND_RDP,
            from_on=world.today + timedelta(days=60),
            at=at,
        )
    orders.acknowledge(order.pk, by=by, whats=[AcknowledgementKind.SHARING], at=at)
    orders.submit_request(order.pk, by=by, at=at + timedelta(minutes=15))


def routes_that_meet(world: World) -> None:
    """Both are authorised; their routes meet, which an authoriser has to answer."""
    at = world.workday_ago(48, 9)
    wishes = [
        Wish("thornby", TOM, PRIYA, rating=20, reference="BME-PR-3"),
        Wish("thornby", TOM, PRIYA, rating=20, reference="BME-PR-4"),
    ]
    pair = started(world, Option.MEDIUM, wishes, at)
    for each in pair:
        each.submitted(at + timedelta(hours=1)).accepted(world.workday_ago(44, 10))
        each.owned(world.workday_ago(44, 11)).reviewed(
            world.workday_ago(41, 15), survey=False
        )
        each.quoted(world.workday_ago(38, 11))
        each.signed(world.workday_ago(24, 16)).verified(world.workday_ago(16, 10))
    record_path_check(
        pair[0].order.pk,
        by=world.operator,
        has_common_points=True,
        which=COMMON,
        at=world.working_days_ago(1, 14),
    )


PAIR_STORIES = (second_connection, pair_being_checked, pair_begun, shared)
