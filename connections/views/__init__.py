"""Pages about connections, one module a page."""

from connections.views.connection import connection, connections
from connections.views.ending import ending
from connections.views.failover import (
    failover,
    failover_test,
    failover_test_call_off,
    failover_test_move,
    failover_test_new,
)
from connections.views.hv_beside_lv import hv_beside
from connections.views.rate import rate
from connections.views.renewal import renewal
from connections.views.reports import report, report_new, report_withdraw, reports
from connections.views.session_list import (
    sessions_csv,
    sessions_import,
    sessions_template,
)
from connections.views.sessions import (
    session_change,
    session_close,
    session_dccki,
    session_new,
    sessions,
)
from connections.views.sharing import (
    other_use,
    share_end,
    share_new,
    shared,
    sole_use,
)

__all__ = [
    "connection",
    "connections",
    "ending",
    "failover",
    "failover_test",
    "failover_test_call_off",
    "failover_test_move",
    "failover_test_new",
    "hv_beside",
    "other_use",
    "rate",
    "renewal",
    "report",
    "report_new",
    "report_withdraw",
    "reports",
    "session_change",
    "session_close",
    "session_dccki",
    "session_new",
    "sessions",
    "sessions_csv",
    "sessions_import",
    "sessions_template",
    "share_end",
    "share_new",
    "shared",
    "sole_use",
]
