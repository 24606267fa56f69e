"""What became of an order that has reached its end, as the app that knows it says."""

from common.parts import End
from connections.sections import in_service
from orders.file import OrderFile
from orders.sections.ends import closed, discarded, reasons
from orders.states import CLOSED, OrderState
from quotes.sections import lapse_reasons
from worklist.contacts.bands import Band


def bands_of_the_end(file: OrderFile) -> list[Band]:
    """Return what stands at the top of its page; nothing while it is on its way."""
    return [
        Band(
            end.title, end.lines, url=end.url, button=end.button, sections=end.sections
        )
        for end in ends_of(file)
    ]


def ends_of(file: OrderFile) -> list[End]:
    if file.state == OrderState.CONFIGURED:
        return in_service(file)
    if file.state == OrderState.DISCARDED:
        return [discarded(file)]
    if file.state == OrderState.LAPSED:
        return [closed(file, lapse_reasons(file))]
    return [closed(file, reasons(file))] if file.state in CLOSED else []
