"""Lines of the log hold no secret."""

import pytest

from dccportal.log import without_keys
from tests.test_settings import start


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("GET /password/1f-cq9-3d0e/", "GET /password/(key)/"),
        ("GET /password/1f-cq9-3d0e/?a=1", "GET /password/(key)/?a=1"),
        ("POST /invitation/x-y_z.sig-1/", "POST /invitation/(key)/"),
        ("GET /gate/VIS-1001.x-y_z/code.svg", "GET /gate/(key)/code.svg"),
        ("GET /account/e-mail/MQ:1abc:x-y_z/", "GET /account/e-mail/(key)/"),
        ("GET /calendar/Ab_9-x.Zq-1.ics", "GET /calendar/(key)"),
        ("POST /account/calendar/new/", "POST /account/calendar/new/"),
        ("GET /password/", "GET /password/"),
        ("POST /password/sent/", "POST /password/sent/"),
        ("GET /quotes/QUO-1001-1/", "GET /quotes/QUO-1001-1/"),
    ],
)
def test_the_key_of_a_mailed_link_is_left_out(said, kept):
    line = without_keys(None, "info", {"request": said, "code": 200})

    assert line == {"request": kept, "code": 200}


@pytest.mark.parametrize("logger", ["logging", "structlog"])
def test_whoever_writes_the_line(logger):
    said = "import logging, structlog; log = {}.{}('a'); log.error('/password/1-ab/')"
    source = {"logging": "getLogger", "structlog": "get_logger"}[logger]
    set_up = f"__import__('django').setup() or exec({said.format(logger, source)!r})"

    written = start(set_up).stderr

    assert "/password/(key)/" in written
    assert "1-ab" not in written


def test_nobodys_address_is_in_a_line_whoever_wrote_it():
    line = {
        "event": "550 no mailbox <a.b@mail.example>",
        "request": "GET /account/?email=a.b%40mail.example",
        "exception": ValueError("a.b@mail.example"),
    }

    assert "mail.example" not in str(without_keys(None, "info", line))
