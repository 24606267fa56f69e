"""The portal says in words whether it answers and whether it can work."""

import time

import pytest
from django.db import OperationalError

from dccportal.environment import token
from dccportal.pages import ready
from records.commands import owe
from records.jobs import KINDS

TOKEN = "a-token-that-nobody-guesses-0123456789"


def asked(client, path):
    answer = client.get(path)
    return answer.status_code, answer.content.decode()


@pytest.fixture
def database_away(db):
    def refuse(*_, **__):
        raise OperationalError("connection refused")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)
        yield


def test_the_process_answers_also_without_a_database(client, database_away):
    assert asked(client, "/live/") == (200, "The portal answers.\n")


@pytest.mark.django_db(transaction=True)
def test_a_portal_that_can_work_says_so(client):
    assert asked(client, "/ready/") == (200, "The portal can work.\n")


def away():
    raise ConnectionRefusedError


def hangs():
    time.sleep(ready.SECONDS + 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", sorted(ready.PROBES))
@pytest.mark.parametrize(
    ("what", "words"),
    [(away, "is not there"), (hangs, "does not answer within a second")],
)
def test_what_is_away_or_hangs_is_named(client, monkeypatch, key, what, words):
    name, _ = ready.PROBES[key]
    monkeypatch.setitem(ready.PROBES, key, (name, what))

    status, said = asked(client, "/ready/")

    assert status == 503
    assert f"{name} {words}" in said
    assert len(said.splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_seen(monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)

    with pytest.raises(PermissionError):
        ready.ask_storage()


@pytest.mark.parametrize("path", ["/guidance/", "/health/"])
def test_a_database_that_is_away_is_said_in_plain_words(client, database_away, path):
    client.raise_request_exception = False

    answer = client.get(path)

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "It cannot reach its records" in answer.content.decode()


def test_any_other_fault_stays_one_of_ours(client, db, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("dccportal.pages.views.health.checks_at", lambda _: 1 / 0)

    assert client.get("/health/").status_code == 500


@pytest.mark.parametrize("given", ["", "Bearer ", f"Bearer {TOKEN}x", TOKEN])
def test_figures_are_for_whoever_has_the_token(client, db, settings, given):
    settings.METRICS_TOKEN = TOKEN

    assert client.get("/metrics", headers={"Authorization": given}).status_code == 404


def test_without_a_token_in_the_settings_there_are_none(client, db):
    answer = client.get("/metrics", headers={"Authorization": "Bearer "})

    assert answer.status_code == 404


@pytest.mark.parametrize("value", ["short", "with spaces " * 4])
def test_a_token_that_can_be_guessed_stops_the_start_and_is_not_shown(
    monkeypatch, capsys, value
):
    monkeypatch.setenv("METRICS_TOKEN", value)

    with pytest.raises(SystemExit):
        token("METRICS_TOKEN")

    said = capsys.readouterr().err
    assert "METRICS_TOKEN can be guessed" in said
    assert value.strip() not in said


def test_the_figures_say_what_is_owed_who_was_heard_and_what_was_answered(
    client, db, settings
):
    settings.METRICS_TOKEN = TOKEN
    owe(KINDS["deliver_notice"].work, 1)
    client.get("/live/")

    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    told = answer.content.decode()

    assert 'portal_jobs_owed{kind="deliver_notice"} 1.0' in told
    assert 'portal_jobs_owed{kind="render_quote"} 0.0' in told
    assert 'portal_jobs_oldest_seconds{kind="deliver_notice"} 0.' in told
    assert 'portal_late{check="silent beat"} 1.0' in told
    assert 'portal_requests_total{status="200"}' in told


@pytest.mark.parametrize(("moment", "late"), [("2026-03-05", 0), ("2026-03-06", 1)])
def test_the_figures_say_how_much_work_of_people_is_open_and_late_in_each_queue(
    client, settings, clock, submitted_order, *, moment, late
):
    settings.METRICS_TOKEN = TOKEN
    clock.move_to(f"{moment}T12:00Z")

    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    told = answer.content.decode()

    assert 'portal_work_open{queue="forms"} 1.0' in told
    assert f'portal_work_overdue{{queue="forms"}} {late}.0' in told
    assert 'portal_work_open{queue="quotes"} 0.0' in told
