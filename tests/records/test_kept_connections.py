"""A connection to PostgreSQL serves several requests; one that is gone is replaced."""

import pytest
from django.db import close_old_connections, connection

# Between requests nothing is open, so each stands outside a transaction.
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def just_opened(db):
    """Begin with a connection that is not too old to be kept."""
    connection.close()


def server_process():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def test_the_next_request_uses_the_connection_of_the_one_before():
    first = server_process()

    close_old_connections()

    assert server_process() == first


def test_a_connection_that_the_server_closed_is_replaced_before_the_next_request():
    first = server_process()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [first])
    other.close()

    close_old_connections()

    assert server_process() != first
