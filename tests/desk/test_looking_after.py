"""Who looks after what: the home, the list and the order's page of staff."""

import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from dccportal.desk.steps import PAGES
from orders.commands import assign_order
from records.commands import leave_trouble, leave_word
from records.health import PROGRAMS
from records.models import Document, Job, Notice, VirusCheck
from records.querysets import DELIVERY
from tests import journey
from tests.cast import NOW
from tests.desk.conftest import WORK, change_url
from worklist.commands import take_work
from worklist.kinds import KINDS
from worklist.models import WorkItem
from worklist.states import OF_THE_PARTY, Turn


def work(kind):
    return WorkItem.objects.filter(kind=kind).latest("pk")


def step_url(kind, slug):
    return reverse(f"admin:worklist_workitem_{slug}", args=[work(kind).pk])


def home(at):
    return at.client.get(reverse("admin:index"))


def whats(rows):
    return [row.item.kind for row in rows]


def test_the_home_tells_mine_from_nobodys(at, accepted_order, operator):
    take_work(work("send_quotation").pk, by=operator)

    shown = home(at).context

    assert whats(shown["mine"]) == ["send_quotation"]
    assert whats(shown["nobodys"]) == ["review_site"]
    assert (shown["desk_tally"].mine, shown["desk_tally"].nobodys) == (1, 1)


def test_what_nobody_has_is_taken_from_the_home_and_one_is_back_there(
    at, submitted_order, operator
):
    here = reverse("admin:index")
    url = step_url("check_form", "take")
    assert f'formaction="{url}"' in home(at).content.decode()

    answer = at.client.post(url, {"back": here}, follow=True)

    assert answer.redirect_chain == [(here, 302)]
    assert "You look after this now: Check the form, ORD-1001." in (
        answer.content.decode()
    )
    assert work("check_form").owner == operator


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere", "x"])
def test_a_button_leads_back_to_pages_of_ours_alone(at, submitted_order, back):
    answer = at.client.post(step_url("check_form", "take"), {"back": back})

    assert answer["Location"].startswith(change_url(submitted_order))


def test_who_comes_second_reads_who_was_quicker(at, submitted_order, desk):
    take_work(work("check_form").pk, by=desk)

    page = at.client.post(step_url("check_form", "take")).content.decode()

    assert f"{desk} has it already." in page
    assert work("check_form").owner == desk


def test_a_mere_link_takes_nothing(at, submitted_order):
    at.client.get(step_url("check_form", "take"))

    assert work("check_form").owner is None


def test_queues_loads_and_the_lists_count_each_thing_once(
    at, told_order, make_order, operator, desk
):
    for state in ("accepted", "quoted", "submitted"):
        make_order(state)
    take_work(work("check_form").pk, by=operator)
    take_work(work("agree_access").pk, by=desk)

    shown = home(at).context

    total = shown["desk_tally"].total
    assert sum(one.count for one in shown["loads"]) == total == len(at.owed())
    assert sum(one.count for one in shown["desk_tally"].ours) == total
    by_name = {one.name: one for one in shown["loads"]}
    assert by_name[str(desk)].count == 1
    found = at.client.get(by_name[str(desk)].url).context["cl"].result_list
    assert [row.kind for row in found] == ["agree_access"]
    nobody = by_name["Nobody yet"]
    assert nobody.count == shown["desk_tally"].nobodys == len(at.owed(owner="nobody"))


def test_bars_are_as_long_as_the_work_late_first(at, on, submitted_order, operator):
    loads = home(on("2026-03-06T12:00Z")).context["loads"]

    assert [(one.count, one.late, one.soon) for one in loads] == [(1, 1, 1)]
    assert loads[0].bars == {"all": 160, "soon": 160, "late": 160}


def test_what_is_stuck_stands_one_kind_a_line_on_the_home_of_dcc(
    at, as_, installer, submitted_order
):
    (silent,) = home(at).context["stuck"]
    assert (silent.count, silent.url) == (len(PROGRAMS), reverse("health"))
    for key, *_ in PROGRAMS:
        leave_word(key)
    assert "the portal does by itself has failed" in home(at).content.decode()

    failed = Job.objects.filter(kind=DELIVERY)
    count = failed.update(failed_at=NOW, last_error="Mailbox full")
    Document.objects.create(
        thread="ORD-1001",
        kind=Document.Kind.AUTHORITY,
        name="Signed.pdf",
        size=1,
        at=NOW,
        virus_check=VirusCheck.NOT_SCANNED,
    )
    leave_trouble("mail server", "It refuses us.")
    shown = home(at)

    lines = shown.context["stuck"]
    assert [one.count for one in lines] == [1, count, 1]
    for one in lines[1:]:
        assert escape(one.url) in shown.content.decode()
        assert len(at.client.get(one.url).context["cl"].result_list) == one.count
    assert home(as_(installer)).context["stuck"] is None


