"""Which way sessions go when connections fail, and what is left to carry them. Pure.

Traffic of a session runs across its primary connection. When that fails it moves to the
secondary by itself, with the same addresses and nothing to configure; without one, or
when that has failed too, there is no access. Nothing is ever shared between the two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Link:
    """A connection as sessions use it.

    Args:
        key: by which sessions name it.
        name, site: its reference and where it ends.
        rating: Mbps that it carries.
    """

    key: int
    name: str
    site: str
    rating: Decimal


@dataclass(frozen=True)
class Tunnel:
    """A session that is in use: across which connection, and which stands by.

    Args:
        load: Mbps that its Party expects, its own estimate.
    """

    name: str
    primary: int
    secondary: int | None
    load: Decimal = NOTHING


@dataclass(frozen=True)
class Way:
    """Where the traffic of one session runs while connections have failed.

    Args:
        across: the connection that carries it; None where there is no access.
        has_moved: whether it runs across its secondary.
        has_back_up: whether another connection could still take over.
    """

    tunnel: Tunnel
    across: int | None
    has_moved: bool
    has_back_up: bool


@dataclass(frozen=True)
class LinkLoad:
    """What one connection is asked to carry, in Mbps.

    Args:
        usual: of the sessions whose primary it is.
        own, moved: what stays of that, and what comes from connections that failed.
    """

    link: Link
    is_failed: bool
    usual: Decimal
    own: Decimal
    moved: Decimal

    @property
    def total(self) -> Decimal:
        return self.own + self.moved

    @property
    def too_much(self) -> Decimal:
        """How far that is above the rating; 0 where it is not."""
        return max(self.total - self.link.rating, NOTHING)

    @property
    def room(self) -> Decimal:
        return max(self.link.rating - self.total, NOTHING)


@dataclass(frozen=True)
class WhatIf:
    """What happens to each session, and to each connection, in their order."""

    ways: list[Way]
    loads: list[LinkLoad]

    @property
    def lost(self) -> list[Way]:
        return [way for way in self.ways if way.across is None]

    @property
    def overloaded(self) -> list[LinkLoad]:
        return [load for load in self.loads if load.too_much]


def way_of(tunnel: Tunnel, failed: Iterable[int]) -> Way:
    """Return where the traffic of a session runs when some connections have failed.

    Source: R-6-10, R-6-11, R-6-12, R-6-13, R-7-3, T17.
    """
    down = set(failed)
    spare = tunnel.secondary if tunnel.secondary not in down else None
    if tunnel.primary not in down:
        return Way(
            tunnel, tunnel.primary, has_moved=False, has_back_up=spare is not None
        )
    return Way(tunnel, spare, has_moved=spare is not None, has_back_up=False)


def what_if(
    tunnels: Sequence[Tunnel], links: Sequence[Link], failed: Iterable[int]
) -> WhatIf:
    """Return what follows when some of the connections have failed.

    Args:
        failed: keys of the connections that have; none shows what is usual.

    Source: R-6.1-3, R-7-3, R-6-9.
    """
    down = set(failed)
    ways = [way_of(tunnel, down) for tunnel in tunnels]
    return WhatIf(
        ways, [load_of(link, ways, is_failed=link.key in down) for link in links]
    )


def load_of(link: Link, ways: Sequence[Way], *, is_failed: bool) -> LinkLoad:
    def carried(*, moved: bool) -> Decimal:
        here = [way for way in ways if way.across == link.key]
        return sum((way.tunnel.load for way in here if way.has_moved == moved), NOTHING)

    usual = [way.tunnel.load for way in ways if way.tunnel.primary == link.key]
    return LinkLoad(
        link, is_failed, sum(usual, NOTHING), carried(moved=False), carried(moved=True)
    )
