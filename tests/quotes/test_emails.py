"""What the mails about an offer say, and to whom."""

from datetime import timedelta

import pytest

from quotes import commands
from quotes.models import Quote
from records.models import Notice
from tests import journey

EVERYBODY = ["authoriser@northgate.example", "submitter@northgate.example"]
MAILS = [
    ("quoted", "quote_issued", "decide by Thursday 2 April 2026"),
    ("declined", "quote_declined", "declined"),
    ("lapsed", "quote_lapsed", "lapsed"),
    ("authorised", "authority_received", "received in time"),
    ("authorised", "authority_verified", "goes ahead"),
    ("cancelled", "order_cancelled", "£15,000.00 excluding VAT to pay"),
]
KINDS = [row[:2] for row in MAILS]


def text_of(kind):
    """Return the words of a mail, which are the same for all who get it."""
    (text,) = {mail.text for mail in Notice.objects.filter(kind=kind)}
    return text


def remind(quote, *, day):
    return commands.remind_authorisers(
        quote.pk, now=quote.issued_at + timedelta(days=day)
    )


def reject(authority, operator, *, at=None):
    return commands.reject_authority(
        authority.pk, by=operator, reason="Bob Cat was never nominated.", at=at
    )


@pytest.mark.guidance("R-3.4-4")
@pytest.mark.usefixtures("colleague", "outsider")
@pytest.mark.parametrize(("state", "kind", "subject"), MAILS)
def test_each_step_is_told_to_those_who_decide_and_those_who_asked(
    make_order, state, kind, subject
):
    order = make_order(state)

    mails = Notice.objects.filter(kind=kind).order_by("to")

    assert [mail.to for mail in mails] == EVERYBODY
    assert subject in mails[0].subject
    assert order.reference[4:] in mails[0].subject


@pytest.mark.parametrize(("state", "kind"), KINDS)
def test_each_mail_says_what_to_do_gives_one_link_and_the_desk(
    make_order, settings, state, kind
):
    make_order(state)

    text = text_of(kind)

    assert "What you need to do: " in text
    assert text.count("http") == 1
    assert f"\n{settings.SITE_URL}/" in text
    assert settings.SERVICE_DESK_PHONE in text
    assert settings.SERVICE_DESK_EMAIL in text


@pytest.mark.guidance("R-2.11-1", "R-3.4-2", "R-3.4-3")
def test_a_firm_offer_says_what_signing_commits_to_by_when_and_what_else_happens(
    issued_quote, settings
):
    text = text_of("quote_issued")

    assert "£15,000.00 excluding VAT over 3 years" in text
    assert "Signing commits Northgate Energy to the full cost." in text
    assert (
        "by the end of Thursday 2 April 2026: 30 calendar days after today, Tuesday 3 "
        "March 2026, if you receive it today. If you receive it on a later day, they "
        "run from that day"
    ) in text
    assert "If you do nothing, the quotation lapses after that day" in text
    assert f"{settings.SITE_URL}{issued_quote.get_absolute_url()}" in text


@pytest.mark.guidance("R-3.3-3")
def test_an_indicative_offer_says_that_signing_authorises_only_the_survey(
    indicative_quote,
):
    text = text_of("quote_issued")

    assert "indicative: a survey is needed and may change it" in text
    assert "Signing authorises that survey, not yet the full cost." in text


@pytest.mark.guidance("R-2.11-6")
def test_an_offer_to_a_party_without_an_authoriser_says_that_no_signature_counts(
    reviewed_order, operator
):
    journey.issue(journey.draft(reviewed_order, operator), operator)

    assert "nobody at Northgate Energy is nominated" in text_of("quote_issued")


@pytest.mark.guidance("R-3.4-4")
@pytest.mark.parametrize(
    ("day", "left"),
    [
        (20, "10 days left"),
        (27, "3 days left"),
        (29, "1 day left"),
        (30, "Last day today"),
    ],
)
def test_a_reminder_goes_to_authorisers_alone_with_the_days_left(
    issued_quote, submitter, day, left
):
    remind(issued_quote, day=day)

    (mail,) = Notice.objects.filter(kind="authority_reminder")

    assert mail.to == "authoriser@northgate.example"
    assert mail.subject == f"{left} to decide on quotation {issued_quote}"
    assert "If you do nothing, the quotation lapses" in mail.text


@pytest.mark.guidance("R-3.4-3", "R-3.4-4", "R-3.4-6")
def test_a_lapse_says_how_to_begin_again(make_order):
    order = make_order("lapsed")

    text = text_of("quote_lapsed")

    assert "by the end of Thursday 2 April 2026, so it has lapsed" in text
    assert "start a new request from the old one" in text
    assert order.get_absolute_url() in text


@pytest.mark.guidance("R-2.11-5")
def test_a_received_authority_is_told_to_count_from_its_receipt(pending_authority):
    text = text_of("authority_received")

    assert "on 3 March 2026, 10:00am" in text
    assert "it counts from when it was received, not from when it was checked" in text


@pytest.mark.guidance("R-3.4-2")
def test_a_verified_authority_on_a_firm_offer_names_the_commitment(authorised_order):
    text = text_of("authority_verified")

    assert "is now committed to the full cost, £15,000.00 excluding VAT" in text
    assert "no visit can be booked before access is agreed" in text


@pytest.mark.guidance("R-3.3-3")
def test_a_verified_authority_on_an_indicative_offer_announces_the_survey(
    indicative_order,
):
    text = text_of("authority_verified")

    assert "Next comes the survey. The cost stays indicative" in text
    assert "committed" not in text


@pytest.mark.guidance("R-3.5-1")
def test_the_rules_for_visits_are_read_back(
    issued_quote, submitter, operator, authoriser
):
    authority = journey.upload(issued_quote, submitter, rules="Ring <first> & wait.")
    journey.verify(authority, operator, authoriser)

    assert "\n\nRing <first> & wait.\n\n" in text_of("authority_verified")


@pytest.mark.guidance("R-2.11-4")
def test_a_signature_without_effect_in_time_says_why_and_until_when_to_repeat_it(
    pending_authority, operator
):
    reject(pending_authority, operator)

    text = text_of("authority_not_effective")

    assert "\n\nBob Cat was never nominated.\n\n" in text
    assert "The quotation is open again." in text
    assert "by the end of Thursday 2 April 2026" in text


@pytest.mark.guidance("R-2.11-4", "R-3.4-3")
def test_a_signature_without_effect_after_the_last_day_says_that_all_has_ended(
    pending_authority, operator
):
    quote = Quote.objects.get(pk=pending_authority.quote_id)
    reject(pending_authority, operator, at=quote.lapses_at + timedelta(days=1))

    text = text_of("authority_not_effective")

    assert "Thursday 2 April 2026, has passed. It has lapsed" in text
    assert "open again" not in text


def test_an_offer_that_dcc_takes_back_must_not_be_signed(issued_quote, operator):
    commands.withdraw_quote(issued_quote.pk, by=operator, reason="Wrong rate.")

    text = text_of("quote_withdrawn")

    assert "\n\nWrong rate.\n\n" in text
    assert "do not sign it" in text
    assert "another one by the end of Tuesday 10 March 2026" in text


@pytest.mark.parametrize(
    ("survey", "words"),
    [
        (False, "The cancellation charge is £15,000.00 excluding VAT."),
        (True, "There is no cancellation charge."),
    ],
)
def test_a_cancellation_is_confirmed_with_its_day_and_its_charge(
    make_order, survey, words
):
    make_order("cancelled", survey=survey)

    text = text_of("order_cancelled")

    assert words in text
    assert "with effect from 3 March 2026" in text
