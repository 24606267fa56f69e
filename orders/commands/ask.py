"""Questions of the desk about a form, sent in rounds, and the Party's answers."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from orders import emails, policies
from orders.commands.mirror import follow_partner, lock_with_partner
from orders.commands.snapshot import questions
from orders.errors import (
    NoQuestions,
    QuestionEmpty,
    QuestionNotOpen,
    QuestionSent,
    QuestionsUnanswered,
)
from orders.findings.eligible import require_submitter
from orders.models import ConnectionRequest, Question, QuestionRound
from orders.states import OrderState
from parties.models import User
from records.behalf import person_of
from records.errors import NotPossibleInState
from records.transitions import perform, record_event
from records.unit import command


@command
def ask_question(
    order_id: int,
    *,
    by: User,
    words: str,
    field: str = "",
    at: datetime | None = None,
) -> Question:
    """Note a question for the Party, about one answer or about the whole form.

    It is the desk's own until `return_request` sends it with all others.

    Args:
        field: of the answer; empty for the whole form.

    Raises:
        QuestionEmpty: there are no words.
        ValueError: the form has no such answer.
        NotPossibleInState: the form is not being checked.
        PermissionDenied: `by` is not of the desk.

    Source: R-3.2-6.
    """
    at = at or timezone.now()
    order = being_checked(order_id, by)
    question = Question.objects.create(
        order=order, field=known(field), words=needed(words), asked_by=by, asked_at=at
    )
    tell_desk(question, "Question noted, not sent yet", by, at)
    return question


@command
def change_question(
    question_id: int,
    *,
    by: User,
    words: str,
    field: str = "",
    at: datetime | None = None,
) -> Question:
    """Change the words of a question that has not gone out, or its answer.

    Raises:
        QuestionSent: the Party has it.

    Source: R-3.2-6.
    """
    question = unsent(question_id, by)
    question.words, question.field = needed(words), known(field)
    question.save(update_fields=["words", "field"])
    tell_desk(question, "Question changed, not sent yet", by, at or timezone.now())
    return question


@command
def discard_question(
    question_id: int, *, by: User, at: datetime | None = None
) -> ConnectionRequest:
    """Drop a question that has not gone out; the desk's history keeps its words.

    Raises:
        QuestionSent: the Party has it.

    Source: R-3.2-6.
    """
    question = unsent(question_id, by)
    tell_desk(question, "Question discarded, never sent", by, at or timezone.now())
    question.delete()
    return question.order


@command
def return_request(
    order_id: int, *, by: User, note: str = "", at: datetime | None = None
) -> ConnectionRequest:
    """Send all questions that wait as one round, and the form back with them.

    Args:
        note: covers the questions, if DCC has more to say.

    Raises:
        NoQuestions: without one the Party would not know what to do.

    Source: R-3.2-4, R-3.2-6.
    """
    at = at or timezone.now()
    order = lock_with_partner(order_id)
    asked = list(order.questions.unsent())
    why = "\n".join(filter(None, [note.strip(), *numbered(asked)]))
    perform(order.return_for_correction, by=by, at=at, why=why, because=note.strip())
    if not asked:
        raise NoQuestions
    number = order.rounds.count() + 1
    sent = QuestionRound.objects.create(
        order=order, number=number, sent_by=by, sent_at=at
    )
    order.questions.unsent().update(round=sent)
    follow_partner(order, by=by, at=at)
    emails.request_returned(order, numbered(asked), at)
    return order


@command
def answer_question(
    question_id: int, *, by: User, answer: str, at: datetime | None = None
) -> Question:
    """Answer one question; see `answer_questions`. Source: R-3.2-6."""
    order = ConnectionRequest.objects.get(questions=question_id)
    answer_questions(order.pk, by=by, answers={question_id: answer}, at=at)
    return Question.objects.get(pk=question_id)


@command
def answer_questions(
    order_id: int, *, by: User, answers: dict[int, str], at: datetime | None = None
) -> list[Question]:
    """Keep the Party's answers, which it can change until it sends the form again.

    Args:
        answers: by the question's pk; an empty one takes an answer back.

    Returns:
        The questions whose answer is another now.

    Raises:
        QuestionNotOpen: a question is of another order or round, or not sent.
        NotNominated: `by` is no nominated submitter of the Party.

    Source: R-3.2-6.
    """
    at = at or timezone.now()
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    require_submitter(order, by)
    asked = {question.pk: question for question in open_questions(order)}
    if set(answers) - set(asked):
        raise QuestionNotOpen
    kept = {pk: answer.strip() for pk, answer in answers.items()}
    changed = [asked[pk] for pk, answer in kept.items() if asked[pk].answer != answer]
    for question in changed:
        answered(question, kept[question.pk], by, at)
    return changed


def answered(question: Question, answer: str, by: User, at: datetime) -> None:
    """Keep who answered and when; with the answer taken back there is nobody."""
    question.answer = answer
    question.answered_by = person_of(by) if answer else None
    question.answered_at = at if answer else None
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    what = f"Answer to DCC about: {question.subject.lower()}"
    order = question.order
    why = answer or "Taken back"
    record_event(order, "answer_question", by=by, at=at, what=what, why=why)


def open_questions(order: ConnectionRequest) -> list[Question]:
    """Return what the Party has to answer before it can send the form again."""
    if order.state != OrderState.RETURNED:
        return []
    return list(order.questions.open().select_related("order"))


def require_answers(order: ConnectionRequest) -> None:
    """Refuse a form with a question that nobody answered.

    Raises:
        QuestionsUnanswered: names what each is about.

    Source: R-3.2-6.
    """
    still = [row for row in open_questions(order) if row.answered_at is None]
    if still:
        names = ", ".join(dict.fromkeys(row.subject.lower() for row in still))
        raise QuestionsUnanswered(questions=names)


def close_round(order: ConnectionRequest, at: datetime) -> None:
    """Close the round of questions that the form comes back with."""
    order.rounds.filter(closed_at=None).update(closed_at=at)


def numbered(asked: list[Question]) -> list[str]:
    """Return questions as an e-mail lists them, each under its answer's name."""
    return [
        f"{number}. {question.subject}: {question.words}"
        for number, question in enumerate(asked, start=1)
    ]


def being_checked(order_id: int, by: User) -> ConnectionRequest:
    order: ConnectionRequest = ConnectionRequest.objects.locked().get(pk=order_id)
    if not policies.may_clarify(order, by):
        raise PermissionDenied
    if order.state != OrderState.SUBMITTED:
        raise NotPossibleInState(subject=order, state=order.get_state_display().lower())
    return order


def unsent(question_id: int, by: User) -> Question:
    """Return a question under its order's lock, if it can still be changed."""
    order = ConnectionRequest.objects.locked().get(questions=question_id)
    found = Question.objects.select_related("order")
    question: Question = found.get(pk=question_id)
    if not policies.may_clarify(order, by):
        raise PermissionDenied
    if question.round_id is not None:
        raise QuestionSent
    return question


def known(field: str) -> str:
    if field not in ("", *(name for _, name, _ in questions())):
        raise ValueError(f"No such answer: {field}.")
    return field


def needed(words: str) -> str:
    if not words.strip():
        raise QuestionEmpty
    return words.strip()


def tell_desk(question: Question, what: str, by: User, at: datetime) -> None:
    """Append to the history that only DCC reads."""
    order, why = question.order, f"{question.subject}: {question.words}"
    record_event(
        order, "ask_question", by=by, at=at, what=what, why=why, is_public=False
    )
