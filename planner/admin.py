from typing import Any

from django.contrib import admin

from common.admin import DatedAdmin
from parties.policies import is_operations
from planner.models import MessageSize


@admin.register(MessageSize)
class MessageSizeAdmin(DatedAdmin):
    """Assumptions from a day to a day. A kept plan holds the size it was made with."""

    list_display = ("kind", "size_bytes", "source", "from_on", "until_on")

    def may_keep(self, user: Any) -> bool:
        return is_operations(user)
