"""Every address of the portal: one include per app, and the pages that show many."""

from allauth.account import views as account
from django.contrib import admin
from django.urls import include, path, re_path

from dccportal.pages.views import health, home, order, public

sign_in = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-up/", account.signup, name="account_signup"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path(
        "account/e-mail/check/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    re_path(
        r"^account/e-mail/(?P<key>[-:\w]+)/$",
        account.confirm_email,
        name="account_confirm_email",
    ),
    path("password/", account.password_reset, name="account_reset_password"),
    path(
        "password/sent/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "password/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

pages = [
    path("", public.start, name="start"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path("live/", health.live, name="live"),
    path("ready/", health.ready, name="ready"),
    path("health/", health.health, name="health"),
    path("metrics", health.metrics, name="metrics"),
    path("orders/", home.home, name="home"),
    path("orders/orders.csv", home.orders_csv, name="orders-csv"),
    path("orders/<str:reference>/", order.order, name="order"),
    path("orders/<str:reference>/history/", order.history, name="order-history"),
]

handler500 = "dccportal.pages.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include(sign_in)),
    # Before the pages of one order, since "new" is no reference.
    path("", include("orders.urls")),
    path("", include("guidance.urls")),
    path("", include("quotes.urls")),
    path("", include("planner.urls")),
    path("", include("sites.urls")),
    path("", include("connections.urls")),
    path("", include("billing.urls")),
    path("", include("parties.urls")),
    path("", include("records.urls")),
    path("", include(pages)),
]
