"""The rows of a list are written by our own hand, and say what Django's admin says."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import admin_list_filter, results
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from common.escaping import escaped
from common.list_rows import filters_of, rows_of

# The desk's own page, beside which nothing of Django's could be laid.
OURS = {"takeover_takenfile"}
LISTS = sorted(
    {
        f"{model._meta.app_label}_{model._meta.model_name}"
        for model in admin.site._registry
    }
    - OURS
)
# A value that no link offers is typed below them.
ASKED_BELOW = re.compile(r'<form class="desk-ask".*?</form>', re.DOTALL)


@pytest.fixture
def full(make_order, operator, enquiry):
    """A world in which most lists have rows."""
    make_order("authorised")
    make_order("quoted")


@pytest.mark.parametrize("asked", ["", "?q=o"])
@pytest.mark.parametrize("name", LISTS)
def test_each_list_says_what_django_would_say(full, client, operator, name, asked):
    client.force_login(operator)
    page = client.get(reverse(f"admin:{name}_changelist") + asked)
    changelist = page.context["cl"]

    ours, djangos = rows_of(changelist), list(results(changelist))

    rows = [f"\n\n<tr>{''.join(row)}</tr>\n" for row in djangos]
    assert ours == "".join(rows)
    assert str(ours) in page.content.decode()
    boxes = [admin_list_filter(changelist, one) for one in changelist.filter_specs]
    filters = filters_of(changelist)
    assert ASKED_BELOW.sub("", filters) == "".join(boxes)
    assert filters in page.content.decode()


@pytest.mark.parametrize(
    "text", ["<b>\"'&", SafeString("<b>"), 7, None, "É\u2009&amp;"]
)
def test_a_text_is_made_safe_as_django_makes_it(text):
    assert escaped(text) == str(conditional_escape(text))
