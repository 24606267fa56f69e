"""Who is nominated, on the UK's days, and only while the sign-in is open."""

from datetime import UTC, date, datetime

import pytest

from parties.models import User
from parties.policies import is_nominated
from parties.states import Purpose
from tests.factories.parties import NominationFactory, PersonFactory

# Half past midnight on 2 July in the United Kingdom, still 1 July in UTC.
SUMMER_NIGHT = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "holds"),
    [
        ({"from_on": date(2026, 7, 2)}, True),
        ({"from_on": date(2026, 1, 1), "until_on": date(2026, 7, 1)}, False),
        ({"from_on": date(2026, 1, 1), "until_on": date(2026, 7, 2)}, True),
    ],
)
def test_a_nomination_holds_on_days_of_the_united_kingdom(party, clock, days, holds):
    person = PersonFactory(party=party)
    NominationFactory(user=person, purpose=Purpose.AUTHORISE, **days)

    clock.move_to(SUMMER_NIGHT)

    assert is_nominated(person, party.pk, Purpose.AUTHORISE) is holds


def test_a_closed_sign_in_leaves_nobody_nominated(party, authoriser):
    day = date(2026, 3, 3)
    assert list(User.objects.nominated(party.pk, Purpose.AUTHORISE, day)) == [
        authoriser
    ]

    User.objects.filter(pk=authoriser.pk).update(is_active=False)

    assert not User.objects.nominated(party.pk, Purpose.AUTHORISE, day)
