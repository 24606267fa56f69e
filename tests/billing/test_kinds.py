"""What is charged for, and what never is."""

import pytest

from billing.models import Charge
from billing.states import ChargeKind


@pytest.mark.guidance("R-2.6-5")
def test_nothing_is_charged_by_use():
    assert set(ChargeKind.values) == {
        "connection",
        "annual",
        "new_line",
        "civil_works",
        "other",
        "cancellation",
        "rescheduled_visit",
        "before_visit",
        "rate_change",
    }
    measured = ("volume", "usage", "quantity", "bytes", "messages")
    columns = [field.name for field in Charge._meta.get_fields()]
    assert [name for name in columns if name in measured] == []
