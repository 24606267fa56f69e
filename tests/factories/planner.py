import factory
from factory.django import DjangoModelFactory

from planner.models import MessageSize
from planner.states import MessageKind
from tests.factories.parties import LONG_AGO


class MessageSizeFactory(DjangoModelFactory):
    class Meta:
        model = MessageSize

    kind = MessageKind.ROUTINE
    size_bytes = factory.Sequence(lambda n: 1_000 + n)
    source = "A week of trials"
    from_on = LONG_AGO
