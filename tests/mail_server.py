"""A mail server on loopback that behaves badly on demand."""

import os
import re
import signal
import socketserver
import threading
from contextlib import contextmanager, suppress

MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE | re.IGNORECASE)
END = b"\r\n.\r\n"


class Session(socketserver.StreamRequestHandler):
    """Speaks as much of SMTP as Django's backend needs."""

    def handle(self):
        if self.server.hangs:
            self.server.stopped.wait()
            return
        # A worker that is killed cuts its connection, wherever it stood.
        with suppress(ConnectionError):
            self.speak()

    def speak(self):
        self.say("220 here")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA" and not self.take():
                return
            if word == b"QUIT":
                self.say("221 bye")
                return
            if word != b"DATA":
                self.say("250 fine")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())

    def take(self):
        self.say("354 go on")
        content = b""
        while not content.endswith(END):
            content += self.rfile.readline()
        self.server.taken.append(MESSAGE_ID.search(content)[1].decode())
        if self.server.kills:
            os.kill(self.server.kills.pop(), signal.SIGKILL)
            return False
        if self.server.hangs_up:
            return False
        self.say("250 taken")
        return True


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        # The Message-ID of each e-mail that came in whole.
        self.taken = []
        self.hangs = self.hangs_up = False
        # Processes that are killed when the next e-mail has come in.
        self.kills = []
        self.stopped = threading.Event()

    @property
    def port(self):
        return self.server_address[1]


@contextmanager
def mail_server():
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            server.shutdown()
            thread.join()
