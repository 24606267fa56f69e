from django.urls import path

from billing import views
from billing.pages import charges, split

urlpatterns = [
    path("billing/", charges.billing, name="billing"),
    path("billing/forecast.csv", charges.forecast_csv, name="billing-forecast-csv"),
    path("billing/split/", split.split, name="billing-split"),
    path("billing/charges.csv", views.billing_csv, name="billing-csv"),
    path("billing/invoices/", views.invoices, name="invoices"),
    path("billing/invoices.csv", views.invoices_csv, name="invoices-csv"),
    path("billing/invoices/<str:reference>/", views.invoice, name="invoice"),
    path(
        "billing/invoices/<str:reference>/pdf/", views.invoice_pdf, name="invoice-pdf"
    ),
    path(
        "billing/invoices/<str:reference>/xml/", views.invoice_xml, name="invoice-xml"
    ),
]
