"""What several stories tell alike: as far as an order came, and when."""

from datetime import datetime

from billing.commands import raise_annual_charges
from connections.models import Connection
from dccportal.demo.journey import Journey, Wish
from dccportal.demo.world import World


def checked(
    world: World, wish: Wish, days: int, *, survey: bool, available: bool = True
) -> Journey:
    """Return an order whose site review was done a little over `days` days ago."""
    reviewed_on = world.workday_before(world.days_ago(days).date())
    accepted_on = world.workday_before(reviewed_on)
    submitted_on = world.workday_before(accepted_on)
    journey = Journey(world, wish, world.at(submitted_on, 9, 20))
    journey.submitted(world.at(submitted_on, 14, 35))
    journey.accepted(world.at(accepted_on, 10, 15))
    journey.owned(world.at(accepted_on, 10, 20))
    return journey.reviewed(
        world.at(reviewed_on, 15, 50), survey=survey, available=available
    )


def quoted(world: World, wish: Wish, days: int, *, survey: bool) -> Journey:
    """Return an order whose first quotation was issued `days` days ago."""
    return checked(world, wish, days, survey=survey).quoted(world.days_ago(days, 11))


def installed(world: World, wish: Wish, ended_days_ago: int) -> Journey:
    """Return an order taken through a firm quote and both stages to completion."""
    return completed(
        world, quoted(world, wish, ended_days_ago + 77, survey=False), ended_days_ago
    )


def completed(world: World, journey: Journey, ended_days_ago: int) -> Journey:
    """Take an order from its quotation through both stages to completion."""

    def ago(days: int) -> datetime:
        return world.workday_ago(ended_days_ago + days)

    journey.signed(ago(70)).verified(ago(64)).access_agreed(ago(58))
    journey.visit_booked(ago(50), purpose="circuit", in_days=20)
    journey.stage_done("circuit")
    journey.visit_booked(ago(13), purpose="equipment", in_days=5)
    return journey.stage_done("equipment").equipped().installed(ago(0))


def in_service(world: World, wish: Wish, ended_days_ago: int) -> Connection:
    journey = installed(world, wish, ended_days_ago)
    journey.configured(world.days_ago(ended_days_ago - 3, 15))
    connection: Connection = Connection.objects.get(order=journey.order)
    # Each year on its own morning, as the timer of a portal that runs does it.
    mornings = (world.days_ago(days, 6) for days in range(ended_days_ago, 0, -365))
    for at in mornings:
        raise_annual_charges(connection.pk, at=at)
    return Connection.objects.get(pk=connection.pk)
