"""Chromium in front of the portal.

These tests run on PostgreSQL: the server answers in a thread of its own, and two
threads on SQLite in memory would share one connection.
"""

import os
from http import HTTPStatus
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as portal_settings
from django.test import Client

from dccportal.celery import app
from tools.system import chromium
from worklist.commands import differences

FONTS_HIDDEN_BY = "FONTCONFIG_FILE"
RESULTS = Path(__file__).resolve().parent.parent.parent / "test-results"
WIDTHS = (1280, 320)
# Milliseconds: a PDF is made while the page waits, and two cores are shared.
PATIENCE = 60_000
# A test machine has no way out, and a browser that tries is slow to start.
SWITCHES = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Names the innermost elements that reach past the edge of the window.
PUSHING = """width => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > width + 1 && !one.children.length)
  .slice(0, 5)
  .map(one => `${one.tagName} ${one.className} in ${one.parentElement.className}`)"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session", autouse=True)
def database_in_the_thread_of_the_browser():
    """Playwright's loop runs in this thread, though nothing of ours is async."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(autouse=True)
def work_is_done_at_once():
    """Run a task where it is sent, since no worker runs beside these tests."""
    app.autodiscover_tasks(force=True)
    before = app.conf.task_always_eager
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = before


@pytest.fixture(autouse=True)
def server(live_server, transactional_db):
    """Serve every test, with rows that the server's own thread sees.

    Whatever was done in the browser, the register of work says afterwards what the rows
    say: a command that forgot it is found by the first journey that goes through it.
    """
    yield live_server
    assert list(differences()) == []


@pytest.fixture(scope="session")
def base_url(live_server):
    return live_server.url


@pytest.fixture(scope="session")
def browser_type_launch_args():
    # What lays out our documents hides the machine's fonts from this process; a browser
    # that is started without any breaks off.
    env = {name: text for name, text in os.environ.items() if name != FONTS_HIDDEN_BY}
    return {"executable_path": chromium(), "args": list(SWITCHES), "env": env}


@pytest.fixture(scope="session")
def browser_context_args(base_url):
    return {
        "base_url": base_url,
        "viewport": {"width": WIDTHS[0], "height": 900},
        "locale": "en-GB",
        "timezone_id": "Europe/London",
    }


def is_refusal_of_the_page(message):
    """Say whether Chromium only repeats that the page itself answered with 4xx."""
    return (
        "the server responded with a status of 4" in message.text
        and message.location["url"] == message.page.url
    )


def watch(context, home, faults):
    """Collect errors of script, refusals by the CSP, and requests to anyone else."""

    def heard(message):
        if message.type == "error" and not is_refusal_of_the_page(message):
            faults.append(f"console: {message.text} ({message.location['url']})")

    def asked(request):
        if not request.url.startswith((home, "data:", "blob:", "about:")):
            faults.append(f"request to a third party: {request.url}")

    def answered(response):
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            faults.append(f"{response.status}: {response.url}")

    context.on("console", heard)
    context.on("request", asked)
    context.on("response", answered)
    context.on("weberror", lambda error: faults.append(f"script: {error.error}"))


@pytest.fixture
def faults():
    """List what went wrong in the browser; the test fails unless it ends empty."""
    found = []
    yield found
    assert found == []


@pytest.fixture
def new_context(new_context, base_url, faults):
    """Open one browser a person: `new_context().new_page()`, every one watched."""

    def open_one(**kwargs):
        context = new_context(**kwargs)
        context.set_default_timeout(PATIENCE)
        watch(context, base_url, faults)
        return context

    return open_one


@pytest.fixture
def signed_in(base_url):
    """Return a function that gives the page of a browser the session of a user."""

    def sign_in(page, user):
        client = Client()
        client.force_login(user, portal_settings.AUTHENTICATION_BACKENDS[0])
        name = portal_settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "url": base_url}])
        return page

    return sign_in


@pytest.fixture
def page_of(new_context, signed_in):
    """Return a function that opens a browser of their own for each person."""
    return lambda user: signed_in(new_context().new_page(), user)


def loaded(page):
    """Wait until a page is all there: a click returns as soon as the next one begins.

    A page without its root element yet has nothing that could be looked at.
    """
    page.wait_for_load_state("load")


@pytest.fixture
def axe():
    """Return a function that finds no WCAG 2.2 A or AA fault on a page."""

    def look(page):
        loaded(page)
        only = {"type": "tag", "values": WCAG}
        # None of these rules reads style sheets, and our CSP refuses axe's copies.
        media = {"assets": ["media"]}
        found = Axe().run(
            page,
            options={"runOnly": only, "resultTypes": ["violations"], "preload": media},
        )
        assert found.violations_count == 0, found.generate_report()

    return look


@pytest.fixture
def screenshot():
    """Return a function that keeps a picture of a page at both widths."""

    def take(page, name):
        loaded(page)
        before = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": before["height"]})
            page.screenshot(path=RESULTS / f"{name}-{width}.png", full_page=True)
        page.set_viewport_size(before)

    return take


@pytest.fixture
def reflows():
    """Return a function that finds no sideways scrolling at 320 px (WCAG 1.4.10)."""

    def look(page):
        loaded(page)
        before = page.viewport_size
        page.set_viewport_size({"width": WIDTHS[-1], "height": before["height"]})
        width = page.evaluate("document.documentElement.scrollWidth")
        culprits = page.evaluate(PUSHING, WIDTHS[-1])
        page.set_viewport_size(before)
        words = f"{page.url} is {width} px wide at 320 px: {culprits}"
        assert width <= WIDTHS[-1], words

    return look
