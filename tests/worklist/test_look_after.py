"""Who looks after what is owed: taken, put back, handed over."""

import pytest
from django.core.exceptions import PermissionDenied

from orders import commands as orders
from records.models import Event, Notice
from tests import journey
from worklist import commands
from worklist.commands import differences
from worklist.errors import (
    NobodysAlready,
    NothingChosen,
    NotTheirPart,
    TakenAlready,
    TheirsAlready,
    WorkIsOver,
)
from worklist.kinds import KINDS
from worklist.models import WorkItem
from worklist.policies import may_look_after


def work(kind):
    return WorkItem.objects.filter(kind=kind).latest("pk")


def test_who_takes_a_thing_looks_after_it_and_the_history_says_so(
    submitted_order, operator
):
    commands.take_work(work("check_form").pk, by=operator)

    assert work("check_form").owner == operator
    told = Event.objects.of_thread(submitted_order.reference)[0]
    assert (told.what, told.by) == ("Check the form: taken", operator)
    assert not told.is_public
    assert list(differences()) == []


def test_who_comes_second_reads_who_has_it(submitted_order, operator, desk):
    commands.take_work(work("check_form").pk, by=desk)

    with pytest.raises(TakenAlready, match=f"{desk} has it already"):
        commands.take_work(work("check_form").pk, by=operator)
    assert work("check_form").owner == desk


def test_taking_what_one_has_changes_nothing(submitted_order, operator):
    item = work("check_form")
    commands.take_work(item.pk, by=operator)
    commands.take_work(item.pk, by=operator)

    assert Event.objects.filter(name="take_work").count() == 1


def test_what_is_put_back_is_nobodys_even_where_the_order_has_an_owner(
    submitted_order, operator
):
    orders.assign_order(submitted_order.pk, by=operator, owner_id=operator.pk)
    commands.put_back_work(work("check_form").pk, by=operator)

    assert work("check_form").owner is None
    assert WorkItem.objects.nobodys().get() == work("check_form")
    assert list(differences()) == []
    with pytest.raises(NobodysAlready):
        commands.put_back_work(work("check_form").pk, by=operator)


def test_the_colleague_is_told_once_of_all_that_is_handed_over(
    accepted_order, operator, desk
):
    items = [work("review_site"), work("send_quotation")]
    commands.hand_over_work(
        [item.pk for item in items], by=operator, to_id=desk.pk, note="I am away."
    )

    assert {work(item.kind).owner for item in items} == {desk}
    mail = Notice.objects.get(kind="work_handed_over")
    assert (mail.to, mail.thread) == (desk.email, accepted_order.reference)
    assert "I am away." in mail.text
    assert "Record the site review, by the end of Tuesday 10 March 2026" in mail.text
    assert Event.objects.filter(name="hand_over_work", why="I am away.").count() == 2


def test_one_thing_is_named_in_the_subject(submitted_order, operator, desk):
    commands.hand_over_work([work("check_form").pk], by=operator, to_id=desk.pk)

    subject = Notice.objects.get(kind="work_handed_over").subject
    assert subject == f"{operator} handed over to you: Check the form, ORD-1001"


def test_who_takes_over_a_colleagues_work_gets_no_email(
    submitted_order, operator, desk
):
    commands.take_work(work("check_form").pk, by=desk)
    commands.hand_over_work([work("check_form").pk], by=operator, to_id=operator.pk)

    assert work("check_form").owner == operator
    assert not Notice.objects.filter(kind="work_handed_over").exists()


def test_all_is_handed_over_or_nothing(told_order, make_order, operator, installer):
    make_order("submitted")
    chosen = [work("agree_access").pk, work("check_form").pk]

    with pytest.raises(NotTheirPart, match=r"their work: Check the form: 1 \(ORD-"):
        commands.hand_over_work(chosen, by=operator, to_id=installer.pk)
    assert not WorkItem.objects.filter(owner=installer).exists()


def test_where_that_is_meant_a_colleague_gets_what_is_their_part_alone(
    told_order, make_order, operator, installer
):
    make_order("submitted")
    chosen = [work("agree_access").pk, work("check_form").pk]
    how = {"by": operator, "to_id": installer.pk, "leaves_rest": True}

    commands.hand_over_work(chosen, **how)

    assert work("agree_access").owner == installer
    assert work("check_form").owner is None
    with pytest.raises(NotTheirPart):
        commands.hand_over_work(chosen[1:], **how)


