"""Settings, all from the environment.

Without any variable this is the trial: SQLite, a broker that needs no server, e-mails
kept in the portal, loopback only. `DEPLOYMENT=production` refuses to start without a
secret, host names, a real database and a real broker.
"""

from datetime import date
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from common.log import logging_settings

# Lets `ModelAdmin[Any]` and its like be written at run time.
django_stubs_ext.monkeypatch()

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
DEPLOYMENT = env.str("DEPLOYMENT", default="trial")
if DEPLOYMENT not in {"trial", "production"}:
    raise ImproperlyConfigured(
        f"DEPLOYMENT is '{DEPLOYMENT}'. Say 'trial' or 'production'."
    )
PRODUCTION = DEPLOYMENT == "production"
TRIAL = not PRODUCTION


def required(name: str) -> str:
    """Return the setting `name`, which production cannot do without."""
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(
            f"Set {name} in the environment: production does not start without it."
        )
    return value


def whole(name: str, *, default: int, least: int = 1, most: int) -> int:
    """Return the whole number set as `name`, once it is one that can be worked with."""
    value: int = env.int(name, default=default)
    if not least <= value <= most:
        raise ImproperlyConfigured(
            f"{name} is {value}. Set a whole number from {least} to {most}."
        )
    return value


def days(name: str) -> dict[str, date]:
    """Return the days set as `name`: pairs of a name and a day, parted by commas."""
    given: list[str] = env.list(name, default=[])
    try:
        pairs = [pair.split("=") for pair in given]
        return {key.strip(): date.fromisoformat(day.strip()) for key, day in pairs}
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} is '{','.join(given)}'. Write pairs such as sandpit=2015-03-02."
        ) from error


def trial_secret() -> str:
    """Return a secret made on the first start of a trial and kept beside its data."""
    path = DATA_DIR / "secret"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


DEBUG = False
SECRET_KEY = (
    required("SECRET_KEY")
    if PRODUCTION
    else env.str("SECRET_KEY", default="") or trial_secret()
)
ALLOWED_HOSTS = (
    required("ALLOWED_HOSTS").split(",")
    if PRODUCTION
    else ["127.0.0.1", "localhost", "[::1]"]
)
SITE_URL = (
    required("SITE_URL")
    if PRODUCTION
    else env.str(
        "SITE_URL", default=f"http://127.0.0.1:{env.str('PORT', default='8000')}"
    )
).rstrip("/")

INSTALLED_APPS = [
    "dccportal.desk.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_fsm",
    "allauth",
    "allauth.account",
    "csp",
    "django_structlog",
    "common.apps.CommonConfig",
    "records.apps.RecordsConfig",
    "parties.apps.PartiesConfig",
    "guidance.apps.GuidanceConfig",
    "orders.apps.OrdersConfig",
    "quotes.apps.QuotesConfig",
    "planner.apps.PlannerConfig",
    "sites.apps.SitesConfig",
    "connections.apps.ConnectionsConfig",
    "billing.apps.BillingConfig",
    "dccportal.apps.PortalConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "common.nul.refuse_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dccportal.pages.throttle.CountedSignIn",
    "django_structlog.middlewares.RequestMiddleware",
]

ROOT_URLCONF = "dccportal.urls"
WSGI_APPLICATION = "dccportal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dccportal.context.portal",
                "dccportal.context.menu",
            ],
            # In place of Django's own tag of that name, on every page.
            "builtins": ["common.templatetags.marked"],
            # What a page of a lower app shows of the apps above it.
            "libraries": {"commitment": "dccportal.pages.commitment"},
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "portal.sqlite3",
    "OPTIONS": {
        # Writers queue at BEGIN instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        ),
    },
}
if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": env.db_url("DATABASE_URL")}
elif PRODUCTION:
    required("DATABASE_URL")
else:
    DATABASES = {"default": SQLITE}
if "postgresql" in str(DATABASES["default"]["ENGINE"]):
    # Compiling the desk's one count of all queues takes far longer than running it.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c jit=off"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = required("REDIS_URL") if PRODUCTION else env.str("REDIS_URL", default="")
