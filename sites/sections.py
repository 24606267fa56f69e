"""What an order's pages show of its site. Pure: the order's file in, words out."""

from django.urls import reverse

from common.parts import Action
from orders.file import OrderFile
from sites.file import site_of


def access_actions(file: OrderFile) -> list[Action]:
    """Return where it is said how people get in; before an authority there is none."""
    if site_of(file).access is None:
        return []
    url = reverse("access", args=[file.order.reference])
    return [Action("How people get into the site", url)]
