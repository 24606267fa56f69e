"""Who may act for a Party has one answer, on every page and in every check."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from orders.emails import nominated
from orders.views.base import authorisers
from parties.commands import set_sign_in
from parties.models import Nomination, User
from parties.policies import may_authorise_for
from quotes.commands import verify_authority
from quotes.errors import SignatoryNotNominated
from tests import journey
from tests.cast import NOW
from tests.reading import words_of

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.guidance("R-2.11-4")


@pytest.fixture
def closed(issued_quote, authoriser, desk):
    """The only authoriser, whose sign-in was closed while the nomination runs on."""
    set_sign_in(authoriser.pk, is_active=False, by=desk)
    authoriser.refresh_from_db()
    return authoriser


def test_whose_sign_in_is_closed_may_authorise_nowhere(
    closed, issued_quote, party, submitter
):
    today = NOW.date()

    assert not may_authorise_for(closed, party.pk)
    assert not User.objects.nominated(party.pk, "authorise", today).exists()
    assert not Nomination.objects.in_force(today).filter(user=closed).exists()
    assert nominated(issued_quote.order, "authorise", NOW) == []
    assert authorisers(submitter, issued_quote.order.party_id) == []


def test_every_page_says_so(client, closed, issued_quote, submitter, operator):
    client.force_login(submitter)
    urls = [reverse("account"), issued_quote.get_absolute_url()]
    for url in [*urls, issued_quote.order.get_absolute_url()]:
        words = words_of(client.get(url))
        assert "obody" in words, url
    client.force_login(operator)
    order = issued_quote.order
    desk_page = reverse("admin:orders_connectionrequest_change", args=[order.pk])
    row = words_of(client.get(desk_page)).partition("Who may authorise today")[2]
    assert "Nobody" in row[:200]


@pytest.mark.guidance("R-2.11-5")
def test_a_sign_in_that_is_closed_later_undoes_no_signature(
    issued_quote, authoriser, operator, desk
):
    authority = journey.upload(issued_quote, authoriser, at=NOW + timedelta(hours=1))
    set_sign_in(authoriser.pk, is_active=False, by=desk, at=NOW + timedelta(hours=2))

    order = journey.verify(authority, operator, authoriser)

    assert order.state == "authorised"


@pytest.mark.guidance("R-2.11-5")
def test_a_signature_after_a_sign_in_was_closed_has_no_effect(
    closed, issued_quote, submitter, operator, client
):
    authority = journey.upload(issued_quote, submitter, at=NOW + timedelta(hours=2))
    nomination = journey.authorising(closed)

    with pytest.raises(SignatoryNotNominated):
        verify_authority(authority.pk, by=operator, nomination_id=nomination.pk)

    client.force_login(operator)
    url = reverse("admin:orders_connectionrequest_verify", args=[issued_quote.order_id])
    words = words_of(client.get(url))
    assert "Not nominated</span></td><td>Not nominated</td>" in words


@pytest.mark.guidance("R-2.11-5")
@pytest.mark.parametrize(
    ("hours", "has_effect"), [(0.5, True), (1.5, False), (2.5, True), (3.5, False)]
)
def test_what_is_signed_while_a_sign_in_is_closed_stays_without_effect(
    issued_quote, authoriser, desk, hours, has_effect
):
    for number, is_active in enumerate([False, True, False, True], start=1):
        moment = NOW + timedelta(hours=number)
        set_sign_in(authoriser.pk, is_active=is_active, by=desk, at=moment)
    theirs = Nomination.objects.of_party(issued_quote.order.party_id, "authorise")

    held = theirs.held_at(NOW + timedelta(hours=hours))

    assert list(held) == ([journey.authorising(authoriser)] if has_effect else [])


def test_who_is_stopped_past_the_command_signs_nothing_either(authoriser, party):
    User.objects.filter(pk=authoriser.pk).update(is_active=False)

    theirs = Nomination.objects.of_party(party.pk, "authorise")

    assert not theirs.held_at(NOW)


def asks_by_hand(path):
    """Yield the lines of a module that ask who is nominated by filters of its own."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, asked = node.func.attr, ast.unparse(node.func.value)
        is_about_them = "Nomination.objects" in asked or ".nominations" in asked
        keys = [keyword.arg or "" for keyword in node.keywords]
        by_path = any(key.startswith("nominations__") for key in keys)
        by_days = is_about_them and name in ("valid_on", "filter", "exclude")
        if by_path or (by_days and not is_narrowed(asked)):
            yield f"{path.relative_to(ROOT)}:{node.lineno}"


def is_narrowed(asked):
    """Whether the one function was asked already and its answer is only narrowed."""
    return ".in_force(" in asked or ".held_at(" in asked


def test_nothing_outside_parties_asks_nominations_by_hand():
    apps = ("orders", "quotes", "sites", "connections", "billing", "planner")
    found = [
        line
        for app in (*apps, "guidance", "records", "dccportal")
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
        for line in asks_by_hand(path)
    ]

    assert found == []
