"""A setting that nobody could work with stops every program, in one line."""

import pytest

from orders import states
from tests.many_starts import starts
from tests.test_settings import SAFE, start

# Each starts programs of its own, which open no database of the suite.
pytestmark = pytest.mark.once

ADDRESS_OF = {
    "database": "Set an address such as postgres://user:password@host:5432/portal.",
    "mail": "Set a mail server, such as smtp+tls://user:password@host:587.",
    "redis": "Set an address such as redis://host:6379/0.",
    "clamd": "Set tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl.",
    "hosts": (
        "Name the portal's own hosts, with commas between, such as "
        "connections.example; '*' is none."
    ),
    "site": "Set an address such as https://connections.example.",
    "among": "Its host must be among ALLOWED_HOSTS: portal.example.",
    "email": "Set an e-mail address, such as desk@portal.example.",
    "sender": "Set an e-mail address, or: DCC Connections <desk@portal.example>.",
    "phone": "Set a telephone number, such as 0844 225 4445.",
    "days": (
        "Write pairs such as end_to_end=2015-03-02, of sandpit, user_entry, "
        "interface, end_to_end."
    ),
    "reminders": "Set whole numbers from 1 to 365, with commas between.",
    "truth": "Say 'true' or 'false'.",
    "level": "Set one of INFO, WARNING, ERROR, CRITICAL.",
    "division": "Say 'ENG', 'SCT' or 'NIR'.",
    "name": "Give a name of one line and at most 60 letters.",
    "website": "Set an address such as https://www.smartdcc.co.uk/.",
    "store": "Set the store's own address, such as https://store.example.",
}


def whole(least, most, more=""):
    return f"Set a whole number from {least} to {most}{more}."


WRONG = [
    # variable, value, what is shown of it, what is wanted
    ("DATABASE_URL", "sqlite:///p.sqlite3", "'sqlite:///p.sqlite3'", "database"),
    ("DATABASE_URL", "postgres://h/", "'postgres://h/'", "database"),
    ("DATABASE_URL", "mysql://u:tree-house@h/db", "'mysql://…@h/db'", "database"),
    ("DATABASE_URL", "tree-house", "'…'", "database"),
    ("DATABASE_URL", "postgres://h:port/db", "'postgres://h:port/db'", "database"),
    ("REDIS_URL", "memcache://h", "'memcache://h'", "redis"),
    ("REDIS_URL", "redis://:tree-house@h/x", "'redis://…@h/x'", "redis"),
    ("EMAIL_URL", "consolemail://", "'consolemail://'", "mail"),
    ("EMAIL_URL", "dummymail://", "'dummymail://'", "mail"),
    ("EMAIL_URL", "filemail:///var/mail", "'filemail:///var/mail'", "mail"),
    ("EMAIL_URL", "memorymail://", "'memorymail://'", "mail"),
    ("EMAIL_URL", "smtp+tls://", "'smtp+tls://'", "mail"),
    ("EMAIL_URL", "smtp://u:tree-house@h:x", "'smtp://…@h:x'", "mail"),
    ("ALLOWED_HOSTS", "*", "'*'", "hosts"),
    ("ALLOWED_HOSTS", "portal.example, *", "'portal.example, *'", "hosts"),
    ("ALLOWED_HOSTS", " , ", "','", "hosts"),
    ("ALLOWED_HOSTS", "https://portal.example", "'https://portal.example'", "hosts"),
    ("SITE_URL", "http://portal.example", "'http://portal.example'", "site"),
    ("SITE_URL", "https://portal.example/a", "'https://portal.example/a'", "site"),
    ("SITE_URL", "portal.example", "'…'", "site"),
    ("SITE_URL", "https://other.example", "'https://other.example'", "among"),
    ("BANK_HOLIDAY_DIVISION", "WAL", "'WAL'", "division"),
    ("SERVICE_DESK_EMAIL", "the desk", "'the desk'", "email"),
    ("FROM_EMAIL", "DCC Connections", "'DCC Connections'", "sender"),
    ("FROM_EMAIL", "DCC <the desk>", "'DCC <the desk>'", "sender"),
    ("SERVICE_DESK_PHONE", "ring us", "'ring us'", "phone"),
    ("INSTALLER_NAME", "<b>Gamma</b>", "'<b>Gamma</b>'", "name"),
    ("CONFIGURER_NAME", "C" * 61, f"'{'C' * 61}'", "name"),
    ("SMART_DCC_URL", "javascript:alert(1)", "'…'", "website"),
    ("SMART_DCC_URL", 'https://dcc.example/"x', "'https://dcc.example/\"x'", "website"),
    ("CLAMD_ADDRESS", "http://scanner:3310", "'http://scanner:3310'", "clamd"),
    ("CLAMD_ADDRESS", "unix:clamd.ctl", "'unix:clamd.ctl'", "clamd"),
    ("S3_ENDPOINT_URL", "store.example", "'…'", "store"),
    ("TESTING_AVAILABLE_FROM", "sandpit", "'sandpit'", "days"),
    ("TESTING_AVAILABLE_FROM", "sandpit=soon", "'sandpit=soon'", "days"),
    ("TESTING_AVAILABLE_FROM", "sand=2015-03-02", "'sand=2015-03-02'", "days"),
    ("AUTHORITY_REMINDER_DAYS", "20,-1", "'20,-1'", "reminders"),
    ("AUTHORITY_REMINDER_DAYS", "soon", "'soon'", "reminders"),
    ("LOG_LEVEL", "loud", "'LOUD'", "level"),
    ("LOG_LEVEL", "DEBUG", "'DEBUG'", "level"),
    ("BEHIND_PROXY", "maybe", "'maybe'", "truth"),
    ("SSL_REDIRECT", "2", "2", "truth"),
    ("SIGNED_UPLOAD_MANDATORY", "ja", "'ja'", "truth"),
    ("QUOTE_WORKING_DAYS", "five", "'five'", whole(1, 60)),
    ("QUOTE_OPEN_DAYS", "-30", "-30", whole(1, 365)),
    ("QUOTE_OPEN_DAYS", "30.5", "'30.5'", whole(1, 365)),
    ("UPDATED_QUOTE_OPEN_DAYS", "0", "0", whole(1, 365)),
    ("RENEWAL_MONTHS", "0", "0", whole(4, 60)),
    ("HV_MAXIMUM_MBPS", "105", "105", whole(10, 1000, ", in steps of 10")),
    ("HV_MAXIMUM_MBPS", "1010", "1010", whole(10, 1000, ", in steps of 10")),
    ("UPLOAD_MAX_MEGABYTES", "0", "0", whole(1, 50)),
    ("TRUSTED_PROXY_COUNT", "-1", "-1", whole(0, 10)),
    ("PORT", "http", "'http'", whole(1, 65535)),
    ("WEB_PROCESSES", "0", "0", whole(1, 64)),
]


