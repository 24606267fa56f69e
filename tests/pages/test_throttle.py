"""Guessing passwords is slowed down, whichever process answers."""

import pytest
from django.conf import settings
from django.core.cache import caches
from django.urls import reverse
from redis.exceptions import ConnectionError as NoConnection

from parties.receivers import link_to_choose_a_password
from records.models import Notice
from tests.factories.parties import PASSWORD
from tests.test_settings import start

TRIES = 5
NEW = "a quite different horse"
OWNER, GUESSER, ELSEWHERE = "192.0.2.10", "198.51.100.7", "203.0.113.5"
REFUSED = b"Too many attempts. Wait 5 minutes, then try again"


def sign_in(client, email, password, network=OWNER):
    typed = {"login": email, "password": password}
    return client.post(reverse("account_login"), typed, REMOTE_ADDR=network)


def guess(client, email, times=TRIES, network=GUESSER):
    """Try wrong passwords; return whether each was still looked at."""
    tried = (sign_in(client, email, f"wrong-{n}", network) for n in range(times))
    return [REFUSED not in answer.content for answer in tried]


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client, submitter):
    guess(client, submitter.email)

    refused = sign_in(client, submitter.email, PASSWORD, GUESSER)

    assert REFUSED in refused.content
    assert b"After more wrong passwords the wait is longer" in refused.content
    assert "_auth_user_id" not in client.session


def test_wrong_passwords_from_elsewhere_do_not_keep_the_owner_out(client, submitter):
    for network in (GUESSER, ELSEWHERE, "2001:db8:1:2::9"):
        guess(client, submitter.email, times=12, network=network)

    assert sign_in(client, submitter.email, PASSWORD).status_code == 302


def test_one_person_being_guessed_at_does_not_lock_out_another(
    client, submitter, authoriser
):
    guess(client, submitter.email, network=OWNER)

    assert sign_in(client, authoriser.email, PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("waits", "looked_at"),
    [
        ([301], TRIES),
        # Five minutes, then the rest of the hour, then the rest of the day.
        ([301, 301], 0),
        ([301, 3601], TRIES),
        ([301, 3601, 3601, 3601], 0),
        ([301, 3601, 24 * 3600], TRIES),
    ],
)
def test_who_goes_on_guessing_waits_longer_each_time(
    client, submitter, clock, waits, looked_at
):
    guess(client, submitter.email)
    for seconds in waits[:-1]:
        clock.shift(seconds)
        guess(client, submitter.email)
    clock.shift(waits[-1])

    assert sum(guess(client, submitter.email)) == looked_at


def test_guesses_from_one_network_are_slowed_over_many_addresses_too(client, submitter):
    tried = [guess(client, f"person{n}@example.com", times=1) for n in range(15)]

    assert sum(looked_at for [looked_at] in tried) == 10
    assert REFUSED in sign_in(client, submitter.email, PASSWORD, GUESSER).content
    assert sign_in(client, submitter.email, PASSWORD, OWNER).status_code == 302


def test_a_network_is_the_whole_of_a_house_not_each_of_its_addresses(client, submitter):
    tried = [
        guess(client, submitter.email, times=1, network=f"2001:db8:1:2::{n}")
        for n in range(1, 9)
    ]

    assert sum(looked_at for [looked_at] in tried) == TRIES


def test_signing_in_rightly_is_never_counted_as_a_guess(client, submitter):
    for _ in range(TRIES + 3):
        assert sign_in(client, submitter.email, PASSWORD).status_code == 302
        client.logout()


def test_nobody_can_keep_somebody_else_from_asking_for_a_new_password(
    client, submitter
):
    def ask(network):
        typed = {"email": submitter.email}
        page = reverse("account_reset_password")
        return client.post(page, typed, REMOTE_ADDR=network)

    *asked, refused = [ask(GUESSER) for _ in range(25)]
    asked = [answer.status_code for answer in asked]

    assert (asked.count(302), asked.count(429)) == (20, 4)
    assert b"Too many attempts" in refused.content
    assert ask(OWNER).status_code == 302


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


def reset(client, user, network):
    """Choose a new password by the link of an e-mail, at an address."""
    letter = Notice(kind="account_password_reset_key", to=user.email)
    link = link_to_choose_a_password(letter).removeprefix(settings.SITE_URL)
    asked = {"REMOTE_ADDR": network}
    opened = client.get(link, **asked)
    return client.post(opened.url, {"password1": NEW, "password2": NEW}, **asked)


def test_who_chose_a_new_password_signs_in_at_once_where_they_chose_it(
    client, submitter
):
    guess(client, submitter.email, times=TRIES, network=OWNER)
    assert REFUSED in sign_in(client, submitter.email, PASSWORD).content

    assert reset(client, submitter, OWNER).status_code == 302

    assert sign_in(client, submitter.email, NEW).status_code == 302


def test_a_new_password_chosen_elsewhere_gives_a_guesser_no_more_guesses(
    client, submitter
):
    guess(client, submitter.email)

    reset(client, submitter, OWNER)

    assert sum(guess(client, submitter.email)) == 0


def test_nobody_guesses_at_others_the_longer_for_a_new_password_of_their_own(
    client, submitter
):
    tried = [guess(client, f"person{n}@example.com", times=1) for n in range(10)]
    assert sum(looked_at for [looked_at] in tried) == 10

    reset(client, submitter, GUESSER)

    assert guess(client, "person11@example.com", times=1) == [False]
