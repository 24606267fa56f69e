"""A list of payments: brought in from a file, looked at, and recorded at once."""

import hashlib
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from billing import commands, policies
from billing.commands.payments import PaymentsChecked
from billing.errors import PaymentsWrong
from billing.forms import (
    COLUMNS,
    PaymentListForm,
    PaymentsConfirmedForm,
    PaymentsRead,
    read_payments,
)
from common.admin import CommandAdmin
from common.clock import uk_date
from common.csv_file import csv_download
from common.errors import DomainError
from common.files import CsvUpload
from common.money import ZERO
from common.unsent import give_back
from common.virus import check_for_viruses
from common.wording import plural
from parties.models import User
from parties.policies import signed_in

LIST, IMPORT, EXAMPLE = (
    "billing_invoice_changelist",
    "billing_invoice_payments",
    "billing_invoice_payments_csv",
)
SAME = "Every payment of the list is recorded already. Nothing was changed."


def checked(read: PaymentsRead) -> PaymentsChecked:
    """Return what a list comes to today, with all that is wrong, by line."""
    found = commands.checked_payments(read.listed, today=uk_date(timezone.now()))
    found.faults += read.faults
    found.faults.sort(key=lambda fault: fault.number)
    return found


def fingerprint(found: PaymentsChecked) -> str:
    """Return what tells this list of new payments from another."""
    told = [one.listed for one in found.new]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def recorder(request: HttpRequest) -> User:
    """Return who signed in, once they may record payments. Source: R-2.9.1-9."""
    user = signed_in(request)
    if not policies.may_record_payments(None, user):
        raise PermissionDenied
    return user


class PaymentListPages(CommandAdmin):
    """The pages of the desk on which a list of payments is brought in."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("payments/", view(self.payments_view), name=IMPORT),
            path("payments/example.csv", view(self.example_view), name=EXAMPLE),
            *super().get_urls(),
        ]

    def example_view(self, request: HttpRequest) -> HttpResponseBase:
        recorder(request)
        return csv_download("list-of-payments", COLUMNS, [COLUMNS.values()])

    def payments_view(self, request: HttpRequest) -> HttpResponse:
        """Take a list, show what it comes to, and record it once that is confirmed."""
        user = recorder(request)
        is_post = request.method == "POST"
        if is_post and "agreed" in request.POST:
            return self.confirmed(request, user)
        form = PaymentListForm(
            request.POST if is_post else None, request.FILES if is_post else None
        )
        form.use_required_attribute = False
        give_back(request, form)
        found = None
        if form.is_valid():
            found = checked(form.read)
            if not found.faults:
                return self.preview(request, found, form.cleaned_data["file"])
            words = "Nothing was saved. Correct what the table names and send it again."
            form.add_error("file", words)
        facts = {"form": form, "faults": found.faults if found else []}
        return self.page(request, "desk/payments.html", "Show what it comes to", facts)

    def page(
        self, request: HttpRequest, template: str, button: str, facts: dict[str, Any]
    ) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Bring in a list of payments",
            "page": {"label": "Bring in a list of payments", "button": button},
            "back": "..",
            "columns": COLUMNS,
            **facts,
        }
        return TemplateResponse(request, template, context)

    def preview(
        self, request: HttpRequest, found: PaymentsChecked, file: CsvUpload
    ) -> HttpResponse:
        carried = {"text": file.text, "name": file.name, "agreed": fingerprint(found)}
        facts = {
            "found": found,
            "total": sum((one.listed.amount for one in found.new), ZERO),
            "form": PaymentsConfirmedForm(initial=carried),
        }
        button = "Record these payments"
        return self.page(request, "desk/payments_preview.html", button, facts)

    def confirmed(self, request: HttpRequest, user: User) -> HttpResponse:
        """Record what was confirmed; what comes to something else is shown again."""
        form = PaymentsConfirmedForm(request.POST)
        if not form.is_valid():
            self.message_user(
                request, "Nothing was saved. Choose the file again.", messages.ERROR
            )
            return redirect(f"admin:{IMPORT}")
        try:
            return self.recorded(request, user, form.cleaned_data)
        except DomainError as refusal:
            self.message_user(request, f"Nothing was saved. {refusal}", messages.ERROR)
        return redirect(f"admin:{IMPORT}")

    def recorded(
        self, request: HttpRequest, user: User, sent: dict[str, Any]
    ) -> HttpResponse:
        content = sent["text"].encode()
        virus_check = check_for_viruses(content)
        file = CsvUpload(content, sent["name"], virus_check, sent["text"])
        read = read_payments(file.text)
        found = checked(read)
        if found.faults:
            raise PaymentsWrong(reason=str(found.faults[0]))
        if fingerprint(found) != sent["agreed"]:
            words = "Nothing was saved yet: payments have changed since. Look again."
            self.message_user(request, words, messages.WARNING)
            return self.preview(request, found, file)
        kept = commands.import_payments(read.listed, file=file, by=user)
        words = f"{plural(len(kept), 'payment')} recorded." if kept else SAME
        self.message_user(request, words, messages.SUCCESS)
        return redirect(f"admin:{LIST}")
