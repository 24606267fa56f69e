"""Guessing passwords is slowed down, whichever process answers."""

import pytest
from django.core.cache import caches
from django.urls import reverse
from redis.exceptions import ConnectionError as NoConnection

from tests.factories.parties import PASSWORD
from tests.test_settings import start

TRIES = 5


def sign_in(client, email, password):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client, submitter):
    for _ in range(TRIES):
        sign_in(client, submitter.email, "not-the-password")

    refused = sign_in(client, submitter.email, PASSWORD)

    assert b"Too many attempts. Wait 5 minutes, then try again" in refused.content
    assert "_auth_user_id" not in client.session


def test_one_person_being_guessed_at_does_not_lock_out_another(
    client, submitter, authoriser
):
    for _ in range(TRIES):
        sign_in(client, submitter.email, "not-the-password")

    assert sign_in(client, authoriser.email, PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("account_login", {"login": "submitter@northgate.example", "password": "x"}),
        ("account_reset_password", {"email": "submitter@northgate.example"}),
    ],
)
def test_nobody_signs_in_uncounted_and_is_told_so_in_words(
    client, submitter, monkeypatch, page, typed
):
    def unreachable(*_, **__):
        raise NoConnection

    for verb in ("get", "set", "add", "delete"):
        monkeypatch.setattr(type(caches["default"]), verb, unreachable)

    refused = client.post(reverse(page), typed)

    assert refused.status_code == 503
    assert b"We cannot do this at the moment" in refused.content
    assert b"0844 225 4445" in refused.content


def test_a_broker_that_is_down_is_tried_twice_and_holds_no_page():
    options = start("s.CELERY_BROKER_TRANSPORT_OPTIONS").stdout

    assert "'max_retries': 1, 'interval_start': 0, 'interval_step': 0" in options


@pytest.mark.parametrize(
    ("deployment", "backend"),
    [("trial", "FileBasedCache"), ("production", "RedisCache")],
)
def test_attempts_are_counted_where_every_process_sees_them(
    deployment, backend, tmp_path
):
    redis = {} if deployment == "production" else {"REDIS_URL": ""}
    code = "s.CACHES['default']['BACKEND']"
    started = start(code, DEPLOYMENT=deployment, DATA_DIR=str(tmp_path), **redis)

    assert started.stdout.strip().endswith(backend)
