"""All writes of the register: what is owed, who looks after it, and lists of it."""

from worklist.commands.check import differences, mend
from worklist.commands.hand_over import (
    hand_over_all,
    hand_over_work,
    undo_hand_over,
)
from worklist.commands.look_after import follow_again, put_back_work, take_work
from worklist.commands.reconcile import reconcile
from worklist.commands.save import forget_list, save_list

__all__ = [
    "differences",
    "follow_again",
    "forget_list",
    "hand_over_all",
    "hand_over_work",
    "mend",
    "put_back_work",
    "reconcile",
    "save_list",
    "take_work",
    "undo_hand_over",
]
