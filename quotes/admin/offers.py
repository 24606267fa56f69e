from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path

from common.admin import CommandAdmin, ReadInline
from common.money import pounds
from common.wording import day_words
from parties.policies import is_operations, signed_in
from quotes.models import Preview, PreviewPage, Quote, QuoteLine


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
        """Add the preview of a draft, as a download and as pictures of its pages."""
        view = self.admin_site.admin_view(self.preview_view)
        page = self.admin_site.admin_view(self.preview_page_view)
        name = "quotes_quote_preview"
        return [
            path("<int:pk>/preview/", view, name=name),
            path("<int:pk>/preview/<int:number>/", page, name=f"{name}_page"),
            *super().get_urls(),
        ]

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

    def preview_page_view(
        self, request: HttpRequest, pk: int, number: int
    ) -> HttpResponse:
        if not is_operations(signed_in(request)):
            raise PermissionDenied
        pages = PreviewPage.objects.filter(preview__quote=pk, number=number)
        page = get_object_or_404(pages)
        response = HttpResponse(bytes(page.picture), content_type="image/jpeg")
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
