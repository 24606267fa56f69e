"""Accepting in the portal, where DCC takes an acceptance without paper."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from quotes import commands
from quotes.errors import SignedUploadNeeded
from quotes.models import Authority, Quote
from records.models import Event
from tests import journey
from tests.cast import NOW
from tests.reading import words_of

PASSWORD = "correct horse battery"
AGREED = {"access": "none", "access_rules": "", "rack_space": "on", "agreed": "on"}


@pytest.fixture
def without_paper(settings):
    settings.SIGNED_UPLOAD_MANDATORY = False


@pytest.fixture
def page(issued_quote):
    return reverse("quote-accept", args=[issued_quote.reference])


@pytest.fixture
def signed_in(client, authoriser):
    """An authoriser who gave the password again just now."""
    authoriser.set_password(PASSWORD)
    authoriser.save()
    client.force_login(authoriser)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.mark.guidance("R-2.11-2", "R-2.11-5", "R-3.4-2", "T19")
def test_an_acceptance_is_kept_with_who_when_the_words_and_the_fingerprint(
    signed_in, without_paper, page, issued_quote, authoriser
):
    assert signed_in.post(page, AGREED).status_code == 302

    row = Authority.objects.get()
    assert (row.route, row.documents, row.uploaded_by) == ("browser", [], authoriser)
    assert row.statement.startswith("Northgate Energy accepts this quotation, which")
    assert row.fingerprint == issued_quote.fingerprint
    event = Event.objects.get(name="hand_in_authority")
    assert row.statement in event.why
    assert row.fingerprint in event.why


@pytest.mark.guidance("R-2.11-4", "T27")
def test_dcc_still_checks_the_nomination(
    signed_in, without_paper, page, operator, authoriser
):
    signed_in.post(page, AGREED)
    row = Authority.objects.get()
    assert (row.outcome, row.quote.state) == ("pending", "authority_received")

    assert journey.verify(row, operator, authoriser).state == "authorised"


def test_nothing_is_read_where_there_is_no_scan(signed_in, without_paper, page):
    signed_in.post(page, AGREED)

    row = Authority.objects.get()
    assert not row.is_being_read
    assert not commands.read_scan(row.pk)


@pytest.mark.guidance("R-2.11-2")
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_password_is_asked_for_again_first(
    client, authoriser, without_paper, page, method
):
    authoriser.set_password(PASSWORD)
    authoriser.save()
    client.force_login(authoriser)

    answer = getattr(client, method)(page, AGREED)

    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not Authority.objects.exists()


@pytest.mark.guidance("R-2.11-2")
def test_a_password_given_a_while_ago_is_asked_for_again(
    signed_in, without_paper, page, clock
):
    clock.move_to(NOW + timedelta(minutes=10))

    answer = signed_in.post(page, AGREED)

    assert answer.url.startswith(reverse("account_reauthenticate"))


@pytest.mark.guidance("T19")
def test_by_default_a_signature_on_paper_is_needed(
    signed_in, page, issued_quote, authoriser
):
    assert signed_in.get(page).url == issued_quote.get_absolute_url()
    assert "DCC asks for the signature on paper" in words_of(
        signed_in.post(page, AGREED)
    )
    with pytest.raises(SignedUploadNeeded):
        commands.accept_in_portal(
            issued_quote.pk, by=authoriser, statement="Yes", has_access_rules=False
        )
    assert Quote.objects.get().state == "issued"


@pytest.mark.guidance("R-2.11-4")
@pytest.mark.parametrize(
    ("who", "status"),
    [("submitter", 403), ("colleague", 403), ("operator", 403), ("outsider", 404)],
)
def test_nobody_but_an_authoriser_accepts(
    request, client, without_paper, page, *, who, status
):
    client.force_login(request.getfixturevalue(who))

    assert client.post(page, AGREED).status_code == status
    assert not Authority.objects.exists()


@pytest.mark.parametrize(
    ("left_out", "refusal"),
    [
        ("agreed", "Tick the box to confirm what is accepted"),
        ("access", "Say whether the site has rules about visits"),
        ("rack_space", "Confirm the rack space"),
    ],
)
@pytest.mark.guidance("R-3.5-1", "R-3.7-2")
def test_an_acceptance_answers_every_question(
    signed_in, without_paper, page, left_out, refusal
):
    answers = {name: text for name, text in AGREED.items() if name != left_out}

    assert refusal in words_of(signed_in.post(page, answers))
    assert not Authority.objects.exists()


@pytest.mark.guidance("R-3.4-3", "R-2.11-1")
def test_a_microsecond_late_is_too_late(without_paper, issued_quote, authoriser):
    answers = {"statement": "Yes", "has_access_rules": False, "has_rack_space": True}
    late = issued_quote.lapses_at

    with pytest.raises(Exception, match="lapsed at the end of 2 April 2026"):
        commands.accept_in_portal(issued_quote.pk, by=authoriser, at=late, **answers)
    in_time = late - timedelta(microseconds=1)
    commands.accept_in_portal(issued_quote.pk, by=authoriser, at=in_time, **answers)


def test_the_offer_leads_to_it_only_where_paper_is_not_needed(
    client, authoriser, issued_quote, page, settings
):
    client.force_login(authoriser)
    address = issued_quote.get_absolute_url()
    assert page not in words_of(client.get(address))

    settings.SIGNED_UPLOAD_MANDATORY = False
    assert page in words_of(client.get(address))


@pytest.mark.parametrize(
    "lost", [{"statement": ""}, {"fingerprint": ""}, {"route": "upload"}]
)
def test_the_database_refuses_an_acceptance_without_its_evidence(
    signed_in, without_paper, page, lost
):
    signed_in.post(page, AGREED)

    with pytest.raises(IntegrityError), transaction.atomic():
        Authority.objects.update(**lost)


@pytest.mark.guidance("R-2.11-4")
@pytest.mark.parametrize("who", ["submitter", "colleague", "operator", "outsider"])
def test_the_command_too_takes_it_from_an_authoriser_alone(
    request, without_paper, issued_quote, who
):
    answers = {"statement": "Yes", "has_access_rules": False, "has_rack_space": True}

    with pytest.raises(PermissionDenied):
        commands.accept_in_portal(
            issued_quote.pk, by=request.getfixturevalue(who), **answers
        )
    assert Quote.objects.get().state == "issued"
