"""Rows as an earlier version of the portal kept them, for migrations that fill them."""

from django.db import connection


class Editor:
    """Runs the SQL of a migration inside the transaction of a test."""

    connection = connection

    def execute(self, sql, params=()):
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