def test_the_share_in_time_is_drawn_and_written(at, submitted_order, operator, on):
    journey.accept(submitted_order, operator)
    page = home(at)

    assert page.context["chart"].words == "Check the form: 100 per cent."
    assert "<title id=" in page.content.decode()
    assert page.context["chart"].bars[0]["length"] == page.context["chart"].wide


def chosen(*kinds):
    return {"_selected_action": [work(kind).pk for kind in kinds]}


HAND_OVER = {"action": "hand_over", "confirmed": "yes"}


def test_several_things_are_taken_and_put_back_at_once(at, accepted_order, operator):
    both = chosen("review_site", "send_quotation")
    page = at.client.post(WORK(), {**both, "action": "take"}, follow=True)
    assert len(at.owed(owner="me")) == 2
    assert len(page.context["messages"]) == 1

    at.client.post(WORK(), {**both, **HAND_OVER, "to": "nobody"})
    assert len(at.owed(owner="nobody")) == 2


def test_before_a_hand_over_one_reads_how_many_go_and_from_whom(
    at, accepted_order, desk
):
    take_work(work("review_site").pk, by=desk)
    both = chosen("review_site", "send_quotation")

    page = at.client.post(WORK(), {**both, "action": "hand_over"})

    parts = {part.name: part.count for part in page.context["parts"]}
    assert parts == {str(desk): 1, "Nobody yet": 1}
    assert page.context["form"].fields["to"].choices[0] == ("", "Choose a colleague")
    assert page.context["form"]["to"].value() is None
    assert work("review_site").owner == desk


def test_what_went_to_another_meanwhile_is_read_again_before_it_is_handed_over(
    at, accepted_order, desk
):
    both = chosen("review_site", "send_quotation")
    page = at.client.post(WORK(), {**both, "action": "hand_over"})
    seen = {"seen": page.context["seen"], "to": at.person.pk}
    take_work(work("review_site").pk, by=desk)

    again = at.client.post(WORK(), {**both, **HAND_OVER, **seen})

    assert "1 of the 2 went to another since you opened" in again.content.decode()
    assert work("review_site").owner == desk
    seen["seen"] = again.context["seen"]
    at.client.post(WORK(), {**both, **HAND_OVER, **seen})
    assert work("review_site").owner == at.person


def test_what_is_not_in_a_list_any_more_is_counted_where_an_action_leaves_it_out(
    at, accepted_order, desk
):
    both = chosen("review_site", "send_quotation") | {"action": "take"}
    take_work(work("review_site").pk, by=desk)

    page = at.client.post(f"{WORK()}?owner=nobody", both, follow=True)

    told = [str(one) for one in page.context["messages"]]
    assert told[0].startswith("1 of the 2 that you chose is not in this list any more")
    assert work("send_quotation").owner == at.person
    assert at.client.post(WORK(), both | {"_selected_action": ["x"]}).status_code == 400


def test_a_list_that_asks_for_a_queue_of_before_says_so(at, accepted_order):
    page = at.client.get(f"{WORK()}?queue=gone&owner=me").content.decode()

    assert "No filter knows “gone” any more" in page
    assert "No filter knows" not in at.client.get(f"{WORK()}?owner=me").text


def test_a_hand_over_is_undone_by_the_button_of_its_message(at, accepted_order, desk):
    take_work(work("review_site").pk, by=desk)
    both = chosen("review_site", "send_quotation")
    to_me = {**both, **HAND_OVER, "to": at.person.pk}
    page = at.client.post(WORK(), to_me, follow=True).content.decode()
    assert len(at.owed(owner="me")) == 2

    undo = re.search(r'action="([^"]+/undo/)"', page)[1]
    done = at.client.post(undo, follow=True).content.decode()

    assert "Given back to whoever had it before: 2." in done
    assert work("review_site").owner == desk
    assert work("send_quotation").owner is None


def test_everything_of_a_colleague_who_is_away_goes_by_one_page(
    at, accepted_order, make_order, desk, operator
):
    assign_order(accepted_order.pk, by=desk, owner_id=desk.pk)
    make_order("submitted")
    take_work(work("check_form").pk, by=desk)
    who = at.client.get(reverse("admin:worklist_workitem_who")).content.decode()
    away = reverse("admin:worklist_workitem_away", args=[desk.pk])
    assert f'href="{away}"' in who
    form = at.client.get(away).context["form"]
    assert dict(form.fields["queues"].choices)["forms"] == "Forms to check: 1"
    answers = {"queues": form.initial["queues"], "note": "On leave.", "to": ""}
    assert work("check_form").owner == desk
    again = at.client.post(away, answers).content.decode()
    assert "Choose who looks after it from now on" in again

    answers |= {"to": operator.pk, "with_orders": "on"}
    at.client.post(away, answers, follow=True)

    assert not WorkItem.objects.open().filter(owner=desk).exists()
    accepted_order.refresh_from_db()
    assert accepted_order.owner == operator


