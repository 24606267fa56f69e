"""What an order's pages show of its site. Pure: the order's file in, words out."""

from django.urls import reverse

from common.parts import Action
from orders.file import OrderFile
from sites.file import site_of
from sites.states import Stage


def access_actions(file: OrderFile) -> list[Action]:
    """Return where it is said how people get in, and who has been at the equipment.

    Before an authority there is no access, and before its installation no equipment.
    """
    site = site_of(file)
    if site.access is None:
        return []
    named = [file.order.reference]
    found = [Action("How people get into the site", reverse("access", args=named))]
    if Stage.EQUIPMENT in site.done:
        found.append(Action("Access log", reverse("access-log", args=named)))
    return found
