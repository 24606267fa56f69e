"""An offer that nothing shows to be received: writing once more."""

from typing import Any

from common.pages import Answers, still_there
from common.wording import day_words
from orders.file import OrderFile
from orders.states import OrderState
from orders.steps.base import OrderPage
from parties.models import User
from parties.policies import is_desk
from quotes import commands
from quotes.deadlines import quote_last_day
from quotes.emails import QUOTE_ISSUED, announcements
from quotes.file import quotes_of
from quotes.models import Quote
from quotes.obligations import SEE_RECEIVED
from records.models import Job


class Announce(OrderPage[Quote]):
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
    sees_to = (SEE_RECEIVED,)
    tells = (QUOTE_ISSUED,)

    def may(self, subject: OrderFile, user: User) -> bool:
        return is_desk(user)

    def is_listed(self, file: OrderFile) -> bool:
        quote = quotes_of(file).open
        return super().is_listed(file) and quote is not None and quote.is_unreceived

    def obstacle(self, subject: OrderFile, user: User) -> str:
        if self.is_listed(subject):
            return ""
        return f"{subject} has no quotation that waits to be received."

    def context(self, subject: OrderFile, user: User) -> dict[str, Any]:
        quote = quotes_of(subject).open
        notices = announcements(quote) if quote else []
        refused = Job.objects.errors_of("deliver_notice", [row.pk for row in notices])
        told = [
            (row, row.dropped_because or refused.get(row.pk, "")) for row in notices
        ]
        return {"quote": quote, "notices": told}

    def follows(self, file: OrderFile) -> list[str]:
        quote = still_there(quotes_of(file).open)
        last = day_words(quote_last_day(file.today, quote.open_days))
        return [f"Received today, it can be signed until the end of {last}."]

    def run(self, subject: OrderFile, user: User, answers: Answers) -> Quote:
        return commands.announce_again(still_there(quotes_of(subject).open).pk, by=user)

    def message(self, subject: OrderFile, result: Quote) -> str:
        return f"The e-mail about {result} is on its way again."
