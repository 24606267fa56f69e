"""What an order that is in service leads on to."""

from django.urls import reverse

from common.parts import End
from common.wording import long_day_words
from connections.file import connection_of
from orders.file import OrderFile


def in_service(file: OrderFile) -> list[End]:
    connection = connection_of(file).row
    if connection is None:
        return []
    follows = f"What follows is on the page of the connection, {connection.reference}."
    return [
        End(
            f"In service since {long_day_words(connection.router_configured_on)}",
            [follows],
            url=reverse("connection", args=[connection.reference]),
            button="Go to the connection",
        )
    ]
