"""What orders are searched by: one text each, so that one index finds any word."""

from django.db import models

from orders.models.request import ConnectionRequest


class SearchText(models.Model):
    """All that an order can be found by, line by line, each as `look` reads it.

    Written by `orders.search` alone, in the transaction that changed a line of it. A
    table apart, so that the index is not written anew with every move of an order.
    """

    order = models.OneToOneField(
        ConnectionRequest,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="search_text",
    )
    text = models.TextField()

    def __str__(self) -> str:
        return f"What {self.order} is found by"
