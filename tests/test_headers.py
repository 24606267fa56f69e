"""What each answer tells the browser, exactly: a word more or less fails here."""

import pytest
from django.urls import reverse

from dccportal.pages.views import public
from tests.factories.parties import PASSWORD
from tests.reading import read_to_the_end
from tests.test_settings import start

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
NO_DEVICES = (
    "accelerometer=(), camera=(), display-capture=(), encrypted-media=(), "
    "geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), "
    "payment=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()"
)
OTHERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policy_of(response):
    """Return the Content-Security-Policy of an answer as its directives."""
    given = response["Content-Security-Policy"].split(";")
    return dict(one.strip().split(" ", 1) for one in given if one.strip())


PLACES = [
    ("start", "/", 200),
    ("a style sheet", "/static/css/admin.css", 200),
    ("nothing", "/nothing/of/the/kind/", 404),
    ("what cannot be read", "/?%00=1", 400),
    ("the desk", "/admin/", 200),
    ("a list of the desk", "/admin/parties/user/", 200),
    ("what the desk refuses", "/admin/parties/user/1/delete/", 403),
    ("a file of the desk", "/admin/orders/connectionrequest/export/", 200),
]


@pytest.mark.parametrize(
    ("place", "status"),
    [place[1:] for place in PLACES],
    ids=[place[0] for place in PLACES],
)
def test_every_kind_of_answer_has_every_header(
    client, operator, settings, place, status
):
    settings.WHITENOISE_USE_FINDERS = True
    client.force_login(operator)

    answer = client.get(place.replace("/user/1/", f"/user/{operator.pk}/"))
    read_to_the_end(answer)

    assert answer.status_code == status
    assert policy_of(answer) == POLICY
    assert answer["Permissions-Policy"] == NO_DEVICES
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_fault_of_the_portal_has_every_header_too(client, db, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(public, "render", broken)
    client.raise_request_exception = False

    answer = client.get("/")

    assert answer.status_code == 500
    assert policy_of(answer) == POLICY
    assert answer["Permissions-Policy"] == NO_DEVICES
    assert {name: answer[name] for name in OTHERS} == OTHERS


def test_what_belongs_to_a_session_is_kept_by_no_browser(
    client, submitter, issued_quote
):
    client.force_login(submitter)
    quote, order = issued_quote, issued_quote.order
    places = [
        reverse("home"),
        reverse("orders-csv"),
        reverse("account"),
        order.get_absolute_url(),
        quote.get_absolute_url(),
        reverse("document", args=[quote.document.pk]),
        reverse("start"),
        "/nothing/of/the/kind/",
    ]

    answers = [client.get(place) for place in places]
    for answer in answers:
        read_to_the_end(answer)

    assert {answer["Cache-Control"] for answer in answers} == {"private, no-store"}


def test_what_everybody_may_read_can_be_kept(client, db):
    assert "Cache-Control" not in client.get(reverse("start"))


def test_the_answers_that_sign_somebody_in_and_out_are_kept_by_nobody(
    client, submitter
):
    """The one has no session yet, the other none any more."""
    typed = {"login": submitter.email, "password": PASSWORD}

    signed_in = client.post(reverse("account_login"), typed)
    signed_out = client.post(reverse("account_logout"))

    assert "no-store" in signed_in["Cache-Control"]
    assert "no-store" in signed_out["Cache-Control"]


FLAGS = {
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_AGE": 43200,
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_SAMESITE": "Lax",
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31536000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "SECURE_REFERRER_POLICY": "same-origin",
    "X_FRAME_OPTIONS": "DENY",
}


def test_production_sets_every_flag_of_its_cookies_and_of_https():
    pairs = f"(name, getattr(s, name)) for name in {list(FLAGS)}"
    started = start(f"dict({pairs})")

    assert started.stdout.strip() == str(FLAGS)


@pytest.fixture
def as_in_production(settings):
    """Answer over HTTPS with the flags of production, which the table above pins."""
    for name, value in FLAGS.items():
        setattr(settings, name, value)


def test_in_production_a_sign_in_sets_cookies_that_only_https_carries(
    client, submitter, as_in_production
):
    typed = {"login": submitter.email, "password": PASSWORD}
    client.get(reverse("account_login"), secure=True)
    client.post(reverse("account_login"), typed, secure=True)

    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name


def test_in_production_a_browser_is_told_to_stay_with_https(
    client, db, as_in_production
):
    plain = client.get("/")
    safe = client.get("/", secure=True)

    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/")
    assert safe["Strict-Transport-Security"] == (
        "max-age=31536000; includeSubDomains; preload"
    )
