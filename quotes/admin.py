from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from common.admin import CommandAdmin, KeptAdmin, ReadInline
from common.money import pounds
from parties.policies import is_operations
from quotes.models import Ballpark, Quote, QuoteLine, VatRate


class LineInline(ReadInline):
    model = QuoteLine
    fields = ("kind", "description", "net")


@admin.register(Quote)
class QuoteAdmin(CommandAdmin):
    list_display = ("reference", "order", "party", "basis", "net", "state", "last_day")
    list_filter = ("state", "basis", "stage")
    search_fields = ("reference", "order__reference", "order__party__name")
    ordering = ("-pk",)
    inlines = (LineInline,)
    exclude = ("rendering_error",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).for_pages()  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="Gateway Party", ordering="order__party__name")
    def party(self, quote: Quote) -> str:
        return str(quote.order.party)

    @admin.display(description="Commitment, excluding VAT")
    def net(self, quote: Quote) -> str:
        return pounds(quote.total.net)

    @admin.display(description="Last day", ordering="lapses_at")
    def last_day(self, quote: Quote) -> str:
        return f"{quote.last_day:%-d %B %Y}" if quote.last_day else "–"  # noqa: RUF001  a dash for no day


class RatesAdmin(KeptAdmin):
    """Figures from a day to a day. Offers keep the figure that they were made under."""

    def may_keep(self, user: Any) -> bool:
        return is_operations(user)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> tuple[str, ...]:
        """A figure that was in force can be ended, never changed."""
        if obj is None:
            return ()
        names = [field.name for field in self.opts.fields]
        return tuple(name for name in names if name not in ("id", "until_on"))


@admin.register(VatRate)
class VatRateAdmin(RatesAdmin):
    list_display = ("percent", "from_on", "until_on")


@admin.register(Ballpark)
class BallparkAdmin(RatesAdmin):
    list_display = ("connection_type", "connection", "annual", "from_on", "until_on")

    @admin.display(description="Connection charge, excluding VAT")
    def connection(self, row: Ballpark) -> str:
        return f"{pounds(row.connection_min)} to {pounds(row.connection_max)}"

    @admin.display(description="Annual charge, excluding VAT")
    def annual(self, row: Ballpark) -> str:
        return f"{pounds(row.annual_min)} to {pounds(row.annual_max)}"