def test_several_things_are_handed_over_with_one_email(at, accepted_order, desk):
    answers = {**HAND_OVER, "to": desk.pk, "note": "On leave from today."}
    both = chosen("review_site", "send_quotation")

    page = at.client.post(WORK(), {**both, **answers}, follow=True)

    assert f"2 things handed over to {desk}." in page.content.decode()
    (mail,) = Notice.objects.filter(kind="work_handed_over")
    assert "On leave from today." in mail.text


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("", "Choose who looks after it from now on"),
        ("installer", "is not one of the available choices"),
    ],
)
def test_a_hand_over_that_cannot_be_says_why(
    request, at, submitted_order, *, who, words
):
    to = request.getfixturevalue(who).pk if who else ""
    answers = {**chosen("check_form"), **HAND_OVER, "to": to}

    page = at.client.post(WORK(), answers, follow=True)

    assert words in page.content.decode()
    assert work("check_form").owner is None


def test_whoever_can_do_a_part_is_offered_with_it_and_what_stays_is_named_first(
    at, told_order, make_order, installer, configurer
):
    make_order("submitted")
    both = {**chosen("agree_access", "check_form"), **HAND_OVER, "to": installer.pk}

    page = at.client.post(WORK(), both)

    offered = dict(page.context["form"].fields["to"].choices)
    assert offered[str(installer.pk)] == f"{installer}: 1 of 2"
    assert str(configurer.pk) not in offered
    words = page.content.decode()
    assert "Hand over 1, and leave 1" in words
    assert "it stays: Check the form: 1 (ORD-" in words
    assert work("agree_access").owner is None

    done = at.client.post(WORK(), {**both, "rest": "on"}, follow=True)
    assert work("agree_access").owner == installer
    assert "1 stays as it is." in done.content.decode()


def test_one_thing_is_handed_over_on_a_page_of_its_own(at, submitted_order, desk):
    url = step_url("check_form", "hand-over")
    assert "Choose who looks after it" in at.client.post(url, {}).content.decode()

    at.client.post(url, {"to": desk.pk, "note": ""})

    assert work("check_form").owner == desk


@pytest.mark.guidance("R-1.3-3")
def test_a_supplier_takes_its_own_part_and_is_offered_no_colleague_of_dcc(
    as_, told_order, installer, desk
):
    supplier = as_(installer)
    page = supplier.client.get(WORK()).content.decode()
    assert "Hand over" not in page
    assert str(desk) not in page

    supplier.client.post(WORK(), {**chosen("agree_access"), "action": "take"})
    assert work("agree_access").owner == installer
    page = supplier.client.get(step_url("agree_access", "hand-over")).content.decode()
    assert str(desk) not in page


def test_billing_takes_no_work_of_operations(as_, billing_clerk, submitted_order):
    clerk = as_(billing_clerk)

    assert clerk.client.post(step_url("check_form", "take")).status_code == 403
    assert "/take/" not in home(clerk).content.decode()
    assert "/take/" not in clerk.client.get(WORK()).content.decode()


BUTTONS = [
    ("submitted_order", "Accept the form"),
    ("accepted_order", "Record the site review"),
    ("reviewed_order", "Prepare the quotation"),
    ("pending_authority", "Verify the authority"),
    ("told_order", "Record that access is agreed"),
    ("ready_order", "Book a visit whose day is agreed"),
    ("installed_order", "Complete the installation"),
    ("connection", "Record the configuration"),
]


@pytest.mark.parametrize(("fixture", "button"), BUTTONS)
def test_what_is_owed_stands_on_top_with_the_button_that_sees_to_it(
    at, order_called, fixture, button
):
    order = order_called(fixture)

    first = at.order(order).context["owed"][0]

    assert first.label == button
    assert at.client.get(first.url).status_code == 200


def test_every_kind_of_work_has_a_step_that_sees_to_it():
    ours = {kind for kind in KINDS.values() if kind.turn not in OF_THE_PARTY}
    alone = {kind for kind in ours if kind.turn == Turn.PORTAL}
    seen_to = {kind for page in PAGES for kind in page.sees_to}

    assert ours - alone - seen_to == {kind for kind in ours if kind.done_at}


def test_the_order_says_whose_turn_it_is_to_whom(at, submitted_order, operator):
    assert at.order(submitted_order).context["turn"]["words"] == "DCC Operations"
    page = at.order(submitted_order).content.decode()
    assert "Take it" in page

    take_work(work("check_form").pk, by=operator)

    assert at.order(submitted_order).context["turn"]["words"] == "Your turn"
    page = at.order(submitted_order).content.decode()
    assert "Put back" in page
    assert "Take it" not in page
