"""Rows are written by hand where that is quicker, and say what Django would say."""

import pytest
from django.contrib import admin
from django.urls import get_script_prefix, reverse, set_script_prefix

from common.row_addresses import RowAddresses

NAME = "admin:orders_connectionrequest_change"


@pytest.fixture
def below_a_path():
    before = get_script_prefix()
    set_script_prefix("/portal/")
    yield
    set_script_prefix(before)


@pytest.mark.parametrize("pk", [1, 10, 70_042])
def test_a_row_has_the_address_that_django_gives_it(pk):
    assert RowAddresses(NAME).of(pk) == reverse(NAME, args=[pk])


def test_a_portal_below_a_path_names_it_in_each_address(below_a_path):
    assert RowAddresses(NAME).of(7).startswith("/portal/admin/")


def test_the_box_that_chooses_a_row_is_the_one_that_django_draws(draft_order):

    ours = admin.site._registry[type(draft_order)]

    assert ours.action_checkbox(draft_order) == admin.ModelAdmin.action_checkbox(
        ours, draft_order
    )
