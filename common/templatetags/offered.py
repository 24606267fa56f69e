"""Addresses that are offered to some readers only: to others they would be refused."""

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def contacts_url(context: Any, name: str) -> str:
    """Return the address of a page that a Party's people use; nothing to staff.

    A visitor is asked there to sign in.
    """
    user = context.get("user")
    is_staff = user is not None and user.is_authenticated and user.party_id is None
    return "" if is_staff else reverse(name)
