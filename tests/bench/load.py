"""Sixteen people at once, who read and write, on two web processes."""

import itertools
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import quote, urlencode

from django.conf import settings
from django.test import Client
from django.urls import reverse

from parties.models import User
from tests.bench import pages
from tools.paths import ROOT
from tools.ports import free_port
from worklist.models import WorkItem
from worklist.policies import may_look_after

PEOPLE, PROCESSES, SECONDS = 16, 2, 20
SECONDS_TO_START = 60
# Of what staff send, so much writes; contacts mostly read.
WRITES_EVERY = 3
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
HOST = "127.0.0.1"


class Person(threading.Thread):
    """Asks for one page after the other, and waits for nothing in between."""

    def __init__(self, port, session, addresses, work=()):
        super().__init__(daemon=True)
        self.port, self.addresses, self.work = port, addresses, work
        self.cookies = {settings.SESSION_COOKIE_NAME: session}
        self.line = HTTPConnection(HOST, port, timeout=60)
        self.tokens, self.seconds, self.refused = [], [], []
        self.until = 0.0

    def run(self):
        asked = itertools.cycle(self.addresses)
        for number in itertools.count(1):
            if time.monotonic() >= self.until:
                return
            if self.work and number % WRITES_EVERY == 0:
                self.write(number)
            else:
                self.ask("GET", next(asked))

    def write(self, number):
        """Take a thing, or put it back: by turns, each a sending of its own."""
        step = "take" if number // WRITES_EVERY % 2 else "put-back"
        address = reverse(f"admin:worklist_workitem_{step}", args=self.work)
        sent = {"csrfmiddlewaretoken": self.tokens[-1], "sending": number}
        self.ask("POST", address, urlencode(sent))

    def get_ready(self):
        """Ask for some pages, so that both processes are warm; keep a form's token.

        It is good for all that is sent.
        """
        for address in self.addresses[:3]:
            page = self.ask("GET", address).decode()
            self.tokens += TOKEN.findall(page)
        self.seconds.clear()
        # The server closes a line that is silent.
        self.line.close()

    def ask(self, method, address, body=None):
        heads = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            heads["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.line.request(method, quote(address, safe="/?&=%"), body, heads)
        answer = self.line.getresponse()
        page = answer.read()
        self.seconds.append(time.perf_counter() - began)
        if answer.status not in (200, 302):
            self.refused.append((address, answer.status))
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return page


def session_of(email):
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def everybody(port):
    """Return half staff, each with a thing of its own to take, and half contacts."""
    desk = [address for _, address in pages.of_desk()]
    contact = [address for _, address in pages.of_contact()]
    operator = User.objects.get(email=pages.OPERATOR.email)
    free = WorkItem.objects.visible_to(operator).filter(closed_at=None, owner=None)
    may = (
        one.pk for one in free.order_by("pk") if may_look_after(one.declared, operator)
    )
    things = list(itertools.islice(may, PEOPLE // 2))
    for place, thing in enumerate(things):
        begin = place * 3 % len(desk)
        turned = desk[begin:] + desk[:begin]
        yield Person(port, session_of(operator.email), turned, [thing])
        yield Person(port, session_of(pages.PRIYA), contact)


@contextmanager
def web():
    """Run the portal as in production, on the world of this run; yield its port."""
    port = free_port()
    env = os.environ | {
        "PORT": str(port),
        "WEB_PROCESSES": str(PROCESSES),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command = [sys.executable, "-m", "gunicorn", "dccportal.wsgi"]
    # It writes a line for each answer.
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = subprocess.Popen(command, cwd=ROOT, env=env, **quiet)
    try:
        wait_for(port)
        yield port
    finally:
        running.terminate()
        running.wait()


def wait_for(port):
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        line = HTTPConnection(HOST, port, timeout=10)
        try:
            line.request("GET", reverse("live"))
            line.getresponse().read()
        except OSError:
            assert time.monotonic() < deadline, "The web server did not start."
            time.sleep(0.1)
        else:
            return


def measured():
    """Yield how many answers a second all get together, and how soon."""
    with web() as port:
        people = list(everybody(port))
        for person in people:
            person.get_ready()
        began = time.monotonic()
        for person in people:
            person.until = began + SECONDS
            person.start()
        for person in people:
            person.join()
        took = time.monotonic() - began
    seconds = sorted(second for person in people for second in person.seconds)
    refused = [one for person in people for one in person.refused]
    late = seconds[int(len(seconds) * 0.95)]
    yield (
        f"Load: {len(people)} people, {PROCESSES} processes: "
        f"{len(seconds) / took:.1f} answers a second, half of them within "
        f"{1000 * statistics.median(seconds):.0f} ms, 95 % within {1000 * late:.0f} ms"
    )
    if refused:
        yield f"Load: {len(refused)} refused, such as {refused[:3]}"
