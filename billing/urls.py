from django.urls import path

from billing import views

urlpatterns = [
    path("billing/", views.billing, name="billing"),
    path("billing/charges.csv", views.billing_csv, name="billing-csv"),
]