def test_nothing_and_what_is_theirs_already_is_not_handed_over(
    submitted_order, operator, desk
):
    with pytest.raises(NothingChosen):
        commands.hand_over_work([], by=operator, to_id=desk.pk)
    commands.take_work(work("check_form").pk, by=desk)
    with pytest.raises(TheirsAlready):
        commands.hand_over_work([work("check_form").pk], by=operator, to_id=desk.pk)


@pytest.mark.parametrize("step", ["take", "put back", "hand over"])
def test_what_is_done_is_nobodys_to_take(submitted_order, operator, step):
    pk = work("check_form").pk
    journey.accept(submitted_order, operator)

    with pytest.raises(WorkIsOver, match="is not owed any more"):
        {
            "take": lambda: commands.take_work(pk, by=operator),
            "put back": lambda: commands.put_back_work(pk, by=operator),
            "hand over": lambda: commands.hand_over_work(
                [pk], by=operator, to_id=operator.pk
            ),
        }[step]()


WHOSE = [
    ("check_form", {"operator", "desk"}),
    ("answer_enquiry", {"operator", "desk"}),
    ("agree_access", {"operator", "desk", "installer"}),
    ("attend_circuit", {"operator", "desk", "installer"}),
    ("configure_connection", {"operator", "desk", "configurer"}),
    # What goes by itself, and what a Party owes, nobody at the desk can take.
    ("renewal_notice", set()),
    ("decide_on_quotation", set()),
]


@pytest.mark.guidance("R-1.3-1", "R-1.3-3")
@pytest.mark.parametrize(("kind", "people"), WHOSE)
def test_each_looks_after_their_own_part(request, kind, people):
    everybody = ("operator", "desk", "billing_clerk", "installer", "configurer")
    who = [*everybody, "authoriser"]

    found = {
        name
        for name in who
        if may_look_after(KINDS[kind], request.getfixturevalue(name))
    }

    assert found == people


def test_who_left_looks_after_nothing(operator, installer):
    for person in (operator, installer):
        person.is_active = False

    assert not may_look_after(KINDS["agree_access"], operator)
    assert not may_look_after(KINDS["agree_access"], installer)


def test_a_supplier_takes_no_work_of_others(submitted_order, installer, authoriser):
    for person in (installer, authoriser):
        with pytest.raises(PermissionDenied):
            commands.take_work(work("check_form").pk, by=person)


def test_a_supplier_puts_back_its_own_and_not_a_colleagues(
    told_order, installer, operator
):
    item = work("agree_access")
    commands.take_work(item.pk, by=operator)
    with pytest.raises(PermissionDenied):
        commands.put_back_work(item.pk, by=installer)

    commands.hand_over_work([item.pk], by=operator, to_id=installer.pk)
    commands.put_back_work(item.pk, by=installer)
    assert work("agree_access").owner is None


def test_what_a_colleague_took_stays_theirs_when_the_order_is_given_away(
    accepted_order, operator, desk, billing_clerk
):
    orders.assign_order(accepted_order.pk, by=operator, owner_id=operator.pk)
    commands.take_work(work("review_site").pk, by=operator)
    commands.hand_over_work([work("send_quotation").pk], by=operator, to_id=desk.pk)

    orders.assign_order(accepted_order.pk, by=desk, owner_id=billing_clerk.pk)

    assert work("send_quotation").owner == desk
    assert work("review_site").owner == billing_clerk
    assert list(differences()) == []


def test_what_was_put_back_goes_along_when_the_order_is_given_away(
    submitted_order, operator, desk
):
    orders.assign_order(submitted_order.pk, by=operator, owner_id=operator.pk)
    commands.put_back_work(work("check_form").pk, by=operator)

    orders.assign_order(submitted_order.pk, by=operator, owner_id=desk.pk)

    assert work("check_form").owner == desk


def test_what_a_colleague_took_of_an_enquiry_stays_theirs(enquiry, operator, desk):
    commands.take_work(work("answer_enquiry").pk, by=operator)

    orders.assign_enquiry(enquiry.pk, by=operator, owner_id=desk.pk)
    assert work("answer_enquiry").owner == operator

    orders.assign_enquiry(enquiry.pk, by=operator, owner_id=operator.pk)
    orders.assign_enquiry(enquiry.pk, by=operator, owner_id=None)
    assert work("answer_enquiry").owner is None


def test_what_comes_next_in_an_order_is_its_owners(submitted_order, operator, desk):
    orders.assign_order(submitted_order.pk, by=operator, owner_id=operator.pk)
    commands.hand_over_work([work("check_form").pk], by=operator, to_id=desk.pk)

    journey.accept(submitted_order, operator)

    assert work("review_site").owner == operator
