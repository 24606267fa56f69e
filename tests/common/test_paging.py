"""A list that one page shows whole is not counted, and its pages are Django's."""

import pytest
from django.core.paginator import Paginator

from common.paging import FewPages
from records.models import Notice
from tests.factories.records import NoticeFactory

SIZE = 3


@pytest.fixture
def notices(db):
    """Return a maker of so many rows; what it returns is all of them, in order."""

    def make(count):
        for _ in range(count):
            NoticeFactory()
        return Notice.objects.order_by("pk")

    return make


@pytest.mark.parametrize("count", [0, 1, SIZE, SIZE + 1, 2 * SIZE, 2 * SIZE + 1])
@pytest.mark.parametrize("number", [1, 2, 3, 99, "last", "x"])
def test_each_page_says_what_django_would_say(notices, count, number):
    rows = notices(count)
    ours, djangos = (
        kind(rows, SIZE).get_page(number) for kind in (FewPages, Paginator)
    )

    assert list(ours) == list(djangos)
    assert str(ours) == str(djangos)
    assert ours.has_next() == djangos.has_next()
    assert ours.paginator.count == djangos.paginator.count


@pytest.mark.parametrize(("count", "queries"), [(0, 1), (SIZE, 1), (SIZE + 1, 2)])
def test_only_a_list_of_several_pages_is_counted(
    notices, count, queries, django_assert_num_queries
):
    rows = notices(count)

    with django_assert_num_queries(queries):
        page = FewPages(rows, SIZE).get_page(1)
        assert len(list(page)) == min(count, SIZE)
