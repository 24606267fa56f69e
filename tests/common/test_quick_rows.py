"""Rows that are read the quick way are the rows that Django would have made."""

import pytest
from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_init, pre_init

from common.quick_rows import QuickRow
from orders.models import ConnectionRequest
from orders.states import OrderState

QUICK = [model for model in apps.get_models() if issubclass(model, QuickRow)]
from_django = Model.from_db.__func__


def told(row):
    state = vars(row).pop("_state")
    return vars(row), vars(state)


@pytest.mark.parametrize("model", QUICK, ids=lambda model: model.__name__)
def test_a_row_read_the_quick_way_is_the_same_as_django_makes_it(model):
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    values = [field.get_default() for field in fields]
    quick = model.from_db("default", names, values)
    assert told(quick) == told(from_django(model, "default", names, values))


@pytest.mark.parametrize("model", QUICK, ids=lambda model: model.__name__)
def test_nobody_listens_to_rows_that_are_made(model):
    """Otherwise the quick way would pass over whoever waits for them."""
    assert not pre_init.has_listeners(model)
    assert not post_init.has_listeners(model)


def test_a_column_that_was_left_out_is_read_when_it_is_asked_for(submitted_order):
    row = ConnectionRequest.objects.only("state").get(pk=submitted_order.pk)
    assert row.state == OrderState.SUBMITTED
    assert row.reference == submitted_order.reference
