"""Every kind of e-mail can be read on the desk, also one that nobody was ever sent."""

import re

from django.urls import reverse

from records.admin.mail import kinds_of_mail
from tests.factories.records import NoticeFactory

# What a fact without a value leaves behind: two spaces, a space before a full stop.
HOLES = re.compile(r".*(?: [,.;](?!\S)|\bNone\b(?! begin)|“”|£[^\d]|\S  \S).*")
KINDS = reverse("admin:records_notice_kinds")


def shown(client, kind, thread=""):
    return client.get(KINDS, {"kind": kind, "thread": thread}).context["words"]


def test_every_kind_reads_whole_though_none_was_ever_sent(operator, client):
    client.force_login(operator)

    read = {kind: shown(client, kind) for kind, _ in kinds_of_mail()}

    assert {
        kind: holes
        for kind, words in read.items()
        if (holes := HOLES.findall(f"{words['subject']}\n{words['text']}"))
    } == {}
    assert all(len(words["text"]) > 100 for words in read.values())


def test_every_kind_can_be_read_about_a_real_order(operator, client, issued_quote):
    client.force_login(operator)
    order = issued_quote.order

    about = [shown(client, kind, order.reference) for kind, _ in kinds_of_mail()]

    assert sum(order.reference in words["text"] for words in about) > 20
    words = shown(client, "quote_lapsed", order.reference)
    assert str(issued_quote) in words["subject"]
    assert order.title in words["text"]


def test_the_last_that_was_sent_comes_before_any_example(operator, client):
    client.force_login(operator)
    NoticeFactory(kind="charge_declined", subject="Your charge", thread="ORD-7")

    assert shown(client, "charge_declined", "ORD-7")["subject"] == "Your charge"
    assert "[" in shown(client, "charge_declined", "ORD-8")["subject"]
