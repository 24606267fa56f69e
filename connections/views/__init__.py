"""Pages about connections, one module a page."""

from connections.views.connection import connection, connections
from connections.views.ending import ending
from connections.views.renewal import renewal
from connections.views.sessions import session_new, sessions

__all__ = ["connection", "connections", "ending", "renewal", "session_new", "sessions"]
