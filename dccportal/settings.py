"""Settings, all from the environment.

Without any variable this is the trial: SQLite, a broker that needs no server, e-mails
kept in the portal, loopback only. `DEPLOYMENT=production` refuses to start without a
secret, host names, a real database and a real broker. `dccportal.environment` checks.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from kombu import Queue

from dccportal import broker, headers, storage
from dccportal.environment import (
    A_BUCKET,
    A_NUMBER,
    A_PHONE,
    AN_ADDRESS,
    PRODUCTION,
    address,
    choice,
    clamd,
    database,
    days,
    email,
    endpoint,
    folder,
    hosts,
    log_level,
    mail,
    matching,
    percent,
    redis,
    secret,
    sender,
    site_url,
    title,
    token,
    web_address,
    whole,
    wholes,
    yes_or_no,
)
from dccportal.log import logging_settings

# Lets `ModelAdmin[Any]` and its like be written at run time.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = folder("DATA_DIR", default=BASE_DIR / "var")
TRIAL = not PRODUCTION

DEBUG = False
SECRET_KEY = secret("SECRET_KEY", stored_in=DATA_DIR)
ALLOWED_HOSTS = hosts("ALLOWED_HOSTS")
# Read by gunicorn.conf.py, and refused here, so that every program refuses them.
HOST = matching(
    "HOST", AN_ADDRESS, "Name this machine, such as 127.0.0.1.", default="127.0.0.1"
)
PORT = whole("PORT", default=8000, most=65535)
WEB_PROCESSES = whole("WEB_PROCESSES", default=1, most=64)
WEB_THREADS = whole("WEB_THREADS", default=4, most=64)
SITE_URL = site_url("SITE_URL", among=ALLOWED_HOSTS, default=f"http://127.0.0.1:{PORT}")
# What our e-mails are from, by default and in their Message-ID.
SITE_HOST = str(urlsplit(SITE_URL).hostname)

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
    "worklist.apps.WorklistConfig",
    "guidance.apps.GuidanceConfig",
    "orders.apps.OrdersConfig",
    "quotes.apps.QuotesConfig",
    "planner.apps.PlannerConfig",
    "sites.apps.SitesConfig",
    "connections.apps.ConnectionsConfig",
    "billing.apps.BillingConfig",
    "takeover.apps.TakeoverConfig",
    "dccportal.apps.PortalConfig",
]

MIDDLEWARE = [
    # First, so that it counts every answer.
    "dccportal.pages.metrics.count_requests",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "common.nul.refuse_nul",
    # Outside the sessions, whose cookie it looks for in the answer.
    "dccportal.no_store.store_nothing_of_a_session",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "parties.sign_in.throttle.CountedSignIn",
    "django_structlog.middlewares.RequestMiddleware",
    "records.once.SentOnce",
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
            "libraries": {
                "commitment": "planner.sections",
            },
        },
    },
]
# Draws as Django does; every form of ours and of libraries reads through one door.
FORM_RENDERER = "common.door.DoorRenderer"

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": str(DATA_DIR / "portal.sqlite3"),
    "OPTIONS": {
        # Writers queue at BEGIN instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        ),
    },
}
DATABASES = {"default": database("DATABASE_URL", default=SQLITE)}
if "postgresql" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["OPTIONS"] = {
        # Compiling the desk's one count of all queues takes far longer than running it.
        "options": "-c jit=off",
        "connect_timeout": 10,
    } | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# SQLite leaves out what an index only carries along; a trial is told nothing of it.
SILENCED_SYSTEM_CHECKS = ["models.W040"]

REDIS_URL = redis("REDIS_URL")
CACHES = {
    # Shared by all processes, since sign-in is throttled by counts kept here.
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA_DIR / "cache"),
    }
}

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = broker.transport_options(REDIS_URL, DATA_DIR)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
# A job is ended before its lease is over, and the next attempt begins.
JOB_SECONDS = 240
# A worker that is told nothing takes from all three; a letter never waits behind a PDF.
CELERY_TASK_DEFAULT_QUEUE = "timers"
CELERY_TASK_QUEUES = [Queue(name) for name in ("timers", "mail", "documents")]
# Asked where e-mails are sent from.
CELERY_TASK_ROUTES = {"records.tasks.greet_mail_server": {"queue": "mail"}}
# One message at a time: what a worker holds, it works on.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
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
    {"NAME": "dccportal.demo.refusal.NotTheDemoPassword"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "parties.sign_in.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "parties.sign_in.forms.SignInForm",
    "reset_password": "parties.sign_in.forms.AskForResetForm",
    "user_token": "parties.sign_in.forms.OpenLinkForm",
    "reset_password_from_key": "parties.sign_in.forms.NewPasswordForm",
    "reauthenticate": "parties.sign_in.forms.SignInAgainForm",
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
    # Wrong passwords only. "ip" is a network; "key" is one address from one network,
    # and each further window makes the wait longer.
    "login_failed": "10/m/ip,50/h/ip,200/d/ip,5/300s/key,10/h/key,20/d/key",
    # Not for one address: anybody could keep its owner from asking.
    "reset_password": "20/m/ip,60/h/ip",
    "save_plan": "30/h/ip",  # anybody may; nobody needs more
    # A calendar asks a few times a day, a guard as often as people come.
    "private_link": "60/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = whole("TRUSTED_PROXY_COUNT", default=0, least=0, most=10)

LANGUAGE_CODE = "en-gb"
USE_I18N = False  # One language, that of the code: no word is looked up.
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["dccportal.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = str(folder("DOCUMENTS_DIR", default=DATA_DIR / "documents"))
# Keys come as boto3 finds them: AWS_ACCESS_KEY_ID and so on, or the machine's role.
DOCUMENTS_BUCKET = matching(
    "DOCUMENTS_BUCKET", A_BUCKET, "Name a bucket, such as portal-documents.", default=""
)
S3_ENDPOINT_URL = endpoint("S3_ENDPOINT_URL")
STORAGES = {
    # Private: no URL leads here, a view streams what the person may see.
    "default": storage.of_bucket(DOCUMENTS_BUCKET, S3_ENDPOINT_URL)
    if DOCUMENTS_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

vars().update(mail("EMAIL_URL"))
DEFAULT_FROM_EMAIL = sender(
    "FROM_EMAIL",
    default="DCC Connections <no-reply@"
    f"{SITE_HOST if PRODUCTION else 'connections.example'}>",
)
EMAIL_TIMEOUT = 20
CONTENT_SECURITY_POLICY = headers.CONTENT_SECURITY_POLICY
PERMISSIONS_POLICY = headers.PERMISSIONS_POLICY
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = yes_or_no("SSL_REDIRECT", default=True) and PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
if yes_or_no("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "dccportal.pages.errors.csrf_failure"

DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# What the business may change. Where the guidance says a figure, it is the default.
SERVICE_DESK_PHONE = matching(
    "SERVICE_DESK_PHONE",
    A_PHONE,
    "Set a telephone number, such as 0844 225 4445.",
    default="0844 225 4445",
)
SERVICE_DESK_EMAIL = email("SERVICE_DESK_EMAIL", default="servicedesk@smartdcc.co.uk")
# Where DCC's own document sends its readers for the form and the manual.
SMART_DCC_URL = web_address("SMART_DCC_URL", default="https://www.smartdcc.co.uk/")
INSTALLER_NAME = title("INSTALLER_NAME", default="Gamma")
CONFIGURER_NAME = title("CONFIGURER_NAME", default="CGI")
BANK_HOLIDAY_DIVISION = choice(
    "BANK_HOLIDAY_DIVISION", default="ENG", among=("ENG", "SCT", "NIR")
)
HV_MAXIMUM_MBPS = whole("HV_MAXIMUM_MBPS", default=100, least=10, most=1000, step=10)
# From when DCC offers each testing: "sandpit=2015-03-02,interface=2015-09-01".
TESTING_AVAILABLE_FROM = days(
    "TESTING_AVAILABLE_FROM",
    among=("sandpit", "user_entry", "interface", "end_to_end"),
)
# Each date is worked out once and stored, so what is under way keeps its figure.
QUOTE_WORKING_DAYS = whole("QUOTE_WORKING_DAYS", default=5, most=60)
QUOTE_OPEN_DAYS = whole("QUOTE_OPEN_DAYS", default=30, most=365)
UPDATED_QUOTE_OPEN_DAYS = whole("UPDATED_QUOTE_OPEN_DAYS", default=30, most=365)
INVOICE_DUE_DAYS = whole("INVOICE_DUE_DAYS", default=30, most=365)
INVOICE_DAY = whole("INVOICE_DAY", default=1, most=28)
# Who sells, for accounting software; what is empty is left out, nothing is made up.
SELLER_NAME = title("SELLER_NAME", default="DCC")
SELLER_ADDRESS = address("SELLER_ADDRESS")
SELLER_COMPANY_NUMBER = matching(
    "SELLER_COMPANY_NUMBER", A_NUMBER, "Set a company number.", default=""
)
SELLER_VAT_NUMBER = matching(
    "SELLER_VAT_NUMBER",
    A_NUMBER,
    "Set a VAT number, such as GB 123 4567 89.",
    default="",
)
# Calendar days after the last day for paying: one reminder then, or none with 0.
INVOICE_REMINDER_DAYS = whole("INVOICE_REMINDER_DAYS", default=7, least=0, most=365)
# Simple interest a year on what is paid late, told and never charged; 0 says nothing.
LATE_INTEREST_PERCENT = percent("LATE_INTEREST_PERCENT", default="0")
RATE_CHANGE_DAYS = whole("RATE_CHANGE_DAYS", default=30, most=365)
VISIT_WARNING_WORKING_DAYS = whole("VISIT_WARNING_WORKING_DAYS", default=5, most=60)
# DCC's own, in working days, where the guidance sets none: each day is kept once given.
VISIT_DISPUTE_WORKING_DAYS = whole("VISIT_DISPUTE_WORKING_DAYS", default=10, most=60)
KEY_IN_WORKING_DAYS = whole("KEY_IN_WORKING_DAYS", default=1, most=60)
CHECK_FORM_WORKING_DAYS = whole("CHECK_FORM_WORKING_DAYS", default=2, most=60)
ENQUIRY_WORKING_DAYS = whole("ENQUIRY_WORKING_DAYS", default=1, most=60)
RECEIPT_WORKING_DAYS = whole("RECEIPT_WORKING_DAYS", default=1, most=60)
VERIFY_WORKING_DAYS = whole("VERIFY_WORKING_DAYS", default=1, most=60)
ACCESS_WORKING_DAYS = whole("ACCESS_WORKING_DAYS", default=5, most=60)
BOOK_VISIT_WORKING_DAYS = whole("BOOK_VISIT_WORKING_DAYS", default=5, most=60)
UPDATED_QUOTE_WORKING_DAYS = whole("UPDATED_QUOTE_WORKING_DAYS", default=5, most=60)
COMPLETE_WORKING_DAYS = whole("COMPLETE_WORKING_DAYS", default=1, most=60)
CONFIGURE_WORKING_DAYS = whole("CONFIGURE_WORKING_DAYS", default=5, most=60)
SESSION_WORKING_DAYS = whole("SESSION_WORKING_DAYS", default=5, most=60)
REPORT_WORKING_DAYS = whole("REPORT_WORKING_DAYS", default=5, most=60)
COLLECT_WORKING_DAYS = whole("COLLECT_WORKING_DAYS", default=20, most=60)
FAILOVER_TEST_MONTHS = whole("FAILOVER_TEST_MONTHS", default=12, most=60)  # our own
# T13: a lower rate costs less from the renewal, or from the next year of the contract.
LOWER_RATE_FROM = choice(
    "LOWER_RATE_FROM", default="renewal", among=("renewal", "year")
)
RENEWAL_NOTICE_MONTHS = whole("RENEWAL_NOTICE_MONTHS", default=4, most=11)
RENEWAL_WINDOW_MONTHS = whole(
    "RENEWAL_WINDOW_MONTHS", default=1, most=RENEWAL_NOTICE_MONTHS
)
REQUESTS_A_DAY = whole("REQUESTS_A_DAY", default=100, most=10_000)
ENQUIRIES_A_DAY = whole("ENQUIRIES_A_DAY", default=30, most=10_000)
PLAN_KEPT_DAYS = whole("PLAN_KEPT_DAYS", default=180, most=3650)  # then deleted
# Days after issue, and after a renewal notice; the last day always brings one too.
AUTHORITY_REMINDER_DAYS = wholes("AUTHORITY_REMINDER_DAYS", default=[20, 27], most=365)
RENEWAL_REMINDER_DAYS = wholes("RENEWAL_REMINDER_DAYS", default=[14, 25], most=365)
# Days after a form was returned: reminders, and its end without an answer; 0 is never.
RETURNED_REMINDER_DAYS = wholes("RETURNED_REMINDER_DAYS", default=[14, 28], most=365)
RETURNED_CLOSE_DAYS = whole("RETURNED_CLOSE_DAYS", default=0, least=0, most=730)
# Calendar days after a notice that nobody of its Party has opened: the desk then calls.
RENEWAL_UNREAD_DAYS = whole("RENEWAL_UNREAD_DAYS", default=10, most=365)
INVITATION_DAYS = whole("INVITATION_DAYS", default=14, most=90)  # its link works
# Calendar days to declare the sole use of a free connection; to confirm nominations.
SOLE_USE_DAYS = whole("SOLE_USE_DAYS", default=30, most=365)
NOMINATIONS_DAYS = whole("NOMINATIONS_DAYS", default=30, least=10, most=365)
# T19: the guidance asks for a signature on paper; off, an authoriser may accept here.
SIGNED_UPLOAD_MANDATORY = yes_or_no("SIGNED_UPLOAD_MANDATORY", default=True)
# Each renewal lasts long enough for its own notice.
RENEWAL_MONTHS = whole(
    "RENEWAL_MONTHS", default=12, least=RENEWAL_NOTICE_MONTHS, most=60
)
UPLOAD_MAX_MEGABYTES = whole("UPLOAD_MAX_MEGABYTES", default=10, most=50)
# Such as tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl; without, no virus scan.
CLAMD_ADDRESS = clamd("CLAMD_ADDRESS")
# Whoever watches the portal shows this to read /metrics; without it, there is none.
METRICS_TOKEN = token("METRICS_TOKEN")
# A task carries the id of the request that asked for it.
DJANGO_STRUCTLOG_CELERY_ENABLED = True
LOGGING = logging_settings(is_production=PRODUCTION, level=log_level())
