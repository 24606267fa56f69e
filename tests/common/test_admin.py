"""What the bases of the desk's pages leave to those that build on them."""

import pytest
from django.contrib import admin
from django.urls import reverse

from common.admin import ExportedList
from records.models import Event


class NoFile(ExportedList):
    """A list that says nothing of how its file is made."""


def test_a_list_that_is_taken_away_must_say_how_its_file_is_made():
    with pytest.raises(TypeError, match="as_csv"):
        NoFile(Event, admin.site)


# Who asks: the session and the person.
WHO_ASKS = 2


@pytest.mark.parametrize(
    ("model", "asked"),
    # The filters of the list of work offer each colleague as an owner.
    [("orders_connectionrequest", 0), ("worklist_workitem", 2)],
)
def test_a_file_begins_before_any_of_its_rows_is_read(
    client, operator, submitted_order, django_assert_max_num_queries, *, model, asked
):
    client.force_login(operator)

    with django_assert_max_num_queries(WHO_ASKS + asked):
        answer = client.get(reverse(f"admin:{model}_export"))

    assert submitted_order.reference in answer.getvalue().decode()
