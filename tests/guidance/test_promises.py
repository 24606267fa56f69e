"""The guidance promises nothing that cannot be done yet.

A row stands for something that is still to come, with a sentence that would promise it.
Whoever builds it deletes the row, and can then say so in the guidance.
"""

import re

import pytest
from django.urls import reverse

from guidance import wording
from tests.reading import words_of

HERE = r"\b(here|online|(in|on) (the|this) portal|on (its|the|your) [\w’ ]*page)\b"
# What is to come: what its promise speaks of, and such a promise.
NOT_BUILT = {
    "two-step sign-in": (
        r"\b(two-step|second factor|authenticator)\b",
        "Protect your account with two-step sign-in.",
    ),
}
# Who does it meanwhile is no promise, and neither is that it is not there.
HONEST = re.compile(r"\bfor now\b|\bnot yet\b|\bno page\b", re.IGNORECASE)


def promised(text):
    """Return what a text promises of what is still to come, with the sentence."""
    sentences = re.split(r"(?<=[.:;?])\s+|\n+", text)
    return {
        (what, sentence)
        for sentence in sentences
        for what, (promise, _) in NOT_BUILT.items()
        if re.search(promise, sentence, re.IGNORECASE) and not HONEST.search(sentence)
    }


def test_no_page_of_the_guidance_promises_what_is_still_to_come(in_force):
    texts = [page.body for page in in_force.pages.all()]
    texts += [f"{row.question}\n{row.answer}" for row in in_force.questions.all()]

    assert [found for text in texts if (found := promised(wording.plain(text)))] == []


@pytest.mark.parametrize("name", ["start", "plan"])
def test_neither_do_the_pages_that_everybody_can_read(client, db, name):
    page = re.sub(r"<[^>]+>", "\n", words_of(client.get(reverse(name))))

    assert promised(page) == set()


@pytest.mark.parametrize("what", NOT_BUILT)
def test_each_row_would_notice_its_promise(what):
    _, promise = NOT_BUILT[what]

    assert what in {found for found, _ in promised(promise)}
    assert promised(f"For now the Service Desk does it. {promise}")
    assert not promised(promise.replace(".", ", but not yet."))
