from django.urls import path

from billing import views

urlpatterns = [
    path("billing/", views.billing, name="billing"),
    path("billing/charges.csv", views.billing_csv, name="billing-csv"),
    path("billing/invoices/", views.invoices, name="invoices"),
    path("billing/invoices.csv", views.invoices_csv, name="invoices-csv"),
    path("billing/invoices/<str:reference>/", views.invoice, name="invoice"),
    path(
        "billing/invoices/<str:reference>/pdf/", views.invoice_pdf, name="invoice-pdf"
    ),
]
