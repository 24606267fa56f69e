from django.urls import path

from parties import views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/data-centres/new/", views.data_centre_new, name="data-centre-new"),
]
