"""A line break counts once, in the page and on the server."""

import pytest

from orders.forms import WithdrawRequestForm
from tests.reading import words_of


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r"])
def test_a_line_break_is_one_character_whichever_way_it_is_sent(sign):
    full = sign.join(["x" * 99] * 40)

    form = WithdrawRequestForm({"reason": f"{full}y"})
    long = WithdrawRequestForm({"reason": f"{full}yy"})

    assert form.is_valid()
    assert form.cleaned_data["reason"] == full.replace(sign, "\n") + "y"
    assert not long.is_valid()


def test_the_page_counts_to_the_same_limit(client, submitted_order, submitter):
    client.force_login(submitter)

    page = words_of(client.get(f"/orders/{submitted_order}/withdraw/"))

    assert 'data-maxlength="4000"' in page
