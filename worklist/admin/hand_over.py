"""Handing several things over: the question before it, and the way back after it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from common.clock import uk_date
from common.errors import DomainError
from common.pages import Answers, CommandPage
from common.staff_fields import words
from parties.models import User
from parties.policies import is_desk, signed_in
from worklist.admin.look_after import colleagues_of
from worklist.commands import hand_over_all, hand_over_work, undo_hand_over
from worklist.kinds import KINDS
from worklist.models import HandOver, WorkItem
from worklist.parts import register
from worklist.policies import not_part_of
from worklist.staff import narrow
from worklist.staff.queues import queue_of
from worklist.staff.rows import rows_of
from worklist.words import counted_words

# What a select says that stands for nobody; the empty value is no answer.
NOBODY = "nobody"
SHOWN = 50
REFUSED = "Nothing was handed over: not all is yours."
MOVED = (
    "Nothing was handed over: {} of the {} went to another since you opened this page. "
    "Read below whose they are now, and hand them over if you still want to."
)


class ToForm(forms.Form):
    """To whom, of which nothing is the start value, and a note.

    Colleagues who can do none of it are not offered. Of one who can do a part, the form
    says which things would stay, and goes on only once that is meant.
    """

    to = forms.ChoiceField(
        label="To whom",
        error_messages={"required": "Choose who looks after it from now on"},
    )
    note = words(
        "A note, if you like",
        "It goes into the e-mail and the history. The Gateway Party is not told.",
        rows=3,
    )

    rest = forms.BooleanField(required=False)
    field_order: tuple[str, ...] = ("to", "rest", "note")

    def offer(
        self, user: User, items: list[WorkItem], away: User | None = None
    ) -> None:
        """Let it be given to whoever can do any of `items`, and is not away."""
        self.items = items
        self.people = {str(one.pk): one for one in colleagues_of(user) if one != away}
        people = [
            (key, part_words(one, len(left), len(items)))
            for key, one in self.people.items()
            if len(left := not_part_of(items, one)) < len(items)
        ]
        choice: Any = self.fields["to"]
        choice.choices = [
            ("", "Choose a colleague"),
            *people,
            (NOBODY, "Nobody: any colleague can take it"),
        ]
        self.ask_about_rest(self.data.get("to", ""))

    def ask_about_rest(self, to: str) -> None:
        """Ask what becomes of what is not the colleague's part, if there is any."""
        person, items = self.people.get(to), self.chosen()
        left = not_part_of(items, person)
        if not left or len(left) == len(items):
            del self.fields["rest"]
            return
        rest = self.fields["rest"]
        rest.label = f"Hand over {len(items) - len(left)}, and leave {len(left)}"
        what = counted_words((item.what, item.thread) for item in left)
        rest.help_text = f"Not part of the work of {person}, so it stays: {what}."
        rest.required = True
        rest.error_messages = {
            "required": f"{person} can look after a part of it alone. Tick this to "
            "hand over that part, or choose somebody else"
        }

    def chosen(self) -> list[WorkItem]:
        return self.items


def part_words(person: User, left: int, count: int) -> str:
    """Return a colleague as they are offered: with how much of it they can do."""
    return f"{person}: {count - left} of {count}" if left else str(person)


def key_of(to: str) -> int | None:
    """Return the key of the person that a form names; None of nobody."""
    return None if to == NOBODY else int(to)


@dataclass(frozen=True)
class OwnersShare:
    """How many of the chosen things one person has."""

    name: str
    count: int


def parts_of(items: Iterable[WorkItem]) -> list[OwnersShare]:
    """Return who has how many of some things, the most first."""
    found = Counter(str(item.owner or "Nobody yet") for item in items)
    return [OwnersShare(name, count) for name, count in found.most_common()]


def owners_of(items: Iterable[WorkItem]) -> str:
    """Return who has each of some things, for the page to send back."""
    return ",".join(f"{item.pk}:{item.owner_id or 0}" for item in items)


def moved_since(items: Iterable[WorkItem], seen: str) -> int:
    """Return how many things went to another since somebody saw whose they are."""
    shown = set(seen.split(",")) if seen else set()
    known = {one.partition(":")[0] for one in shown}
    now = owners_of(items).split(",")
    return sum(one not in shown for one in now if one.partition(":")[0] in known)


def ask_to_whom(
    admin: Any, request: HttpRequest, chosen: QuerySet[WorkItem]
) -> HttpResponse | None:
    """Show how many things go, and from whom, and ask to whom; do it once answered."""
    user = signed_in(request)
    is_answered = "confirmed" in request.POST
    form = ToForm(request.POST if is_answered else None)
    form.use_required_attribute = False
    items = list(chosen.select_related("owner"))
    form.offer(user, items)
    moved = moved_since(items, request.POST.get("seen", ""))
    if moved and is_answered:
        form.add_error(None, MOVED.format(moved, len(items)))
    if is_answered and form.is_valid():
        to, note = key_of(form.cleaned_data["to"]), form.cleaned_data["note"]
        keys = [item.pk for item in items]
        how = {"note": note, "leaves_rest": "rest" in form.fields}
        give = partial(hand_over_work, keys, by=user, to_id=to, **how)
        if done := attempted(give, form):
            say_done(request, done, form)
            return None
    context = {
        **admin.admin_site.each_context(request),
        "title": "Hand over",
        "opts": admin.opts,
        "form": form,
        "parts": parts_of(items),
        "rows": rows_of(items[:SHOWN], uk_date(timezone.now())),
        "items": items,
        "seen": owners_of(items),
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "desk/hand_over.html", context)