# What only production is strict about.
FINE_IN_A_TRIAL = {"sqlite", "consolemail", "dummymail", "filemail", "memorymail"}
ONLY_IN_PRODUCTION = [
    row
    for row in WRONG
    if row[0] == "ALLOWED_HOSTS"
    or row[1].partition(":")[0] in FINE_IN_A_TRIAL
    or row[1] in {"http://portal.example", "https://other.example", "DEBUG"}
]
IN_A_TRIAL = [row for row in WRONG if row not in ONLY_IN_PRODUCTION]


@pytest.fixture(scope="module")
def in_production():
    """Start once with each wrong setting, in one go."""
    said = starts([SAFE | {name: value} for name, value, *_ in WRONG])
    return dict(zip(WRONG, said, strict=True))


@pytest.fixture(scope="module")
def in_a_trial(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("trial"))
    said = starts([{"DATA_DIR": folder, name: value} for name, value, *_ in IN_A_TRIAL])
    return dict(zip(IN_A_TRIAL, said, strict=True))


@pytest.mark.parametrize("row", WRONG, ids="{0[0]}={0[1]}".format)
def test_production_says_in_one_line_what_a_setting_should_be(row, in_production):
    name, _, shown, wanted = row

    said, code = in_production[row]

    assert said.startswith(f"{name} is {shown}. {ADDRESS_OF.get(wanted, wanted)}")
    assert said.endswith("\n")
    assert said.count("\n") == 1
    assert "tree-house" not in said
    assert code != 0


@pytest.mark.parametrize("row", IN_A_TRIAL, ids="{0[0]}={0[1]}".format)
def test_a_trial_shows_no_traceback_either(row, in_a_trial):
    said, code = in_a_trial[row]

    assert said.startswith(f"{row[0]} is ")
    assert said.count("\n") == 1
    assert code != 0


@pytest.mark.parametrize(
    "secret", ["short", "ab" * 40, "django-insecure-" + "k3j5h2g8d9" * 6]
)
def test_a_secret_that_can_be_guessed_is_refused_and_not_shown(secret):
    started = start("s.DEBUG", SECRET_KEY=secret)

    assert started.stderr.startswith("SECRET_KEY can be guessed. Set 50 random")
    assert started.stderr.count("\n") == 1
    assert secret not in started.stderr


def test_a_data_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("")

    for name in ("DATA_DIR", "DOCUMENTS_DIR"):
        started = start("s.DEBUG", **{name: str(tmp_path / "file" / "data")})
        assert f"Name a folder: {tmp_path}/file is a file." in started.stderr


def test_spaces_around_the_items_of_a_list_are_left_out():
    shown = "s.ALLOWED_HOSTS, s.AUTHORITY_REMINDER_DAYS, s.TESTING_AVAILABLE_FROM"

    started = start(
        shown,
        ALLOWED_HOSTS=" portal.example , www.portal.example,",
        AUTHORITY_REMINDER_DAYS=" 27, 20 ",
        TESTING_AVAILABLE_FROM=" sandpit = 2015-03-02 ",
    )

    assert started.stdout.strip() == (
        "['portal.example', 'www.portal.example'] [20, 27] "
        "{'sandpit': datetime.date(2015, 3, 2)}"
    )


def test_a_secret_may_begin_with_any_letter():
    """Some readers of environments take a dollar for the name of another variable."""
    started = start("s.SECRET_KEY[:5]", SECRET_KEY="$PATH" + SAFE["SECRET_KEY"])

    assert started.stdout.strip() == "$PATH"


def test_e_mails_come_from_the_sites_own_domain_until_a_sender_is_set():
    assert "<no-reply@portal.example>" in start("s.DEFAULT_FROM_EMAIL").stdout


def test_every_kind_of_testing_can_be_dated():
    days = ",".join(f"{kind}=2015-03-02" for kind in states.TestingKind.values)

    started = start("len(s.TESTING_AVAILABLE_FROM)", TESTING_AVAILABLE_FROM=days)

    assert started.stdout.strip() == str(len(states.TestingKind.values))
