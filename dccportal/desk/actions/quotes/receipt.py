"""An offer that nothing shows to be received: writing once more."""

from typing import Any

from dccportal.desk.actions.base import OrderPage
from dccportal.desk.file import OrderFile
from orders.states import OrderState
from parties.policies import is_desk
from quotes import commands
from quotes.emails import announcements
from records.models import Job


class Announce(OrderPage):
    slug = "announce"
    label = "Send the quotation’s e-mail again"
    hint = (
        "It goes to everybody whom the Party nominates today. The days begin when a "
        "mail server accepts it, or when one of them opens the quotation here: our "
        "reading of “received” (guidance, section 2.11)."
    )
    button = "Send it again"
    template = "desk/announce.html"
    states = (OrderState.QUOTED, OrderState.SURVEY)

    def may(self, subject: Any, user: Any) -> bool:
        return is_desk(user)

    def is_near(self, file: OrderFile) -> bool:
        quote = file.open_quote
        return super().is_near(file) and quote is not None and quote.is_unreceived

    def obstacle(self, subject: Any, user: Any) -> str:
        if self.is_near(subject):
            return ""
        return f"{subject} has no quotation that waits to be received."

    def context(self, subject: Any, user: Any) -> dict[str, Any]:
        quote = subject.open_quote
        notices = announcements(quote) if quote else []
        refused = Job.objects.errors_of("deliver_notice", [row.pk for row in notices])
        told = [
            (row, row.dropped_because or refused.get(row.pk, "")) for row in notices
        ]
        return {"quote": quote, "notices": told}

    def run(self, subject: Any, user: Any, answers: dict[str, Any]) -> Any:
        return commands.announce_again(subject.open_quote.pk, by=user)

    def message(self, subject: Any, result: Any) -> str:
        return f"The e-mail about {result} is on its way again."
