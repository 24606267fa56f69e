"""What the mails about a request say, and to whom."""

from functools import partial

import pytest

from orders import commands
from records.models import Notice
from tests import journey

MAILS = [
    ("submitted", "request_received", "received: DCC checks it next"),
    ("returned", "request_returned", "needs your answer"),
    ("accepted", "request_accepted", "quotation due by 10 March 2026"),
    ("unavailable", "request_unavailable", "Low Volume is not available at the site"),
    ("withdrawn", "request_withdrawn", "withdrawn"),
]
KINDS = [row[:2] for row in MAILS]


def mail_to(person, kind):
    return Notice.objects.get(to=person.email, kind=kind)


@pytest.mark.guidance("R-1.3-8", "R-3.2-5", "R-3.2-6")
@pytest.mark.parametrize(("state", "kind", "subject"), MAILS)
def test_each_step_is_told_to_the_submitter(
    make_order, submitter, state, kind, subject
):
    order = make_order(state)

    mail = mail_to(submitter, kind)

    assert subject in mail.subject
    assert order.reference in mail.subject
    assert order.title in mail.text


@pytest.mark.parametrize(("state", "kind"), KINDS)
def test_each_mail_says_what_to_do_gives_one_link_and_the_desk(
    make_order, submitter, settings, state, kind
):
    order = make_order(state)

    text = mail_to(submitter, kind).text

    assert "What you need to do: " in text
    assert text.count("http") == 1
    assert f"\n{settings.SITE_URL}{order.get_absolute_url()}\n" in text
    assert settings.SERVICE_DESK_PHONE in text
    assert settings.SERVICE_DESK_EMAIL in text


@pytest.mark.usefixtures("authoriser", "colleague", "outsider")
@pytest.mark.parametrize(("state", "kind"), KINDS[:-1])
def test_questions_go_to_submitters_alone(make_order, state, kind):
    make_order(state)

    mails = Notice.objects.filter(kind=kind)

    assert [mail.to for mail in mails] == ["submitter@northgate.example"]


def test_a_withdrawal_is_told_to_authorisers_too_since_they_may_hold_the_paper(
    make_order, authoriser
):
    make_order("withdrawn")

    assert "can no longer be accepted" in mail_to(authoriser, "request_withdrawn").text


@pytest.mark.guidance("R-2.11-6")
def test_a_party_without_an_authoriser_is_told_so_at_once(submitted_order, submitter):
    text = mail_to(submitter, "request_received").text

    assert "nobody at Northgate Energy is nominated to authorise orders" in text


def test_a_party_with_an_authoriser_is_not_warned(make_order, submitter):
    make_order("submitted")

    assert "nobody" not in mail_to(submitter, "request_received").text


@pytest.mark.guidance("R-3.3-1")
def test_the_acceptance_says_when_the_quotation_is_due(make_order, submitter):
    make_order("accepted")

    text = mail_to(submitter, "request_accepted").text

    assert "by the end of Tuesday 10 March 2026, 5 working days after" in text


@pytest.mark.guidance("R-3.2-6")
def test_all_questions_stand_in_one_mail_as_typed_each_under_its_answer(
    submitted_order, operator, submitter
):
    ask = partial(commands.ask_question, submitted_order.pk, by=operator)
    ask(words="Is it 'R&D'?\n\nSay <b>which floor</b>.", field="floor")
    ask(words="20 or 30?", field="hv_rating_mbps")
    ask(words="Who lets us in?")
    commands.return_request(submitted_order.pk, by=operator, note="All else is fine.")

    text = mail_to(submitter, "request_returned").text

    assert "DCC has 3 questions" in text
    assert "1. Floor: Is it 'R&D'?\n\nSay <b>which floor</b>." in text
    assert "\n2. Rating: 20 or 30?\n\n3. The whole form: Who lets us in?" in text
    assert "All else is fine." in text


def test_what_people_typed_is_text_in_the_html_part_too(
    submitted_order, operator, submitter
):
    words = "<script>alert(1)</script>"
    commands.ask_question(submitted_order.pk, by=operator, words=words)
    commands.return_request(submitted_order.pk, by=operator)

    html = mail_to(submitter, "request_returned").html

    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_html_part_has_the_link_and_nothing_from_elsewhere(make_order, submitter):
    order = make_order("accepted")

    html = mail_to(submitter, "request_accepted").html

    assert f'{order.get_absolute_url()}"' in html
    assert not [word for word in ("<img", "src=", "style", "<link") if word in html]


def test_an_unavailable_site_is_told_what_can_be_had_instead(make_order, submitter):
    make_order("unavailable")

    text = mail_to(submitter, "request_unavailable").text

    assert "ask for High Volume (HV) instead" in text


def test_a_second_round_of_questions_is_a_second_mail(
    returned_order, submitter, operator, clock
):
    clock.shift(60)
    journey.answer_all(returned_order, submitter)
    journey.submit(returned_order, submitter)
    journey.return_with_questions(returned_order, operator)

    assert Notice.objects.filter(kind="request_returned").count() == 2


def test_the_html_part_names_fonts_that_machines_have(make_order, submitter):
    make_order("accepted")

    html = mail_to(submitter, "request_accepted").html

    assert (
        'face="Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"' in html
    )


def test_what_somebody_typed_is_no_link_in_a_letter(
    submitted_order, operator, submitter
):
    words = "See www.evil.example/x, or http://evil.example"
    commands.ask_question(submitted_order.pk, by=operator, words=words)
    commands.return_request(submitted_order.pk, by=operator)

    mail = mail_to(submitter, "request_returned")

    assert "See www[.]evil[.]example/x, or http[:]//evil[.]example" in mail.text
    assert mail.html.count("<a href=") == 2
    assert "evil.example" not in mail.html
