"""The list of what is owed, and who looks after it."""

from worklist.admin.work import WorkAdmin

__all__ = ["WorkAdmin"]
