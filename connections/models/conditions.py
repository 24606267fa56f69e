"""What a change of a connection has to be, for one of its moves."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from connections.models.rate_change import RateChange


def is_charged(change: "RateChange") -> bool:
    return change.is_priced_first


def is_not_charged(change: "RateChange") -> bool:
    return not change.is_priced_first


def is_checked(change: "RateChange") -> bool:
    return not change.is_to_check


def waits_for_check(change: "RateChange") -> bool:
    return change.is_to_check


def is_of_use(change: "RateChange") -> bool:
    return change.makes_chargeable


def is_not_of_use(change: "RateChange") -> bool:
    return not change.makes_chargeable
