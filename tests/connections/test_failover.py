"""Which way sessions go when connections fail. No database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connections.drawings import BAR_LEFT, BAR_RIGHT, LoadChart
from connections.failover import Link, Tunnel, what_if

A = Link(1, "CON-1", "Derby", Decimal(20))
B = Link(2, "CON-2", "Leeds", Decimal(10))
ASKED = (
    Tunnel("DUIS", 1, 2, Decimal(9)),
    Tunnel("SSI", 2, 1, Decimal(3)),
    Tunnel("Interface testing", 2, 1, Decimal(2)),
    Tunnel("End-to-end testing", 1, None, Decimal(2)),
)


@pytest.mark.guidance("R-6-12", "R-7-3", "R-6.1-3", "T17")
def test_crossed_sessions_when_one_link_fails():
    found = what_if(ASKED, (A, B), {1})

    assert [way.across for way in found.ways] == [2, 2, 2, None]
    assert [way.has_moved for way in found.ways] == [True, False, False, False]
    assert not any(way.has_back_up for way in found.ways)
    first, second = found.loads
    assert (first.total, first.usual) == (0, 11)
    assert (second.own, second.moved, second.total) == (5, 9, 14)
    assert (second.too_much, second.room) == (4, 0)
    assert [way.tunnel.name for way in found.lost] == ["End-to-end testing"]


@pytest.mark.guidance("R-6-11")
def test_with_all_links_up_each_session_is_on_its_primary_alone():
    found = what_if(ASKED, (A, B), ())

    assert [way.across for way in found.ways] == [1, 2, 2, 1]
    assert [load.total for load in found.loads] == [11, 5]
    assert [way.has_back_up for way in found.ways] == [True, True, True, False]


def test_when_both_fail_nothing_has_access():
    found = what_if(ASKED, (A, B), {1, 2})

    assert len(found.lost) == 4
    assert [load.total for load in found.loads] == [0, 0]


KEYS = (1, 2, 3)
loads = st.decimals(0, 100, places=2)
tunnels = st.builds(
    Tunnel,
    name=st.text(max_size=3),
    primary=st.sampled_from(KEYS),
    secondary=st.sampled_from((*KEYS, None)),
    load=loads,
).filter(lambda one: one.primary != one.secondary)


def slowly(tunnel, up):
    """Try each of its connections in turn, as a router does."""
    for link in (tunnel.primary, tunnel.secondary):
        if link in up:
            return link
    return None


@pytest.mark.guidance("R-6-10", "R-6-12", "R-7-3")
@given(st.lists(tunnels, max_size=12), st.sets(st.sampled_from(KEYS)))
def test_it_agrees_with_trying_each_connection_in_turn(sessions, failed):
    links = [Link(key, f"CON-{key}", "", Decimal(10 * key)) for key in KEYS]
    up = set(KEYS) - failed

    found = what_if(sessions, links, failed)

    ends = [slowly(tunnel, up) for tunnel in sessions]
    assert [way.across for way in found.ways] == ends
    for load in found.loads:
        carried = [
            tunnel.load
            for tunnel, end in zip(sessions, ends, strict=True)
            if end == load.link.key
        ]
        assert load.total == sum(carried)
        assert load.too_much == max(sum(carried) - load.link.rating, 0)
    assert len(found.lost) == ends.count(None)


@given(st.lists(tunnels, max_size=6), st.sets(st.sampled_from(KEYS)))
def test_no_bar_runs_out_of_its_chart(sessions, failed):
    links = [Link(key, f"CON-{key}", "", Decimal(10 * key)) for key in KEYS]

    for row in LoadChart(what_if(sessions, links, failed)).rows:
        assert BAR_LEFT <= row.rating_x <= BAR_RIGHT + 0.1
        assert row.end_x <= BAR_RIGHT + 0.5
