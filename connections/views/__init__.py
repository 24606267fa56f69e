"""Pages about connections, one module a page."""

from connections.views.connection import connection, connections
from connections.views.ending import ending
from connections.views.rate import rate
from connections.views.renewal import renewal
from connections.views.reports import report, report_new, report_withdraw, reports
from connections.views.sessions import session_new, sessions

__all__ = [
    "connection",
    "connections",
    "ending",
    "rate",
    "renewal",
    "report",
    "report_new",
    "report_withdraw",
    "reports",
    "session_new",
    "sessions",
]
