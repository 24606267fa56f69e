"""Asking a virus scanner, in front of a small clamd of our own."""

import contextlib
import socketserver
import struct
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common.virus import ScannerAway, VirusFound, check_for_viruses
from quotes.models import Authority, Quote
from tests import journey
from tests.common.hostile import pdf
from tests.quotes.test_decision_views import signed
from tests.reading import words_of


class Clamd(socketserver.StreamRequestHandler):
    """Speaks INSTREAM and finds whatever holds EICAR."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.heard.append(content)
        self.wfile.write(self.server.answer or self.verdict(content))

    def verdict(self, content):
        return b"stream: Eicar FOUND\0" if b"EICAR" in content else b"stream: OK\0"


@contextlib.contextmanager
def listening(server):
    server.heard, server.answer = [], b""
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}
    )
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def clamd(settings):
    with listening(socketserver.TCPServer(("127.0.0.1", 0), Clamd)) as server:
        settings.CLAMD_ADDRESS = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield server


def test_without_a_scanner_a_file_is_known_to_be_unscanned():
    assert check_for_viruses(b"EICAR") == "not_scanned"


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 200_000])
def test_a_clean_file_of_any_size_reaches_the_scanner_whole(clamd, size):
    assert check_for_viruses(b"x" * size) == "clean"
    assert clamd.heard == [b"x" * size]


def test_a_file_with_a_virus_is_refused_by_its_name(clamd):
    with pytest.raises(VirusFound, match="found Eicar in this file, so it was not"):
        check_for_viruses(b"an EICAR test")


@pytest.mark.parametrize(
    "answer", [b"stream: size limit exceeded. ERROR\0", b"?", b"\0"]
)
def test_an_answer_that_is_neither_keeps_nothing(clamd, answer):
    clamd.answer = answer

    with pytest.raises(ScannerAway, match="Try again in a few minutes"):
        check_for_viruses(b"x")


def test_the_scanner_may_listen_on_a_socket_of_this_machine(settings, tmp_path):
    path = str(tmp_path / "clamd.ctl")
    settings.CLAMD_ADDRESS = f"unix:{path}"

    with listening(socketserver.UnixStreamServer(path, Clamd)):
        assert check_for_viruses(b"x") == "clean"


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "unix:/nowhere/clamd.ctl"])
def test_a_scanner_that_is_away_is_said_so(settings, address):
    settings.CLAMD_ADDRESS = address

    with pytest.raises(ScannerAway, match="it counts from when the e-mail arrives"):
        check_for_viruses(b"x")


def upload(client, person, quote, content):
    client.force_login(person)
    scan = SimpleUploadedFile("signed.pdf", content)
    page = reverse("quote-authority", args=[quote.reference])
    return words_of(client.post(page, signed(scan=scan)))


def test_a_scanned_upload_is_kept_as_clean(client, clamd, issued_quote, authoriser):
    upload(client, authoriser, issued_quote, journey.tiny_pdf())

    assert Authority.objects.get().documents[0].virus_check == "clean"


def test_an_infected_upload_is_not_kept(client, clamd, issued_quote, authoriser):
    infected = pdf(lambda writer: writer.add_metadata({"/Title": "EICAR"}))
    assert b"EICAR" in infected

    words = upload(client, authoriser, issued_quote, infected)

    assert "The virus scanner found Eicar in this file" in words
    assert Quote.objects.get().state == "issued"
