from typing import Any

from django.contrib import admin
from django.urls import reverse

from orders.admin import RefusedFormAdmin
from orders.models import ConnectionRequest, RefusedForm
from quotes.steps.keying import KeyInAfterAllBesidePaper


@admin.register(RefusedForm)
class TurnedAwayAdmin(RefusedFormAdmin):
    pages = [KeyInAfterAllBesidePaper()]

    def subject_url(self, subject: Any) -> str:
        """One that is taken after all is keyed in next."""
        if isinstance(subject, ConnectionRequest):
            name = "admin:orders_connectionrequest_fill-in"
            return reverse(name, args=[subject.pk])
        return super().subject_url(subject)
