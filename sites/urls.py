from django.urls import path

from sites import views

urlpatterns = [
    path("orders/<str:reference>/access/", views.access, name="access"),
    path(
        "orders/<str:reference>/access/change/",
        views.access_change,
        name="access-change",
    ),
    path(
        "orders/<str:reference>/access/new/",
        views.access_item_new,
        name="access-item-new",
    ),
    path(
        "orders/<str:reference>/access/<int:number>/",
        views.access_item,
        name="access-item",
    ),
    path(
        "orders/<str:reference>/access/<int:number>/settle/",
        views.access_item_settle,
        name="access-item-settle",
    ),
    path(
        "orders/<str:reference>/access/<int:number>/cost/",
        views.access_item_cost,
        name="access-item-cost",
    ),
    path("orders/<str:reference>/access-log/", views.access_log, name="access-log"),
    path(
        "orders/<str:reference>/access-log/log.csv",
        views.access_log_csv,
        name="access-log-csv",
    ),
    path(
        "orders/<str:reference>/access-log/pdf/",
        views.access_log_pdf,
        name="access-log-pdf",
    ),
    path(
        "orders/<str:reference>/access-log/new/",
        views.access_log_new,
        name="access-log-new",
    ),
    path(
        "orders/<str:reference>/access-log/kept/",
        views.access_log_place,
        name="access-log-place",
    ),
    path(
        "orders/<str:reference>/damage/new/",
        views.damage_new,
        name="damage-new",
    ),
    path("orders/<str:reference>/duties/", views.duties, name="duties"),
    path(
        "orders/<str:reference>/duties/<slug:code>/",
        views.duty_evidence,
        name="duty-evidence",
    ),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar-feed"),
    path("gate/<str:token>/", views.gate, name="gate"),
    path(
        "orders/<str:reference>/installation/",
        views.installation,
        name="installation",
    ),
    path("orders/<str:reference>/paths/", views.paths, name="paths"),
    path(
        "orders/<str:reference>/visits/new/", views.visit_propose, name="visit-propose"
    ),
    path("visits/<str:reference>/", views.visit, name="visit"),
    path("visits/<str:reference>/days/", views.visit_days, name="visit-days"),
    path("visits/<str:reference>/move/", views.visit_move, name="visit-move"),
    path(
        "visits/<str:reference>/call-off/",
        views.visit_call_off,
        name="visit-call-off",
    ),
    path("visits/<str:reference>/dispute/", views.visit_dispute, name="visit-dispute"),
]
