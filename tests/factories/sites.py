from datetime import date

import factory
from django.utils import timezone

from sites.models import AccessItem


class AccessItemFactory(factory.django.DjangoModelFactory[AccessItem]):
    """Something that the Party sees to, the first of its order."""

    class Meta:
        model = AccessItem

    number = 1
    kind = "other"
    what = "Key card"
    owner = "party"
    due_on = date(2026, 3, 10)
    opened_at = factory.LazyFunction(timezone.now)
