from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from billing import commands, policies
from billing.admin.payment_list import PaymentListPages
from billing.errors import NothingToPayBack, RepaidOnWrongDay, RepaidTooMuch
from billing.facts import STATE_TONE, overdue_in_all, state_words
from billing.forms import RepaymentForm, TakeBackForm
from billing.models import Invoice, Payment
from billing.states import PaymentState
from billing.views import invoices_file
from common.admin import ExportedList, ReadInline
from common.cells import link, tag, two_lines
from common.clock import uk_date
from common.errors import DomainError
from common.money import ZERO, pounds
from common.pages import Answers, CommandPage, PagesAdmin
from common.periods import by_period
from common.staff_fields import offer
from common.wording import day_words
from parties.admin.of_party import OfPartyFilter
from parties.models import User
from parties.policies import signed_in


class PaymentStateFilter(admin.SimpleListFilter):
    """How far invoices are paid; what is overdue first."""

    title = "payment"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(one.value), str(one.label)) for one in PaymentState]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        state = self.value()
        if state not in PaymentState.values:
            return queryset
        today = uk_date(timezone.now())
        found: QuerySet[Any] = queryset.in_state(state, today)  # type: ignore[attr-defined]
        return found


def payment_words(payment: Payment) -> str:
    day = day_words(payment.paid_on)
    how = "paid back" if payment.is_repayment else "paid"
    amount = pounds(abs(payment.amount))
    return f"{amount}, {how} on {day}, reference {payment.reference}"


class TakeBackPayment(CommandPage[Invoice, User, Payment]):
    """Take back a payment that was wrong. DCC Billing's, and Operations'."""

    slug = "take-back-payment"
    label = "Take back a payment"
    hint = (
        "As much of the invoice is owed again; a repayment that was wrong is taken "
        "back in the same way. Both rows stay in the history."
    )
    button = "Take it back"
    form_class = TakeBackForm

    def may(self, subject: Invoice, user: User) -> bool:
        return policies.may_record_payments(subject, user)

    def obstacle(self, subject: Invoice, user: User) -> str:
        if subject.payments.standing().exists():
            return ""
        return f"{subject} has no payment that could be taken back."

    def form(
        self, subject: Invoice, user: User, posted: QueryDict | None = None
    ) -> forms.Form:
        form = super().form(subject, user, posted)
        offer(form, "payment", subject.payments.standing(), payment_words)
        return form

    def run(self, subject: Invoice, user: User, answers: Answers) -> Payment:
        payment: Payment = answers["payment"]
        return commands.take_back_payment(payment.pk, by=user, why=answers["why"])

    def message(self, subject: Invoice, result: Payment) -> str:
        amount = pounds(abs(result.amount))
        if result.amount > ZERO:
            return f"{amount} is not paid back any more on {subject}."
        return f"{amount} is owed again on {subject}."


class RecordRepayment(CommandPage[Invoice, User, Payment]):
    """Record what was paid back to the Party. DCC Billing's, and Operations'."""

    slug = "record-repayment"
    label = "Record a repayment"
    hint = (
        "For what DCC has paid back, since more was paid than is owed (our rule). It "
        "stands on the page of the invoice, which the Gateway Party reads. No e-mail "
        "goes out."
    )
    button = "Record the repayment"
    form_class = RepaymentForm

    def may(self, subject: Invoice, user: User) -> bool:
        return policies.may_record_payments(subject, user)

    def obstacle(self, subject: Invoice, user: User) -> str:
        if subject.left_back > ZERO:
            return ""
        return str(NothingToPayBack(invoice=subject))

    def initial(self, subject: Invoice) -> dict[str, Any]:
        return {"amount": subject.left_back}

    def run(self, subject: Invoice, user: User, answers: Answers) -> Payment:
        return commands.record_repayment(subject.pk, by=user, **answers)

    def blamed(self, refusal: DomainError, answers: Answers) -> str | None:
        return BLAMED.get(type(refusal))

    def message(self, subject: Invoice, result: Payment) -> str:
        return f"{pounds(-result.amount)} is recorded as paid back on {subject}."


BLAMED: dict[type[DomainError], str] = {
    RepaidTooMuch: "amount",
    RepaidOnWrongDay: "paid_on",
}


class PaymentInline(ReadInline):
    model = Payment
    verbose_name_plural = "Payments"
    fields = ("amount", "paid_on", "reference", "why", "recorded_by", "recorded_at")


@admin.register(Invoice)
class InvoiceAdmin(ExportedList, PagesAdmin, PaymentListPages):
    pages = [TakeBackPayment(), RecordRepayment()]
    list_display = ("reference", "party", "payment", "issued_on", "due_on", "total")
    list_filter = (
        *(PaymentStateFilter, "kind"),
        by_period("issued_on", "issued"),
        OfPartyFilter,
    )
    search_fields = ("reference", "party__name")
    inlines = (PaymentInline,)
    change_list_template = "desk/invoices.html"
    readonly_fields = ("payment", "files")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).for_pages()  # type: ignore[attr-defined, no-any-return]

    def list_words(self, request: HttpRequest) -> dict[str, str]:
        return {"title": "Invoices", "lead": overdue_in_all(uk_date(timezone.now()))}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        may = policies.may_record_payments(None, signed_in(request))
        extra = {"may_record": may, **(extra_context or {})}
        return super().changelist_view(request, extra)

    @admin.display(description="For the Party")
    def files(self, invoice: Invoice) -> SafeString:
        """Lead to what the Party reads, and to the file for accounting software."""
        page = reverse("invoice", args=[invoice.reference])
        file = reverse("invoice-xml", args=[invoice.reference])
        words = link(file, "for accounting software (XML)")
        return SafeString(f"{link(page, str(invoice))}, {words}")

    @admin.display(description="Payment")
    def payment(self, invoice: Invoice) -> SafeString:
        state = invoice.state_on(uk_date(timezone.now()))
        shown = tag(str(state.label), STATE_TONE[state][1])
        return two_lines(shown, state_words(invoice, state))

    @admin.display(description="Total, including VAT", ordering="gross")
    def total(self, invoice: Invoice) -> str:
        return pounds(invoice.gross)

    def as_csv(self, rows: "QuerySet[Any]", request: HttpRequest) -> HttpResponseBase:
        return invoices_file(rows)  # type: ignore[arg-type]
