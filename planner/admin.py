from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from common.admin import DatedAdmin
from parties.policies import is_operations
from planner.commands import save_message_size
from planner.models import MessageSize


@admin.register(MessageSize)
class MessageSizeAdmin(DatedAdmin):
    """Assumptions from a day to a day. A kept plan holds the size it was made with."""

    list_display = ("kind", "size_bytes", "source", "from_on", "until_on")

    def may_edit(self, user: Any) -> bool:
        return is_operations(user)

    def save_model(
        self, request: HttpRequest, obj: Any, form: object, change: bool
    ) -> None:
        by: Any = request.user
        save_message_size(obj, by=by)
