"""What random lives of an order have in common."""

import functools

from django.utils import timezone
from hypothesis.stateful import invariant

from records.models import Event


def after_each_change(check):
    """Make an invariant that is looked at once for all that happened and all time.

    Most random steps are refused. Such a step is asserted to leave no trace, and what
    was true before it is true after it.
    """

    @functools.wraps(check)
    def looked_at(self):
        seen = self.__dict__.setdefault("seen", {})
        now = Event.objects.count(), timezone.now()
        if seen.get(check.__name__) != now:
            check(self)
            seen[check.__name__] = now

    return invariant()(looked_at)