CACHES = {
    # Shared by all processes, since sign-in is throttled by counts kept here.
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    # A task lost with its worker comes back after 15 minutes; all are far shorter.
    {
        "visibility_timeout": 900,
        "unacked_restore_throttle": 1,
        # Somebody waits for the page: try twice at once, then leave it to a sweep.
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "socket_connect_timeout": 2,
    }
    if REDIS_URL
    else {
        "data_folder_in": str(DATA_DIR / "broker"),
        "data_folder_out": str(DATA_DIR / "broker"),
        "processed_folder": str(DATA_DIR / "broker-done"),
        "control_folder": str(DATA_DIR / "broker-control"),
        "store_processed": False,
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
# A broker that is down must not hold a request: the sweepers find what is owed.
CELERY_TASK_PUBLISH_RETRY = False

AUTH_USER_MODEL = "parties.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
        )
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "dccportal.pages.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "dccportal.pages.sign_in.SignInForm",
    "reset_password": "dccportal.pages.sign_in.AskForResetForm",
    "reset_password_from_key": "dccportal.pages.sign_in.NewPasswordForm",
    "reauthenticate": "dccportal.pages.sign_in.SignInAgainForm",
}
# No "remember me": a sign-in lasts SESSION_COOKIE_AGE.
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Nobody signs up; the first password is set through a link that was mailed.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reset_password": "20/m/ip,5/m/key",
    # Anybody may keep a plan; nobody needs more than this.
    "keep_plan": "30/h/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["dccportal.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.str("DOCUMENTS_DIR", default=str(DATA_DIR / "documents"))


def bucket_storage(bucket: str, endpoint: str) -> dict[str, Any]:
    """Return the storage of documents in a private bucket that speaks S3."""
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint or None,
            "default_acl": None,
            "file_overwrite": False,
            "signature_version": "s3v4",
        },
    }


# Keys come as boto3 finds them: AWS_ACCESS_KEY_ID and so on, or the machine's role.
DOCUMENTS_BUCKET = env.str("DOCUMENTS_BUCKET", default="")
S3_ENDPOINT_URL = env.str("S3_ENDPOINT_URL", default="")
STORAGES = {
    # Private: no URL leads here, a view streams what the person may see.
    "default": bucket_storage(DOCUMENTS_BUCKET, S3_ENDPOINT_URL)
    if DOCUMENTS_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

if PRODUCTION:
    # E-mails hold links that sign people in, so the log is no place for them.
    required("EMAIL_URL")
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="dummymail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str(
    "FROM_EMAIL", default="DCC Connections <no-reply@connections.example>"
)
EMAIL_TIMEOUT = 20

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION and env.bool("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "dccportal.pages.errors.csrf_failure"

DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# What the business may change. SPEC 7.7 lists them; the guidance gives the defaults.
SERVICE_DESK_PHONE = env.str("SERVICE_DESK_PHONE", default="0844 225 4445")
SERVICE_DESK_EMAIL = env.str("SERVICE_DESK_EMAIL", default="servicedesk@smartdcc.co.uk")
INSTALLER_NAME = env.str("INSTALLER_NAME", default="Gamma")
CONFIGURER_NAME = env.str("CONFIGURER_NAME", default="CGI")
BANK_HOLIDAY_DIVISION = env.str("BANK_HOLIDAY_DIVISION", default="ENG")
HV_MAXIMUM_MBPS = env.int("HV_MAXIMUM_MBPS", default=100)
# From when DCC offers each kind of testing: "sandpit=2015-03-02,interface=2015-09-01".
TESTING_AVAILABLE_FROM = days("TESTING_AVAILABLE_FROM")
# Each date is worked out once and stored, so what is under way keeps its figure.
QUOTE_WORKING_DAYS = whole("QUOTE_WORKING_DAYS", default=5, most=60)
QUOTE_OPEN_DAYS = whole("QUOTE_OPEN_DAYS", default=30, most=365)
UPDATED_QUOTE_OPEN_DAYS = whole("UPDATED_QUOTE_OPEN_DAYS", default=30, most=365)
VISIT_WARNING_WORKING_DAYS = whole("VISIT_WARNING_WORKING_DAYS", default=5, most=60)
RENEWAL_NOTICE_MONTHS = whole("RENEWAL_NOTICE_MONTHS", default=4, most=11)
RENEWAL_WINDOW_MONTHS = whole(
    "RENEWAL_WINDOW_MONTHS", default=1, most=RENEWAL_NOTICE_MONTHS
)
# A plan that nobody started a request from is deleted after so many days.
PLAN_KEPT_DAYS = whole("PLAN_KEPT_DAYS", default=180, most=3650)
# Days after issue; the last day always brings one too.
AUTHORITY_REMINDER_DAYS = env.list(
    "AUTHORITY_REMINDER_DAYS", cast=int, default=[20, 27]
)
# T19: the guidance asks for a signature on paper; off, an authoriser may accept here.
SIGNED_UPLOAD_MANDATORY = env.bool("SIGNED_UPLOAD_MANDATORY", default=True)
RENEWAL_MONTHS = env.int("RENEWAL_MONTHS", default=12)
UPLOAD_MAX_MEGABYTES = env.int("UPLOAD_MAX_MEGABYTES", default=10)
# Such as tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl; without, no virus scan.
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")

LOGGING = logging_settings(
    is_production=PRODUCTION,
    level=env.str("LOG_LEVEL", default="INFO" if PRODUCTION else "WARNING"),
)
