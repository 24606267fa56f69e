"""What the register says wrongly, put right; what was signed and billed stays."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from billing.commands import issue_invoice
from parties import commands
from parties.errors import (
    CorrectsOwnAddress,
    EmailTaken,
    NameTakenByAnother,
    NothingPutRight,
    PartyRegistered,
    PostcodeMalformed,
    RegisterChangeUnexplained,
)
from parties.models import User
from quotes.errors import SiteSigned
from quotes.models import Authority, Quote
from records.models import Event, Notice
from tests.factories.parties import PASSWORD, DataCentreFactory
from tests.reading import words_of

WHY = "Typed wrongly when it was registered"


def party_facts(party, by, why=WHY, **facts):
    return commands.correct_party(party.pk, by=by, why=why, facts=facts)


def person_facts(person, by, why=WHY, **facts):
    return commands.correct_person(person.pk, by=by, why=why, facts=facts)


def centre_facts(centre, by, why=WHY, **facts):
    return commands.correct_data_centre(centre.pk, by=by, why=why, facts=facts)


@pytest.mark.guidance("R-1.3-4")
def test_a_name_put_right_leaves_what_was_signed_and_billed_under_the_old_one(
    connection_in_service, party, desk, authoriser
):
    order = connection_in_service.order
    quote, invoice = order.quotes.get(), issue_invoice(party.pk).paper
    form = order.versions.get()
    before = [quote.fingerprint, quote.document.sha256, form.answers, invoice.facts]
    signed = Authority.objects.get()

    party_facts(party, desk, name="Northgate Energy Supply", sec_identifier="NGES")

    party.refresh_from_db()
    for row in (quote, invoice, form, signed):
        row.refresh_from_db()
    assert (party.name, party.reference) == ("Northgate Energy Supply", party.reference)
    now = [quote.fingerprint, quote.document.sha256, form.answers, invoice.facts]
    assert now == before
    assert invoice.facts["party"] == "Northgate Energy"
    assert signed.nomination.user == authoriser
    event = Event.objects.get(name="correct_party")
    assert event.by == desk
    assert event.why.splitlines() == [
        "Name: “Northgate Energy Supply” instead of “Northgate Energy”",
        "SEC Party or RDP identifier: “NGES” instead of nothing",
        WHY,
    ]
    told = Notice.objects.filter(kind="register_corrected")
    assert {notice.to for notice in told} == {
        "authoriser@northgate.example",
        "submitter@northgate.example",
    }


def test_orders_are_found_by_what_is_right(submitted_order, party, desk, data_centre):
    party_facts(party, desk, name="Southgate")
    centre_facts(data_centre, desk, postcode="de21 6xz")

    found = submitted_order.search_text.text
    assert "southgate" in found
    assert "de21 6xz" in found


def test_a_new_address_is_verified_anew_before_anybody_signs_in_with_it(
    client, submitter, submitted_order, desk
):
    client.force_login(submitter)
    EmailAddress.objects.create(
        user=submitter, email=submitter.email, verified=True, primary=True
    )
    old, new = submitter.email, "s.mitter@northgate.example"

    person_facts(submitter, desk, name="Susan Mitter", email=new.upper())

    person = User.objects.get(pk=submitter.pk)
    assert (person.email, person.has_usable_password()) == (new, False)
    assert client.get(reverse("home")).status_code == 302, "still signed in"
    for address in (old, new):
        typed = {"login": address, "password": PASSWORD}
        client.post(reverse("account_login"), typed)
        assert client.get(reverse("home")).status_code == 302
    told = {
        notice.to: notice.text
        for notice in Notice.objects.filter(kind="person_corrected")
    }
    assert told.keys() == {old, new}
    assert "last e-mail to this address" in told[old]
    assert f"nobody can sign in with {old} any more" in told[old]
    assert "choose a new password" in told[new]
    order = submitted_order
    order.refresh_from_db()
    assert order.submitted_by == person
    assert Notice.objects.filter(kind="request_received", to=old).exists()


def test_a_name_alone_leaves_the_sign_in_as_it_is(submitter, desk):
    person_facts(submitter, desk, name="Susan Mitter")

    person = User.objects.get(pk=submitter.pk)
    assert person.check_password(PASSWORD)
    assert Notice.objects.get().to == person.email


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda cast: party_facts(cast["party"], cast["desk"]), NothingPutRight),
        (
            lambda cast: party_facts(cast["party"], cast["desk"], " ", name="X"),
            RegisterChangeUnexplained,
        ),
        (
            lambda cast: party_facts(cast["party"], cast["desk"], name="CALDER supply"),
            PartyRegistered,
        ),
        (
            lambda cast: person_facts(
                cast["submitter"], cast["desk"], email="Outsider@calder.example"
            ),
            EmailTaken,
        ),
        (
            lambda cast: person_facts(cast["desk"], cast["desk"], email="d@x.example"),
            CorrectsOwnAddress,
        ),
        (
            lambda cast: centre_facts(cast["centre"], cast["desk"], postcode="DE21"),
            PostcodeMalformed,
        ),
        (
            lambda cast: centre_facts(cast["centre"], cast["desk"], name="ELY park"),
            NameTakenByAnother,
        ),
        (
            lambda cast: party_facts(cast["party"], cast["operator"], name="X"),
            None,
        ),
        (
            lambda cast: party_facts(cast["party"], cast["submitter"], name="X"),
            PermissionDenied,
        ),
    ],
)
def test_what_cannot_be_put_right_is_refused(
    party, outsider, submitter, desk, *, operator, data_centre, change, refusal
):
    DataCentreFactory(party=party, name="Ely Park")
    cast = {"party": party, "submitter": submitter, "desk": desk}
    cast |= {"operator": operator, "centre": data_centre}
    if refusal is None:
        assert change(cast).name == "X"
        return
    with pytest.raises(refusal):
        change(cast)
    assert not Event.objects.filter(name__startswith="correct_").exists()


@pytest.mark.guidance("R-3.2-8")
def test_another_postcode_begins_the_review_again_and_after_a_signature_is_refused(
    issued_quote, data_centre, desk
):
    centre_facts(data_centre, desk, street="3 Thornby Way")
    assert Quote.objects.get().state == "issued"

    centre_facts(data_centre, desk, postcode="DE21 6XZ")

    offer = Quote.objects.select_related("order__site_review").get()
    assert (offer.state, offer.order.state) == ("withdrawn", "accepted")
    assert not hasattr(offer.order, "site_review")


def test_the_place_that_was_signed_for_stays(authorised_order, data_centre, desk):
    with pytest.raises(SiteSigned, match="a signed price is never rewritten"):
        centre_facts(data_centre, desk, postcode="DE21 6XZ")

    data_centre.refresh_from_db()
    assert data_centre.postcode == "DE21 6XY"


def test_the_page_changes_only_what_was_typed_and_asks_why(
    client, desk, data_centre, submitter
):
    client.force_login(desk)
    url = reverse("admin:parties_datacentre_correct", args=[data_centre.pk])
    shown = {
        f"initial-{name}": getattr(data_centre, name)
        for name in ("name", "street", "town", "postcode", "owner")
    }
    typed = {name.removeprefix("initial-"): value for name, value in shown.items()}

    words = words_of(client.post(url, {**shown, **typed, "postcode": "12345"}))

    assert "Say why it is changed" in words
    assert "Enter a full UK postcode, like DE21 7QX" in words
    # A colleague was quicker with the street; it is not changed back.
    data_centre.street = "4 Thornby Way"
    data_centre.save()
    typed |= {"postcode": "DE21 6XZ", "why": WHY}
    assert client.post(url, {**shown, **typed}).status_code == 302
    data_centre.refresh_from_db()
    assert (data_centre.street, data_centre.postcode) == ("4 Thornby Way", "DE21 6XZ")


def test_the_emails_of_another_postcode_are_read_before_anything_is_changed(
    client, desk, issued_quote, data_centre
):
    client.force_login(desk)
    url = reverse("admin:parties_datacentre_correct", args=[data_centre.pk])
    names = ("name", "street", "town", "postcode", "owner")
    typed = {name: getattr(data_centre, name) for name in names} | {"why": WHY}
    typed |= {f"initial-{name}": typed[name] for name in names}
    typed["postcode"] = "de21 6xz"
    before = Notice.objects.count()

    words = words_of(client.post(url, typed | {"look": "yes"}))

    assert f"Quotation {issued_quote} taken back by DCC" in words
    assert "Postcode: “DE21 6XZ” instead of" in words
    assert 'value="de21 6xz"' in words
    assert Notice.objects.count() == before
    assert Quote.objects.get(pk=issued_quote.pk).state == "issued"
    assert client.post(url, typed).status_code == 302
    assert Quote.objects.get(pk=issued_quote.pk).state == "withdrawn"


def test_the_desk_adds_premises_with_a_whole_postcode_and_a_name_of_their_own(
    client, data_centre, desk
):
    client.force_login(desk)
    url = reverse("admin:parties_party_data-centre", args=[data_centre.party_id])
    typed = {"name": "Ash", "street": "1 Way", "town": "Leek", "postcode": "ST13"}

    malformed = client.post(url, typed).content.decode()
    taken = {**typed, "name": data_centre.name.upper(), "postcode": "ST13 5AA"}
    twice = client.post(url, taken).content.decode()
    client.post(url, {**typed, "postcode": "st135aa"})

    assert "Enter a full UK postcode, like DE21 7QX" in malformed
    assert "There is a data centre called" in twice
    assert data_centre.party.data_centres.get(name="Ash").postcode == "ST13 5AA"
    with pytest.raises(PostcodeMalformed):
        commands.add_data_centre(
            data_centre.party_id, by=desk, **{**typed, "name": "Elm"}
        )
