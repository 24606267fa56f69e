"""The table of a list of the desk."""

from typing import Any

from django import template
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import ChangeList
from django.utils.safestring import SafeString

from common.list_rows import filters_of, rows_of

register = template.Library()


@register.simple_tag
def list_filters(changelist: ChangeList) -> SafeString:
    return filters_of(changelist)


@register.inclusion_tag("admin/change_list_results.html")
def list_of_rows(changelist: ChangeList) -> dict[str, Any]:
    headers = list(result_headers(changelist))
    is_sorted = [head for head in headers if head["sortable"] and head["sorted"]]
    return {
        "result_headers": headers,
        "num_sorted_fields": len(is_sorted),
        "rows": rows_of(changelist),
    }