def attempted(give: Any, form: forms.Form) -> HandOver | None:
    try:
        done: HandOver = give()
    except DomainError as refusal:
        form.add_error(None, f"Nothing was handed over. {refusal}")
    except PermissionDenied as refusal:
        form.add_error(None, str(refusal) or REFUSED)
    else:
        return done
    return None


def say_done(request: HttpRequest, done: HandOver, form: ToForm) -> None:
    """Say once how many things went to whom, with the button that undoes it."""
    context = {"done": done, "count": done.lines.count(), "user": request.user}
    context["left"] = len(not_part_of(form.chosen(), done.to))
    words = render_to_string("desk/undo.html", context, request)
    # Its template escapes what people typed.
    messages.success(request, mark_safe(words))


@require_POST
def undo_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Give everything back to whom it was, but for what somebody acted on since."""
    try:
        back, left = undo_hand_over(pk, by=signed_in(request))
    except HandOver.DoesNotExist as missing:
        raise Http404 from missing
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        words = f"Given back to whoever had it before: {back}."
        more = f" {left} not: somebody has acted on it since." if left else ""
        messages.success(request, f"{words}{more}")
    return redirect(narrow.list_url({}))


class AwayForm(ToForm):
    queues = forms.MultipleChoiceField(
        label="Which work",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose which work is handed over"},
    )
    with_orders = forms.BooleanField(
        label="Also what begins in their orders and enquiries from now on",
        help_text="Whoever owns an order looks after what comes next in it. Given to "
        "somebody who is not of the desk, orders and enquiries stay as they are.",
        required=False,
        initial=True,
    )
    field_order = ("queues", "to", "rest", "note", "with_orders")

    def chosen(self) -> list[WorkItem]:
        data = self.data
        queues = data.getlist("queues") if isinstance(data, QueryDict) else ()
        return [item for item in self.items if queue_of(item.kind) in queues]


class HandOverAll(CommandPage[User, User, HandOver]):
    """Everything of a colleague who is away, in one go."""

    slug = "hand-over-all"
    label = "Hand over everything of a colleague who is away"
    hint = "One e-mail tells whoever gets it, and one button undoes it afterwards."
    button = "Hand it over"
    form_class = AwayForm

    def may(self, subject: User, user: User) -> bool:
        return is_desk(user)

    def form(
        self, subject: User, user: User, posted: QueryDict | None = None
    ) -> AwayForm:
        counted = queues_of_person(subject)
        form = AwayForm(posted, initial={"queues": [slug for slug, _, _ in counted]})
        form.offer(
            user, list(WorkItem.objects.open().filter(owner=subject.pk)), subject
        )
        choice: Any = form.fields["queues"]
        choice.choices = [(slug, f"{title}: {n}") for slug, title, n in counted]
        return form

    def obstacle(self, subject: User, user: User) -> str:
        if queues_of_person(subject):
            return ""
        return f"{subject} looks after nothing now, so there is nothing to hand over."

    def run(self, subject: User, user: User, answers: Answers) -> HandOver:
        queues = set(answers["queues"])
        done: HandOver = hand_over_all(
            subject.pk,
            by=user,
            to_id=key_of(answers["to"]),
            kinds=[slug for slug in KINDS if queue_of(slug) in queues],
            note=answers["note"],
            with_orders=answers["with_orders"],
            leaves_rest=bool(answers.get("rest")),
        )
        return done


def queues_of_person(person: User) -> list[tuple[str, str, int]]:
    """Return what somebody looks after: the slug of each queue, its title, how many."""
    rows = WorkItem.objects.open().filter(owner=person.pk).order_by()
    counted = rows.values_list("kind").annotate(count=Count("pk"))
    found: Counter[str] = Counter()
    for kind, count in counted:
        found[queue_of(kind)] += count
    queues = [queue for queue in register.queues() if found[queue.slug]]
    return [(queue.slug, queue.title, found[queue.slug]) for queue in queues]


def away_view(request: HttpRequest, admin: Any, colleague: int) -> HttpResponse:
    """Ask what goes of one person to whom; hand it over, and say so once."""
    page, user = HandOverAll(), signed_in(request)
    subject = User.objects.filter(pk=colleague, is_staff=True).first()
    if not page.may(user, user):
        raise PermissionDenied
    if subject is None:
        raise Http404
    form = page.form(subject, user, request.POST if request.method == "POST" else None)
    form.use_required_attribute = False
    if request.method == "POST" and form.is_valid():
        give = partial(page.run, subject, user, form.cleaned_data)
        done = attempted(give, form)
        if done and isinstance(form, ToForm):
            say_done(request, done, form)
            return redirect("admin:worklist_workitem_who")
    answer: HttpResponse = admin.show(request, page, subject, form)
    return answer
