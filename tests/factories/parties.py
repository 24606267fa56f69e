"""Organisations and people, as they are once the Service Desk has set them up."""

from datetime import date

import factory
from factory.django import DjangoModelFactory, Password

from parties.models import DataCentre, Nomination, Party, PartyStanding, User
from parties.states import Purpose, Role, Standing

LONG_AGO = date(2015, 1, 26)
PASSWORD = "a-good-long-password"


class PartyFactory(DjangoModelFactory):
    class Meta:
        model = Party
        skip_postgeneration_save = True

    reference = factory.Sequence(lambda n: f"PTY-{5000 + n}")
    name = factory.Sequence(lambda n: f"Party {n} Limited")
    address = "1 Mill Lane, Derby DE1 1AA"
    standing = factory.RelatedFactory(
        "tests.factories.parties.StandingFactory", factory_related_name="party"
    )


class StandingFactory(DjangoModelFactory):
    class Meta:
        model = PartyStanding

    party = factory.SubFactory(PartyFactory, standing=None)
    standing = Standing.SEC_PARTY
    from_on = LONG_AGO


class PersonFactory(DjangoModelFactory):
    """A contact who only reads, unless `nominated` for purposes since long ago."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.com")
    name = factory.Sequence(lambda n: f"Person {n}")
    party = factory.SubFactory(PartyFactory)
    password = Password(PASSWORD)

    @factory.post_generation
    def nominated(self, create, extracted, **kwargs):
        for purpose in extracted or ():
            NominationFactory(user=self, purpose=purpose)


class StaffFactory(PersonFactory):
    party = None
    is_staff = True
    role = Role.OPERATIONS


class NominationFactory(DjangoModelFactory):
    class Meta:
        model = Nomination

    user = factory.SubFactory(PersonFactory)
    purpose = Purpose.SUBMIT
    from_on = LONG_AGO


class DataCentreFactory(DjangoModelFactory):
    class Meta:
        model = DataCentre

    party = factory.SubFactory(PartyFactory)
    name = factory.Sequence(lambda n: f"Thornby Park {n}")
    street = "2 Thornby Way"
    town = "Derby"
    postcode = "DE21 6XY"
    owner = "Thornby Estates"
