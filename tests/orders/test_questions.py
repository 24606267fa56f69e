"""Questions of the desk: kept, sent in rounds, answered beside the answer."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from orders import commands
from orders.commands.snapshot import changes_between, rows_of
from orders.errors import (
    NoQuestions,
    NotNominated,
    QuestionEmpty,
    QuestionNotOpen,
    QuestionSent,
    QuestionsUnanswered,
    QuestionsUnsent,
)
from orders.models import FormVersion, Question, QuestionRound
from records.errors import NotPossibleInState
from records.models import Event, Notice
from tests import journey
from tests.reading import words_of

SECRET = "Is the director trustworthy?"
PRIVATE = "They sounded unsure on the phone."


def ask(order, by, words="Which floor?", field="floor"):
    return commands.ask_question(order.pk, by=by, words=words, field=field)


def page(client, name, order, *more):
    return client.get(reverse(name, args=[order.reference, *more]))


@pytest.mark.guidance("R-3.2-6")
def test_questions_wait_for_each_other_and_go_out_as_one_round(submitted_order, desk):
    ask(submitted_order, desk)
    ask(submitted_order, desk, "20 or 30?", "hv_rating_mbps")
    assert not Notice.objects.filter(kind="request_returned").exists()

    order = commands.return_request(submitted_order.pk, by=desk)

    sent = QuestionRound.objects.get(order=order)
    assert (sent.number, sent.sent_by, sent.questions.count()) == (1, desk, 2)
    assert Notice.objects.filter(kind="request_returned").count() == 1
    why = Event.objects.get(name="return_for_correction").why
    assert why == "1. Floor: Which floor?\n2. Rating: 20 or 30?"


def test_a_question_that_is_not_sent_can_be_changed_and_discarded(
    submitted_order, desk, operator
):
    first, second = ask(submitted_order, desk), ask(submitted_order, desk)
    commands.change_question(first.pk, by=operator, words="Which room?", field="room")
    commands.discard_question(second.pk, by=operator)

    left = Question.objects.get()
    assert (left.words, left.subject) == ("Which room?", "Room")
    told = Event.objects.filter(name="ask_question", is_public=True)
    assert not told.exists()


@pytest.mark.parametrize("do", ["change_question", "discard_question"])
def test_a_question_that_went_out_stays_as_it_was_sent(returned_order, desk, do):
    question = returned_order.questions.get()
    answers = {"words": "Other"} if do == "change_question" else {}

    with pytest.raises(QuestionSent):
        getattr(commands, do)(question.pk, by=desk, **answers)


@pytest.mark.parametrize("who", ["submitter", "billing_clerk", "installer"])
def test_only_the_desk_asks_and_returns(request, submitted_order, desk, who):
    person, question = request.getfixturevalue(who), ask(submitted_order, desk)
    attempts = (
        lambda: ask(submitted_order, person),
        lambda: commands.discard_question(question.pk, by=person),
        lambda: commands.return_request(submitted_order.pk, by=person),
    )
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()


@pytest.mark.parametrize("state", ["draft", "returned", "accepted", "withdrawn"])
def test_questions_are_asked_while_the_form_is_checked(make_order, desk, state):
    with pytest.raises(NotPossibleInState):
        ask(make_order(state), desk)


def test_a_question_needs_words_and_an_answer_of_the_form(submitted_order, desk):
    with pytest.raises(QuestionEmpty):
        ask(submitted_order, desk, words="  \n")
    with pytest.raises(ValueError, match="No such answer"):
        ask(submitted_order, desk, field="state")


@pytest.mark.guidance("R-3.2-4")
def test_a_form_is_not_accepted_while_a_question_waits(submitted_order, operator):
    question = ask(submitted_order, operator)
    with pytest.raises(QuestionsUnsent, match="There is 1 question"):
        journey.accept(submitted_order, operator)

    commands.discard_question(question.pk, by=operator)
    assert journey.accept(submitted_order, operator).state == "accepted"


@pytest.mark.guidance("R-3.2-6")
def test_a_form_goes_back_only_with_every_answer_and_closes_the_round(
    returned_order, submitter
):
    with pytest.raises(QuestionsUnanswered, match="Still open: floor"):
        journey.submit(returned_order, submitter)
    assert QuestionRound.objects.get().closed_at is None

    journey.answer_all(returned_order, submitter)
    order = journey.submit(returned_order, submitter)

    assert QuestionRound.objects.get().closed_at == order.submitted_at


@pytest.mark.guidance("R-3.2-6", "R-3.2-7")
def test_it_goes_round_as_often_as_it_takes(returned_order, submitter, desk, clock):
    order = returned_order
    for number in (1, 2, 3):
        clock.shift(60)
        journey.answer_all(order, submitter)
        order = journey.submit(order, submitter)
        order = journey.return_with_questions(order, desk)
        assert order.rounds.count() == number + 1
    assert order.versions.count() == 4
    assert order.rounds.filter(closed_at=None).count() == 1


def test_two_open_rounds_of_one_order_cannot_be(returned_order, desk):
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionRound.objects.create(
            order=returned_order,
            number=2,
            sent_by=desk,
            sent_at=returned_order.returned_at,
        )


def test_an_answer_can_be_changed_and_taken_back_until_it_goes(
    returned_order, submitter
):
    question = returned_order.questions.get()
    commands.answer_question(question.pk, by=submitter, answer="Third")
    kept = commands.answer_question(question.pk, by=submitter, answer="Fourth")
    assert (kept.answer, kept.answered_by) == ("Fourth", submitter)

    kept = commands.answer_question(question.pk, by=submitter, answer=" ")
    assert (kept.answered_at, kept.answered_by) == (None, None)
    assert Event.objects.filter(name="answer_question").count() == 3


@pytest.mark.parametrize("who", ["colleague", "authoriser", "outsider", "desk"])
def test_only_a_submitter_answers(request, returned_order, who):
    question = returned_order.questions.get()

    with pytest.raises(NotNominated):
        commands.answer_question(
            question.pk, by=request.getfixturevalue(who), answer="x"
        )


def test_a_closed_round_takes_no_answer(returned_order, submitter):
    journey.answer_all(returned_order, submitter)
    journey.submit(returned_order, submitter)
    question = returned_order.questions.get()

    with pytest.raises(QuestionNotOpen):
        commands.answer_question(question.pk, by=submitter, answer="Too late")


@pytest.mark.guidance("R-3.2-6", "R-0-2")
def test_each_form_that_is_sent_is_kept_as_it_was(
    returned_order, submitter, data_centre
):
    journey.answer_all(returned_order, submitter)
    answers = {"hv_rating_mbps": 30, "floor": "3"}
    commands.save_answers(returned_order.pk, by=submitter, answers=answers)
    journey.submit(returned_order, submitter)

    first, second = FormVersion.objects.filter(order=returned_order)
    told = [str(row) for row in changes_between(rows_of(first), rows_of(second))]
    assert told[0] == "Rating: 20 Mbps → 30 Mbps"
    assert told[1].startswith("Floor: ")
    assert second.submitted_by == submitter
    assert second.guidance_version


# What the Party sees


@pytest.fixture
def with_secrets(returned_order, submitter, desk):
    """Sent again after a round; the desk has a note and a question of its own."""
    journey.answer_all(returned_order, submitter)
    order = journey.submit(returned_order, submitter)
    ask(order, desk, SECRET)
    commands.add_desk_note(order.pk, by=desk, words=PRIVATE)
    return order


PAGES = ("order", "order-history", "order-form", "order-questions", "order-submitted")


@pytest.mark.guidance("R-3.2-6")
@pytest.mark.parametrize("who", ["submitter", "authoriser", "colleague"])
def test_the_party_never_sees_what_the_desk_has_not_sent(
    request, client, with_secrets, who
):
    client.force_login(request.getfixturevalue(who))
    pages = [page(client, name, with_secrets) for name in PAGES]
    pages.append(client.get(reverse("home")))

    for answer in pages:
        assert answer.status_code == 200
        assert "trustworthy" not in words_of(answer)
        assert "unsure" not in words_of(answer)


def test_no_mail_and_no_public_event_tells_what_the_desk_has_not_sent(with_secrets):
    mails = " ".join(Notice.objects.values_list("text", flat=True))
    public = Event.objects.of_thread(with_secrets.thread).for_party()
    told = mails + " ".join(f"{row.what} {row.why}" for row in public)

    assert "trustworthy" not in told
    assert "unsure" not in told


@pytest.mark.parametrize("who", ["installer", "configurer"])
def test_a_supplier_reads_neither_questions_nor_notes(request, make_order, desk, who):
    order = make_order("authorised")
    commands.add_desk_note(order.pk, by=desk, words=PRIVATE)
    person = request.getfixturevalue(who)

    assert not order.notes.visible_to(person).exists()
    assert not order.versions.visible_to(person).exists()


@pytest.mark.guidance("R-3.2-6")
def test_a_question_is_answered_beside_its_answer_and_saved_with_the_section(
    client, returned_order, submitter, desk
):
    question = returned_order.questions.get()
    Question.objects.update(field="site_contact_phone")
    client.force_login(submitter)
    section = reverse("order-section", args=[returned_order.reference, "contacts"])

    read = words_of(client.get(section))
    assert "DCC asks: Which floor?" in read
    sent = {f"question-{question.pk}": "The third.", "later": ""}
    assert client.post(section, sent).status_code == 302

    assert Question.objects.get().answer == "The third."


def test_the_task_list_marks_where_a_question_waits(client, returned_order, submitter):
    Question.objects.update(field="hv_rating_mbps")
    client.force_login(submitter)

    words = words_of(page(client, "order-form", returned_order))

    assert "DCC has a question: answer it and send the form again" in words
    assert "1 question to answer" in words


def test_a_question_about_the_whole_form_has_a_page(client, returned_order, submitter):
    Question.objects.update(field="")
    client.force_login(submitter)
    assert "About the whole form" in words_of(
        page(client, "order-form", returned_order)
    )
    url = reverse("order-questions", args=[returned_order.reference])
    question = Question.objects.get()

    client.post(url, {f"question-{question.pk}": "All is right."})

    assert Question.objects.get().answer == "All is right."
    assert "All is right." in words_of(client.get(url))


@pytest.mark.parametrize("who", ["colleague", "authoriser"])
def test_others_of_the_party_read_the_questions_and_cannot_answer(
    request, client, returned_order, who
):
    client.force_login(request.getfixturevalue(who))
    url = reverse("order-questions", args=[returned_order.reference])
    question = Question.objects.get()

    assert "Which floor?" in words_of(client.get(url))
    answer = client.post(url, {f"question-{question.pk}": "Third"})

    assert answer.status_code == 403
    assert Question.objects.get().answer == ""


@pytest.mark.guidance("R-3.2-6")
def test_the_check_lists_what_is_not_answered_and_refuses_in_words(
    client, returned_order, submitter
):
    client.force_login(submitter)
    url = reverse("order-check", args=[returned_order.reference])

    assert "Answer this question first" in words_of(client.get(url))
    sent = client.post(url, {"agreed": "on"})

    assert "Answer DCC’s questions first. Still open: floor." in words_of(sent)
    assert journey.fresh(returned_order).state == "returned"


def test_returning_without_a_question_is_refused(submitted_order, desk):
    with pytest.raises(NoQuestions):
        commands.return_request(submitted_order.pk, by=desk)


@pytest.mark.guidance("R-3.2-6")
def test_the_orders_page_tells_questions_answers_and_what_was_changed(
    client, returned_order, colleague, submitter, desk
):
    journey.answer_all(returned_order, submitter)
    answers = {"hv_rating_mbps": 30}
    commands.save_answers(returned_order.pk, by=submitter, answers=answers)
    journey.submit(returned_order, submitter)
    client.force_login(colleague)

    words = words_of(page(client, "order", returned_order))

    assert "Which floor?" in words
    assert "The third floor." in words
    assert "Rating: 20 Mbps → 30 Mbps" in words


def test_a_contact_reads_no_question_before_it_is_sent(
    submitted_order, desk, submitter
):
    ask(submitted_order, desk)

    assert not Question.objects.visible_to(submitter).exists()
    assert Question.objects.visible_to(desk).count() == 1


def test_a_round_that_was_answered_is_open_no_more(returned_order, submitter):
    assert Question.objects.open().count() == 1

    journey.answer_all(returned_order, submitter)
    journey.submit(returned_order, submitter)

    assert not Question.objects.open().exists()
