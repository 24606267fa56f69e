"""What anybody may read: which service this is, by which guidance, at what price."""

import re

import pytest
from django.urls import reverse, reverse_lazy

from quotes.commands import seed_prices
from quotes.models import Ballpark
from tools.paths import ROOT


@pytest.fixture
def words_of(client, db):
    """Return the words of a public page: `words_of("start")`."""
    return lambda name: " ".join(client.get(reverse(name)).content.decode().split())


@pytest.mark.guidance("R-0-1", "R-0-2")
@pytest.mark.parametrize("name", ["start", "guidance", "glossary", "account_login"])
def test_a_page_names_the_service_and_the_guidance_that_it_follows(words_of, name):
    words = words_of(name)

    assert "DCC Connections" in words
    assert "DCC Connection Guidance, by DCC Operations, version 1.0" in words
    assert "19 January 2015" in words


RIVALS = re.compile(
    r"\b(gateway (user|customer|link)|subscriber|leased line|(high|low)[- ]volume line"
    r"|the customer|HVC|LVC)\b",
    re.IGNORECASE,
)
FOR_PEOPLE = (".html", ".txt", ".md")


@pytest.mark.guidance("R-1-2")
def test_what_people_read_calls_things_by_the_secs_names_and_no_other(words_of):
    assert "DCC Gateway Connection" in words_of("start")
    for term in ("High Volume", "Low Volume"):
        assert term in words_of("glossary")

    folders = (ROOT / "templates", ROOT / "guidance" / "texts")
    found = [
        f"{path.name}: {match.group()}"
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in FOR_PEOPLE
        for match in RIVALS.finditer(path.read_text())
    ]
    assert found == []


@pytest.mark.guidance("R-2.9.3-1", "R-2.6-2")
def test_indicative_prices_say_what_they_are_and_whence(words_of):
    words = words_of("start")

    for amount in ("£3,000 to £15,000", "£4,000 to £32,000"):
        assert amount in words
    for amount in ("£2,000 to £4,000", "£600 to £1,000"):
        assert amount in words
    assert "Excluding VAT, from DCC" in words
    assert "charging statement" in words
    assert "a sample of locations" in words
    assert "(H15.8 and H15.9(b)), and nothing is built before you accept it" in words


@pytest.mark.guidance("R-2.9.3-2")
def test_a_range_is_shown_only_while_it_is_in_force(words_of):
    seed_prices()
    Ballpark.objects.update(until_on="2026-03-02")

    assert "What it costs, roughly" not in words_of("start")


@pytest.mark.guidance("R-1.3-2")
def test_the_service_desk_is_named_as_the_settings_have_it(words_of, settings):
    settings.SERVICE_DESK_PHONE = "01632 960 001"

    assert "01632 960 001" in words_of("start")


@pytest.mark.guidance("R-0-1", "R-0-2")
@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("submitter", reverse_lazy("home")),
        ("submitter", reverse_lazy("account")),
        ("operator", reverse_lazy("admin:index")),
        ("installer", reverse_lazy("admin:index")),
    ],
)
def test_whoever_is_signed_in_reads_which_guidance_the_page_follows(
    request, client, who, address
):
    client.force_login(request.getfixturevalue(who))

    words = " ".join(client.get(address).content.decode().split())

    assert ", version 1.0, 19 January 2015" in words
