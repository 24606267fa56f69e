"""The price list, the rates of VAT and the indicative ranges."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.admin import DatedAdmin
from common.asking_back import AsksBack, unusual_amount
from common.clock import uk_date, uk_time
from common.money import percent_words, pounds
from common.pages import PagesAdmin
from parties.policies import is_operations, signed_in
from quotes.admin.price_pages import CorrectPrice, order_url
from quotes.commands import save_figure
from quotes.commands.correct import drafts_that_took
from quotes.models import Ballpark, PriceItem, VatRate

# What a row says of its own entry; each is shown where there is something to say.
ENTRY = ("entered_at", "entered_by", "corrects", "why")


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
class PriceItemAdmin(FiguresAdmin, PagesAdmin):
    """The price list, with what was put right in it and why."""

    pages = [CorrectPrice()]
    form = PriceForm
    list_display = ("what", "amount", "from_on", "until_on", "note", "standing")
    list_filter = ("kind", "connection_type")
    list_select_related = ("correction",)

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        """What was put right is there to be read."""
        is_past = isinstance(obj, PriceItem) and obj.successor is not None
        return not is_past and super().has_change_permission(request, obj)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        """Leave out what is said only of rows that were put right, where none was."""
        names = super().get_readonly_fields(request, obj)
        if not isinstance(obj, PriceItem):
            return names
        found = [name for name in names if name not in ENTRY]
        if obj.entered_at is not None:
            found.append("entered")
        if obj.corrects is not None:
            found += ["corrects", "why", "drafts"]
        if obj.successor is not None:
            found.append("put_right")
        return tuple(found)

    def done_url(self, request: HttpRequest, subject: object, result: object) -> str:
        """Lead to the row that stands from now on."""
        return self.subject_url(result)

    @admin.display(description="Price of", ordering="kind")
    def what(self, item: PriceItem) -> str:
        return item.what

    @admin.display(description="Excluding VAT", ordering="net")
    def amount(self, item: PriceItem) -> str:
        return pounds(item.net)

    @admin.display(description="Put right")
    def standing(self, item: PriceItem) -> str:
        right: PriceItem | None = getattr(item, "correction", None)
        if right is None or right.entered_at is None:
            return ""
        return f"{pounds(right.net)} since {uk_time(right.entered_at)}"

    @admin.display(description="Put right")
    def put_right(self, item: PriceItem) -> SafeString:
        """Say what took its place, who put it there and why, with the way to it."""
        right: PriceItem = item.correction
        words = f"{self.standing(item)}, by {right.entered_by}"
        link = '<a href="{}">{}</a>: {}'
        return format_html(link, self.subject_url(right), words, right.why)

    @admin.display(description="Entered")
    def entered(self, item: PriceItem) -> str:
        at = uk_time(item.entered_at) if item.entered_at else ""
        return ", ".join(filter(None, [at, str(item.entered_by or "")]))

    @admin.display(description="Drafts with the amount before")
    def drafts(self, item: PriceItem) -> SafeString:
        found = drafts_that_took(item)
        rows = [(order_url(quote.order.pk), quote, quote.order) for quote in found]
        if not rows:
            return SafeString("None")
        return format_html_join(SafeString("<br>"), '<a href="{}">{} of {}</a>', rows)


@admin.register(VatRate)
class VatRateAdmin(FiguresAdmin):
    list_display = ("rate", "from_on", "until_on")

    @admin.display(description="Rate", ordering="percent")
    def rate(self, row: VatRate) -> str:
        return percent_words(row.percent)


@admin.register(Ballpark)
class BallparkAdmin(FiguresAdmin):
    list_display = ("connection_type", "connection", "annual", "from_on", "until_on")

    @admin.display(description="Connection charge, excluding VAT")
    def connection(self, row: Ballpark) -> str:
        return f"{pounds(row.connection_min)} to {pounds(row.connection_max)}"

    @admin.display(description="Annual charge, excluding VAT")
    def annual(self, row: Ballpark) -> str:
        return f"{pounds(row.annual_min)} to {pounds(row.annual_max)}"
