"""How long the desk waits for each action on many rows, at its largest."""

import time

from django.test import Client
from django.urls import reverse

from orders.models import ConnectionRequest, Enquiry
from parties.models import User
from records.models import Job, Notice
from records.states import NoticeState
from tests.bench import pages
from worklist.admin.hand_over import queues_of_person
from worklist.models import HandOver, WorkItem
from worklist.policies import may_look_after

PAGE, AWAY = 50, 1000
COLLEAGUE = "bench.colleague@dcc.example"


def measured():
    """Yield how long each action took, in words; all work has an owner afterwards."""
    away = User.objects.get(email=pages.OPERATOR.email)
    client = Client()
    client.force_login(away)
    colleague, _ = User.objects.get_or_create(
        email=COLLEAGUE,
        defaults={"name": "Bench Colleague", "role": away.role, "is_staff": True},
    )
    for words, address, answers in each_action(away, colleague):
        yield told(words, client, address, answers)
    done = HandOver.objects.latest("pk")
    address = reverse("admin:worklist_workitem_undo", args=[done.pk])
    yield told(f"{done.lines.count():,} handed over undone", client, address, {})


def told(words, client, address, answers):
    began, process = time.perf_counter(), time.process_time()
    answer = client.post(address, answers)
    took, process = time.perf_counter() - began, time.process_time() - process
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return f"Many at once: {words} in {took:.2f} s, {process:.2f} s of it the process’s"


def each_action(away, colleague):
    """Yield actions on a page of each list, and what somebody who is away has."""
    yield from of_lists(colleague)
    yield away_with(away, colleague)


def of_lists(colleague):
    owner = {"owner": colleague.pk}
    given = {"to": colleague.pk, "note": "", "confirmed": "1"}
    failed = Notice.objects.filter(state=NoticeState.FAILED)
    for model, action, rows, more in (
        (ConnectionRequest, "assign", ConnectionRequest.objects.in_progress(), owner),
        (Enquiry, "assign", Enquiry.objects.all(), owner),
        (WorkItem, "take", of_desk().filter(owner=None), {}),
        (WorkItem, "hand_over", of_desk(), given),
        (Notice, "send_again", failed, {}),
        (Job, "try_again", Job.objects.in_state("failed"), {}),
    ):
        keys = list(rows.order_by("pk").values_list("pk", flat=True)[:PAGE])
        if not keys:
            continue
        meta = model._meta
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        sent = {"action": action, "_selected_action": keys, **more}
        yield f"{action} of {len(keys)} ({meta.verbose_name_plural})", address, sent


def of_desk():
    """Return what is owed by us that the desk itself can see to."""
    operator = User.objects.get(email=pages.OPERATOR.email)
    rows = WorkItem.objects.visible_to(operator).open()
    kinds = {
        row.kind
        for row in rows.order_by("kind").distinct("kind")
        if may_look_after(row.declared, operator)
    }
    return rows.filter(kind__in=kinds)


def away_with(away, colleague):
    """Let somebody have a thousand things and orders; return what hands all over."""
    WorkItem.objects.open().filter(owner=away).update(owner=None)
    keys = list(of_desk().order_by("-pk").values_list("pk", flat=True)[:AWAY])
    WorkItem.objects.filter(pk__in=keys).update(owner=away, is_owned_apart=True)
    orders = ConnectionRequest.objects.in_progress()
    orders.filter(owner=away).update(owner=None)
    first = list(orders.order_by("pk").values_list("pk", flat=True)[:AWAY])
    orders.filter(pk__in=first).update(owner=away)
    sent = {
        "queues": [slug for slug, _, _ in queues_of_person(away)],
        "to": colleague.pk,
        "note": "",
        "with_orders": "on",
    }
    address = reverse("admin:worklist_workitem_away", args=[away.pk])
    words = f"{len(keys):,} things and {len(first):,} orders handed over"
    return words, address, sent
