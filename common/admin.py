"""Pages for staff to read, with actions that call commands."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from common.errors import DomainError


class CommandAdmin(admin.ModelAdmin[Any]):
    """Read-only admin: nothing is added, edited or deleted past the commands."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def run(
        self,
        request: HttpRequest,
        chosen: "QuerySet[Model]",
        command: Callable[..., Any],
    ) -> None:
        """Call `command(pk, by=user)` on each chosen row, and say how each went."""
        for row in chosen:
            try:
                command(row.pk, by=request.user)
            except (DomainError, PermissionDenied) as refusal:
                words = str(refusal) or "You may not do this."
                self.message_user(request, f"{row}: {words}", messages.ERROR)
            else:
                self.message_user(request, f"{row}: done.", messages.SUCCESS)
