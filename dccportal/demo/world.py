"""The demo world, made only by the commands that people and timers use."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from common.clock import add_months, start_of_uk_day, uk_date
from common.working_days import WorkingCalendar
from dccportal.demo.people import (
    OPERATOR,
    ORGANISATIONS,
    PASSWORD,
    REGISTERED_AGO,
    SALT,
    STAFF,
    Organisation,
    Person,
)
from orders.commands import working_calendar
from parties.commands import (
    add_data_centre,
    add_person,
    add_standing,
    nominate,
    register_party,
)
from parties.models import DataCentre, Party, User
from records.transitions import SYSTEM
from records.unit import command

YEARS_NOMINATED = 6


@dataclass
class World:
    """Who and where, by e-mail address and short name, and what day it is."""

    now: datetime
    calendar: WorkingCalendar
    people: dict[str, User] = field(default_factory=dict)
    sites: dict[str, DataCentre] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return uk_date(self.now)

    @property
    def operator(self) -> User:
        return self.people[OPERATOR.email]

    def working_days_ago(self, count: int, hour: int = 10, minute: int = 0) -> datetime:
        """Return a time of day `count` working days before today."""
        day = self.calendar.subtract(self.today, count) if count else self.today
        return self.at(day, hour, minute)

    def days_ago(self, count: int, hour: int = 10, minute: int = 0) -> datetime:
        """Return a time of day `count` calendar days ago."""
        return self.at(self.today - timedelta(days=count), hour, minute)

    def workday_ago(self, count: int, hour: int = 11) -> datetime:
        """Return a time of the last working day that is `count` days ago or more."""
        day = self.today - timedelta(days=count - 1)
        return self.at(self.calendar.subtract(day, 1), hour)

    def workday_before(self, day: date) -> date:
        return self.calendar.subtract(day, 1)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Return that time of day, but never one that is still to come."""
        moment = start_of_uk_day(day) + timedelta(hours=hour, minutes=minute)
        return min(moment, self.now)


@command
def load_people(now: datetime | None = None) -> World:
    """Register the organisations, their people, nominations and data centres."""
    world = World(now or timezone.now(), working_calendar())
    nominated_on = add_months(world.today, -12 * YEARS_NOMINATED)
    for organisation in ORGANISATIONS:
        days = REGISTERED_AGO.get(organisation.name)
        at = world.days_ago(days) if days else None
        load_organisation(world, organisation, nominated_on, at=at)
    for person in STAFF:
        add_demo_person(world, person, role=person.role)
    return world


def load_organisation(
    world: World,
    organisation: Organisation,
    nominated_on: date,
    *,
    by: Any = SYSTEM,
    at: datetime | None = None,
) -> None:
    """Register it with its standing, people, nominations and data centres."""
    party: Party = register_party(
        organisation.name, by=by, address=organisation.address, at=at
    )
    since = organisation.since
    for standing in organisation.standings:
        add_standing(party.pk, standing=standing, from_on=since, by=by, at=at)
    for person in organisation.people:
        user = add_demo_person(world, person, party_id=party.pk, by=by, at=at)
        for purpose in person.purposes:
            nominate(user.pk, purpose=purpose, from_on=nominated_on, by=by, at=at)
    for name, facts in organisation.sites.items():
        world.sites[name] = add_data_centre(party.pk, by=by, at=at, **facts)


def add_demo_person(world: World, person: Person, **where: Any) -> User:
    """Add a person with the trial's password, so that no e-mail is needed first."""
    how = {"by": SYSTEM} | where
    user = add_person(person.email, name=person.name, **how)
    user.password = the_password()
    user.save()
    world.people[person.email] = user
    return user


@cache
def the_password() -> str:
    """Return how everybody's password is stored, worked out once: that takes long."""
    return make_password(PASSWORD, salt=SALT)


def money(pounds: int) -> Decimal:
    return Decimal(pounds).quantize(Decimal("0.01"))
