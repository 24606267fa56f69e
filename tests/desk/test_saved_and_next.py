"""Lists that staff keep under a name, search in them, and what comes next in one."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from orders.commands import add_desk_note, raise_enquiry
from records.commands import pause_mail
from tests import journey
from tests.desk.conftest import WORK, change_url, page_url
from worklist.commands import take_work
from worklist.models import SavedList, WorkItem
from worklist.staff import narrow

SAVE = "admin:worklist_savedlist_save"
# What the pages ask, however much there is.
WITH_A_PLACE = 22
HOME, MOST = 11, 12


def work(kind):
    return WorkItem.objects.filter(kind=kind).latest("pk")


def home(at):
    return at.client.get(reverse("admin:index"))


def test_a_list_is_named_opened_from_the_home_and_forgotten(at, make_order):
    make_order("submitted")
    make_order("accepted")
    at.client.post(reverse(SAVE), {"name": "Forms", "asked": "queue=forms&due=week"})

    (kept,) = home(at).context["saved"]
    assert (kept.name, kept.count) == ("Forms", 1)
    found = at.client.get(kept.url).context["cl"].result_list
    assert [row.kind for row in found] == ["check_form"]

    url = reverse("admin:worklist_savedlist_forget", args=[kept.pk])
    assert "no longer kept" in at.client.post(url, follow=True).content.decode()
    assert home(at).context["saved"] == []
    assert at.client.post(url).status_code == 404


def test_a_list_keeps_what_the_list_can_be_asked_and_nothing_else(at, db):
    asked = "queue=forms&owner=me&after=1&password=x&q=Derby&e=1"
    at.client.post(reverse(SAVE), {"name": "Mine", "asked": asked})

    assert SavedList.objects.get().asked == "queue=forms&owner=me&q=Derby"


def test_a_refused_name_is_said_beside_the_list(at, db):
    page = at.client.post(
        reverse(SAVE), {"name": " ", "asked": "owner=me"}, follow=True
    )

    assert "Give the list a name of up to 60 characters." in page.content.decode()
    assert page.redirect_chain[0][0] == f"{WORK()}?owner=me"


def test_nobody_reads_or_forgets_a_colleagues_list(at, as_, desk, db):
    at.client.post(reverse(SAVE), {"name": "Mine", "asked": ""})
    url = reverse("admin:worklist_savedlist_forget", args=[SavedList.objects.get().pk])

    other = as_(desk)

    assert home(other).context["saved"] == []
    assert other.client.post(url).status_code == 404


@pytest.mark.parametrize("words", ["reference", "quote", "visit", "party", "site"])
def test_work_is_found_by_any_reference_within_the_list(
    at, make_order, circuit_visit, words
):
    make_order("submitted")
    order = circuit_visit.order
    asked = {
        "reference": order.reference,
        "quote": order.quotes.get().reference,
        "visit": circuit_visit.reference,
        "party": "northgate",
        "site": "Thornby",
    }[words]

    assert order.reference in at.owed(q=asked)
    assert at.owed(q=asked, queue="reviews") == []
    assert at.owed(q="Nowhere") == []


def test_work_is_narrowed_by_party_by_the_day_it_came_and_by_any_owner(
    at, desk, submitted_order, make_order
):
    WorkItem.objects.filter(thread=make_order("submitted").reference).update(
        opened_at="2026-02-01T23:59Z"
    )
    (ours,) = at.owed(came="today")
    assert ours == submitted_order.reference
    assert at.owed(came="2026-03-03") == at.owed(came="week") == [ours]
    assert len(at.owed(came="older")) == len(at.owed(came="2026-02-01")) == 1
    assert at.owed(came="2026-02-02") == []
    assert len(at.owed(came="nonsense")) == 2
    party = submitted_order.party
    for words in ("NORTHGATE", party.reference.lower().replace("-", " ")):
        assert len(at.owed(party=words)) == 2
    assert at.owed(party="Fenland") == []

    take_work(work("check_form").pk, by=desk)
    page = at.client.get(WORK(), {"party": "northgate"}).content.decode()
    assert f"owner={desk.pk}" in page
    assert len(at.owed(owner=str(desk.pk))) == 1
    # What is typed into one filter keeps the others.
    assert '<input type="hidden" name="party" value="northgate">' in page


def test_an_enquiry_about_no_order_is_found_too(at, party, colleague, submitted_order):
    asked = raise_enquiry(party.pk, by=colleague, kind="question", words="When?")

    assert at.owed(q=asked.reference) == [asked.reference]
    assert set(at.owed(q=party.name)) == {asked.reference, submitted_order.reference}


@pytest.fixture
def three_forms(make_order):
    return [make_order("submitted") for _ in range(3)]


def place(at, url):
    return at.client.get(url).context["place"]


def opened(at, number, **asked):
    """Open the order of a row of the list, as a person does."""
    row = at.client.get(WORK(), asked).context["cl"].result_list[number]
    return place(at, row.row.url)


def test_the_order_says_where_one_stands_in_the_queue_one_came_from(at, three_forms):
    middle = opened(at, 1, queue="forms")

    assert (middle.number, middle.total) == (2, 3)
    assert middle.title == "Forms to check"
    first, _, last = three_forms
    assert middle.previous.thread == first.reference
    assert middle.next.thread == last.reference


def test_next_and_previous_go_through_the_whole_queue_and_end(at, three_forms):
    here = opened(at, 0, queue="forms")
    assert here.previous is None
    for number in (2, 3):
        page = at.client.get(here.next.url, follow=True)
        here = page.context["place"]
        assert here.number == number
    assert here.next is None


def test_what_is_done_leaves_the_queue_and_leads_on_in_it(at, three_forms):
    row = at.client.get(WORK(), {"queue": "forms"}).context["cl"].result_list[0]
    page = at.client.get(row.row.url)
    accept = page.context["owed"][0].url

    done = at.client.post(accept, follow=True).context["place"]

    assert (done.number, done.total) == (None, 2)
    assert done.next.thread == three_forms[1].reference


def test_a_step_goes_on_to_the_same_step_of_the_next_in_the_queue(at, three_forms):
    row = at.client.get(WORK(), {"queue": "forms"}).context["cl"].result_list[0]
    accept = at.client.get(row.row.url).context["owed"][0].url
    _, second, last = three_forms
    assert (
        f", then {second.reference}</button>" in at.client.get(accept).content.decode()
    )

    page = at.client.post(accept, {"go_on": "yes"}, follow=True)
    assert page.redirect_chain[0][0].startswith(page_url(second, "accept"))
    assert f", then {last.reference}</button>" in page.content.decode()
    page = at.client.post(page.redirect_chain[0][0], {"go_on": "yes"}, follow=True)
    end = at.client.post(page.redirect_chain[0][0], {"go_on": "yes"}, follow=True)

    assert "go_on" not in page.content.decode()
    assert end.redirect_chain[0][0].startswith(change_url(last))
    assert [journey.fresh(order).state for order in three_forms] == ["accepted"] * 3


def test_an_enquiry_leads_on_in_the_queue_too(at, party, colleague):
    first, second = [
        raise_enquiry(party.pk, by=colleague, kind="question", words="When?")
        for _ in range(2)
    ]
    row = at.client.get(WORK(), {"queue": "enquiries"}).context["cl"].result_list[0]

    page = at.client.get(row.row.url)
    links = [link["url"] for link in page.context["command_links"]]
    answered = at.client.post(links[1], {"outcome": "In May."}, follow=True)

    assert page.context["place"].next.thread == second.reference
    assert answered.context["place"].total == 1
    assert answered.context["place"].next.thread == second.reference
    assert row.thread == first.reference


def test_an_order_that_was_opened_by_itself_stands_in_no_list(at, submitted_order):
    assert place(at, change_url(submitted_order)) is None


@pytest.mark.parametrize("words", ["x", "9" * 40, "-1", "²", "0"])
def test_a_place_that_cannot_be_is_none(at, submitted_order, words):
    assert place(at, f"{change_url(submitted_order)}?work={words}&list=a%3Db") is None


def test_a_supplier_finds_no_place_of_others(as_, installer, connection):
    item = WorkItem.objects.filter(kind="check_form").latest("pk")
    url = f"{change_url(connection.order)}?work={item.pk}"

    assert place(as_(installer), url) is None


@pytest.mark.parametrize("count", [2, 6])
def test_where_one_stands_costs_the_same_in_any_queue(
    at, make_order, django_assert_num_queries, count
):
    for _ in range(count):
        make_order("submitted")
    row = at.client.get(WORK(), {"queue": "forms"}).context["cl"].result_list[1]
    at.client.get(row.row.url)

    with django_assert_num_queries(WITH_A_PLACE):
        at.client.get(row.row.url)


def test_work_without_a_last_day_stands_last_with_its_neighbours(at, make_order):
    returned, quoted = make_order("returned"), make_order("quoted")

    last = opened(at, 1, turn="theirs")

    assert (last.number, last.total) == (2, 2)
    assert last.previous.thread == quoted.reference
    assert opened(at, 0, turn="theirs").next.thread == returned.reference


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({}, "All work by time left"),
        ({"queue": "forms"}, "Forms to check"),
        ({"owner": "me"}, "My work"),
        ({"owner": "nobody"}, "Nobody’s yet"),
        ({"owner": "12"}, "A colleague’s work"),
        ({"turn": "theirs"}, "The Parties’ turn"),
        ({"queue": "forms", "q": "Derby"}, "Forms to check, searched"),
        (
            {"party": "Fen", "came": "week"},
            "All work by time left, Fen, came within the last week",
        ),
        ({"came": "2026-03-03"}, "All work by time left, came on 3 March 2026"),
    ],
)
def test_a_narrowed_list_has_a_name(asked, title):
    assert narrow.title_of(asked) == title


def test_home_costs_the_same_for_few_and_for_many(
    at, make_order, operator, django_assert_num_queries
):
    for _ in range(3):
        make_order("quoted")
        make_order("accepted")
    take_work(work("send_quotation").pk, by=operator)
    at.client.post(reverse(SAVE), {"name": "Mine", "asked": "owner=me"})
    home(at)

    with django_assert_num_queries(HOME):
        home(at)
    for name, asked in (("Late", "due=late"), ("Found", "q=Derby")):
        at.client.post(reverse(SAVE), {"name": name, "asked": asked})
    make_order("accepted")

    with django_assert_num_queries(HOME):
        home(at)


@pytest.fixture
def told_all_at_once(make_order, operator, desk, colleague):
    """Enquiries, a note that names its reader, e-mails held back, nothing counted."""
    quoted = make_order("quoted")
    party, words = quoted.party_id, "When does it come?"
    raise_enquiry(party, by=colleague, kind="question", words=words)
    raise_enquiry(party, by=colleague, kind="question", words=words, order_id=quoted.pk)
    add_desk_note(quoted.pk, by=desk, words=f"@{operator.name} look here")
    pause_mail(by=operator, why="The letterhead is wrong.")
    cache.clear()


def test_home_asks_no_more_when_everything_at_once_is_to_be_told(
    at, told_all_at_once, django_assert_max_num_queries
):
    with django_assert_max_num_queries(MOST):
        shown = home(at).context

    assert len(shown["named"]) == 1
    assert shown["mail_pause"].why == "The letterhead is wrong."
