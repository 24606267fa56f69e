from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone

from common.admin import CommandAdmin, DatedAdmin, ReadInline
from common.asking_back import AsksBack, unusual_amount
from common.clock import uk_date
from common.money import pounds
from common.wording import day_words
from parties.policies import is_operations, signed_in
from quotes.commands import save_figure
from quotes.models import Ballpark, Preview, PriceItem, Quote, QuoteLine, VatRate


class LineInline(ReadInline):
    model = QuoteLine
    fields = ("kind", "description", "net", "origin", "reason")


@admin.register(Quote)
class QuoteAdmin(CommandAdmin):
    list_display = (
        "reference",
        "order",
        "party",
        "basis",
        "net",
        "state",
        "received",
        "last_day",
    )
    list_filter = ("state", "basis", "stage")
    search_fields = ("reference", "order__reference", "order__party__name")
    ordering = ("-pk",)
    inlines = (LineInline,)
    exclude = ("rendering_error",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).for_pages()  # type: ignore[attr-defined, no-any-return]

    def get_urls(self) -> list[URLPattern]:
        """Add the preview of a draft, as a download."""
        view = self.admin_site.admin_view(self.preview_view)
        name = "quotes_quote_preview"
        return [path("<int:pk>/preview/", view, name=name), *super().get_urls()]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not is_operations(signed_in(request)):
            raise PermissionDenied
        preview = get_object_or_404(
            Preview.objects.filter(made_at__isnull=False), quote=pk
        )
        response = HttpResponse(
            bytes(preview.content or b""), content_type="application/pdf"
        )
        name = f"preview-of-{preview.quote}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response

    @admin.display(description="Gateway Party", ordering="order__party__name")
    def party(self, quote: Quote) -> str:
        return str(quote.order.party)

    @admin.display(description="Commitment, excluding VAT")
    def net(self, quote: Quote) -> str:
        return pounds(quote.total.net)

    @admin.display(description="Received", ordering="received_at")
    def received(self, quote: Quote) -> str:
        if quote.is_unreceived:
            return "Not received"
        return day_words(quote.received_on) if quote.received_on else "–"  # noqa: RUF001  a dash for no day

    @admin.display(description="Last day", ordering="lapses_at")
    def last_day(self, quote: Quote) -> str:
        return day_words(quote.last_day) if quote.last_day else "–"  # noqa: RUF001  a dash for no day


class FigureForm(forms.ModelForm[Any]):
    """Says what is wrong with a figure's days before it is kept."""

    def clean_until_on(self) -> Any:
        """What was in force stays so: a row ends today at the earliest."""
        until_on = self.cleaned_data["until_on"]
        is_changed = self.instance.pk and "until_on" in self.changed_data
        if is_changed and until_on and until_on < uk_date(timezone.now()):
            raise ValidationError("Enter today or a later day.")
        return until_on


class PriceForm(AsksBack, FigureForm):
    """Asks back about a price that is far from the latest one of its kind."""

    def unusual(self, answers: dict[str, Any]) -> Iterable[str]:
        asked = [*PriceItem.series, "net", "from_on"]
        if self.instance.pk is None and all(name in answers for name in asked):
            typed = PriceItem(**{name: answers[name] for name in asked})
            before = typed.others().order_by("from_on").last()
            if before is not None:
                yield unusual_amount(typed.net, before.net)


class FiguresAdmin(DatedAdmin):
    """Figures from a day to a day. Offers keep the figure that they were made under."""

    form = FigureForm

    def may_edit(self, user: Any) -> bool:
        return is_operations(user)

    def save_model(
        self, request: HttpRequest, obj: Any, form: object, change: bool
    ) -> None:
        save_figure(obj, by=signed_in(request))


@admin.register(PriceItem)
class PriceItemAdmin(FiguresAdmin):
    form = PriceForm
    list_display = ("what", "amount", "from_on", "until_on", "note")
    list_filter = ("kind", "connection_type")

    @admin.display(description="Price of", ordering="kind")
    def what(self, item: PriceItem) -> str:
        return item.what

    @admin.display(description="Excluding VAT", ordering="net")
    def amount(self, item: PriceItem) -> str:
        return pounds(item.net)


@admin.register(VatRate)
class VatRateAdmin(FiguresAdmin):
    list_display = ("percent", "from_on", "until_on")


@admin.register(Ballpark)
class BallparkAdmin(FiguresAdmin):
    list_display = ("connection_type", "connection", "annual", "from_on", "until_on")

    @admin.display(description="Connection charge, excluding VAT")
    def connection(self, row: Ballpark) -> str:
        return f"{pounds(row.connection_min)} to {pounds(row.connection_max)}"

    @admin.display(description="Annual charge, excluding VAT")
    def annual(self, row: Ballpark) -> str:
        return f"{pounds(row.annual_min)} to {pounds(row.annual_max)}"
