from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from common.admin import KeptAdmin
from parties.policies import is_operations
from planner.models import MessageSize


@admin.register(MessageSize)
class MessageSizeAdmin(KeptAdmin):
    """Assumptions from a day to a day. A kept plan holds the size it was made with."""

    list_display = ("kind", "size_bytes", "source", "from_on", "until_on")

    def may_keep(self, user: Any) -> bool:
        return is_operations(user)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> tuple[str, ...]:
        """A size that was in force can be ended, never changed."""
        if obj is None:
            return ()
        names = [field.name for field in self.opts.fields]
        return tuple(name for name in names if name not in ("id", "until_on"))
