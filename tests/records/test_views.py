"""The e-mails of a trial, to be read as their recipients would."""

import pytest
from django.urls import reverse

from records.models import Notice

MAIL = "/trial/mail/"


def test_the_newest_email_stands_first(client, accepted_order):
    shown = client.get(MAIL).content.decode()

    newest, oldest = Notice.objects.first(), Notice.objects.last()
    assert shown.index(newest.subject) < shown.index(oldest.subject)


@pytest.mark.parametrize(
    ("words", "is_found"), [("submitter@", True), ("nobody@", False), ("", True)]
)
def test_emails_are_found_by_words(client, submitted_order, words, is_found):
    shown = client.get(MAIL, {"q": words}).content.decode()

    assert (Notice.objects.first().subject in shown) is is_found
    assert ("No e-mail matches" in shown) is not is_found


def test_an_email_reads_as_its_recipient_would_read_it(client, submitted_order):
    notice = Notice.objects.first()

    shown = client.get(reverse("trial-notice", args=[notice.pk])).content.decode()

    assert notice.to in shown
    assert notice.text.splitlines()[0] in shown
    assert '<a href="http' in shown


def test_what_somebody_typed_is_no_markup_in_an_email(client, submitted_order):
    Notice.objects.update(text="<script>alert(1)</script>")

    place = reverse("trial-notice", args=[Notice.objects.first().pk])

    assert "<script>alert" not in client.get(place).content.decode()


@pytest.mark.parametrize("place", ["", "1/"])
def test_outside_a_trial_there_is_no_such_page(
    client, submitted_order, settings, place
):
    settings.TRIAL = False

    assert client.get(f"{MAIL}{place}").status_code == 404


def test_many_emails_are_paged_at_the_same_few_queries(
    client, submitted_order, django_assert_max_num_queries
):
    first = Notice.objects.first()
    for number in range(60):
        first.pk, first.key = None, f"many:{number}"
        first.save()

    with django_assert_max_num_queries(4):
        shown = client.get(MAIL, {"page": 2}).content.decode()

    assert 'aria-label="Page 2" aria-current="page"' in shown
