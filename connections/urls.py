from django.urls import path

from connections import views

urlpatterns = [
    path("connections/", views.connections, name="connections"),
    path("connections/<str:reference>/", views.connection, name="connection"),
    path("connections/<str:reference>/renewal/", views.renewal, name="renewal"),
    path("connections/<str:reference>/rate/", views.rate, name="connection-rate"),
    path("connections/<str:reference>/hv/", views.hv_beside, name="connection-hv"),
    path("connections/<str:reference>/end/", views.ending, name="connection-end"),
    path("connections/<str:reference>/reports/", views.reports, name="reports"),
    path(
        "connections/<str:reference>/reports/new/", views.report_new, name="report-new"
    ),
    path(
        "connections/<str:reference>/reports/<str:report>/", views.report, name="report"
    ),
    path(
        "connections/<str:reference>/reports/<str:report>/withdraw/",
        views.report_withdraw,
        name="report-withdraw",
    ),
    path("connections/<str:reference>/sessions/", views.sessions, name="sessions"),
    path(
        "connections/<str:reference>/sessions/new/",
        views.session_new,
        name="session-new",
    ),
    path(
        "connections/<str:reference>/sessions/<int:session>/",
        views.session_change,
        name="session-change",
    ),
    path(
        "connections/<str:reference>/sessions/<int:session>/close/",
        views.session_close,
        name="session-close",
    ),
    path(
        "connections/<str:reference>/sessions/<int:session>/dccki/",
        views.session_dccki,
        name="session-dccki",
    ),
    path(
        "connections/<str:reference>/sessions.csv",
        views.sessions_csv,
        name="sessions-csv",
    ),
    path("connections/<str:reference>/sharers/new/", views.share_new, name="share-new"),
    path(
        "connections/<str:reference>/sharers/<int:sharer>/end/",
        views.share_end,
        name="share-end",
    ),
    path("connections/<str:reference>/use/", views.other_use, name="connection-use"),
    path(
        "connections/<str:reference>/use/declaration/", views.sole_use, name="sole-use"
    ),
    path("connections/<str:reference>/shared/", views.shared, name="connection-shared"),
    path(
        "connections/<str:reference>/sessions/import/",
        views.sessions_import,
        name="sessions-import",
    ),
    path(
        "connections/<str:reference>/list-of-sessions.csv",
        views.sessions_template,
        name="sessions-template-csv",
    ),
    path("connections/<str:reference>/failover/", views.failover, name="failover"),
    path(
        "connections/<str:reference>/failover/tests/new/",
        views.failover_test_new,
        name="failover-test-new",
    ),
    path(
        "connections/<str:reference>/failover/tests/<int:test>/",
        views.failover_test,
        name="failover-test",
    ),
    path(
        "connections/<str:reference>/failover/tests/<int:test>/move/",
        views.failover_test_move,
        name="failover-test-move",
    ),
    path(
        "connections/<str:reference>/failover/tests/<int:test>/call-off/",
        views.failover_test_call_off,
        name="failover-test-call-off",
    ),
]
