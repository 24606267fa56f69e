"""What the bases of the desk's pages leave to those that build on them."""

import pytest
from django.contrib import admin

from common.admin import ExportedList
from records.models import Event


class NoFile(ExportedList):
    """A list that says nothing of how its file is made."""


def test_a_list_that_is_taken_away_must_say_how_its_file_is_made():
    with pytest.raises(TypeError, match="as_csv"):
        NoFile(Event, admin.site)
