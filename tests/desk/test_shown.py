"""Rows at the desk tell instants and amounts as all pages do."""

from django.contrib import admin
from django.urls import reverse

from billing.models import Charge, Invoice
from billing.tasks import issue_invoices
from common.shown import shown
from tests.reading import words_of


def test_an_invoice_is_read_in_pounds_and_by_the_clock_of_all_pages(at, connection):
    issue_invoices()
    invoice, charge = Invoice.objects.get(), Charge.objects.first()

    page = words_of(
        at.client.get(reverse("admin:billing_invoice_change", args=[invoice.pk]))
    )
    assert "£8,400.00" in page
    assert "3 March 2026, 10:00am" in page
    assert "8400.00" not in page
    assert "Excluding VAT" in page
    row = reverse("admin:billing_charge_change", args=[charge.pk])
    assert f"£{charge.net:,.2f}" in words_of(at.client.get(row))


def test_a_connection_names_its_parts_and_says_where_there_is_nothing(at, connection):
    address = reverse("admin:connections_connection_change", args=[connection.pk])

    page = words_of(at.client.get(address))

    for words in ("Contract periods", "Sessions", "Letters"):
        assert f"<h2>{words}</h2>" in page
    assert "<td>None</td>" not in page
    assert "<p>None yet.</p>" in page


def test_no_list_of_the_desk_tells_a_moment_an_amount_or_yes_as_it_is_stored(
    rf, operator
):
    request = rf.get("/")
    request.user = operator

    for model, page in admin.site._registry.items():
        if hasattr(page, "list_name"):
            listed = page.get_list_display(request)
            own = [n for n in listed if not hasattr(page, n)]
            assert shown(model, own) == own, model


def test_the_page_of_a_person_says_in_words_what_holds_and_what_never_was(
    at, authoriser
):
    type(authoriser).objects.filter(pk=authoriser.pk).update(last_login=None)
    address = reverse("admin:parties_user_change", args=[authoriser.pk])

    page = words_of(at.client.get(address))

    assert "Never yet" in page
    assert '<div class="readonly">Yes</div>' in page
