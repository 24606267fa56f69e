"""What a nomination touched: shown before it is annulled."""

from common.clock import uk_date
from common.wording import day_words
from orders.models import ConnectionRequest
from parties.admin.corrections import AnnulNomination
from parties.models import Party
from quotes.models import Authority

# So many are named; the lists of orders have all.
MOST_NAMED = 50


class AnnulWithTouched(AnnulNomination):
    """Names what people of the Party sent and signed, the latest first."""

    def touches(self, subject: Party) -> list[str]:
        return [*signed_by(subject), *sent_by(subject)][:MOST_NAMED]


def sent_by(party: Party) -> list[str]:
    rows = ConnectionRequest.objects.filter(party=party, submitted_at__isnull=False)
    found = rows.select_related("submitted_by").order_by("-submitted_at")
    return [
        f"{row.submitted_by} submitted {row} on {day_words(uk_date(row.submitted_at))}."
        for row in found[:MOST_NAMED]
        if row.submitted_at is not None
    ]


def signed_by(party: Party) -> list[str]:
    rows = Authority.objects.filter(quote__order__party=party)
    found = rows.select_related("quote", "nomination__user", "uploaded_by")
    return [
        f"{row.nomination.user if row.nomination else row.uploaded_by} gave authority "
        f"for {row.quote} on {day_words(uk_date(row.received_at))}: "
        f"{row.get_outcome_display().lower()}."
        for row in found.order_by("-received_at")[:MOST_NAMED]
    ]
