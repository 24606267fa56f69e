from django.urls import path

from parties import views

urlpatterns = [
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("account/", views.account, name="account"),
    path("account/nominations/", views.nominations, name="account-nominations"),
    path("account/data-centres/new/", views.data_centre_new, name="data-centre-new"),
    path("account/calendar/new/", views.calendar_make, name="calendar-make"),
    path("account/calendar/end/", views.calendar_revoke, name="calendar-revoke"),
    path(
        "account/calendar/shared/new/",
        views.calendar_share,
        name="calendar-share",
    ),
    path(
        "account/calendar/shared/end/",
        views.calendar_unshare,
        name="calendar-unshare",
    ),
]
