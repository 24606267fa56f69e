from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from connections.models import FailoverTest


class FailoverTestFactory(DjangoModelFactory[FailoverTest]):
    """Planned for one link; the command plans it of a pair alone."""

    class Meta:
        model = FailoverTest

    planned_on = date(2026, 3, 10)
    planned_at = factory.LazyFunction(timezone.now)
