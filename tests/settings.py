"""The portal's settings, made quick, and kept from the network and from real data.

With `DATABASE_URL` and `REDIS_URL` the tests run on PostgreSQL and Redis; without
them on SQLite in memory and a cache in memory.
"""

import os
from pathlib import Path

# Whatever the shell says of another portal, these tests are a trial of their own.
DATA = Path(__file__).resolve().parent.parent / "build" / "tests"
DATA.mkdir(parents=True, exist_ok=True)
os.environ.update(
    DATA_DIR=str(DATA), DEPLOYMENT="trial", SECRET_KEY="only-for-tests" * 4
)

from dccportal.settings import *
from dccportal.settings import REDIS_URL, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    # Pages name files as they are, without collecting them first.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# Tasks that are sent wait in memory; a test that wants their effect calls them.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}

# Each process of the suite counts sign-ins for itself.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"{REDIS_URL}/{WORKER}",
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# `make test` migrates a database once, and each worker begins with a copy of that: of
# one in PostgreSQL by its name, of a file of SQLite by its path.
TESTS_TEMPLATE = os.environ.get("TESTS_TEMPLATE", "")
if TESTS_TEMPLATE and DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": TESTS_TEMPLATE}
# `make mutants` migrates once and begins each of its many runs with a copy of that.
if kept := os.environ.get("TESTS_DATABASE"):
    DATABASES["default"]["TEST"] = {"NAME": kept}
