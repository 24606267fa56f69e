"""What Django costs without a page: the same rows, behind the same middleware."""

from django.db import connection
from django.http import HttpResponse
from django.urls import path

from dccportal.urls import *  # noqa: F403  the portal's own addresses stay
from dccportal.urls import urlpatterns as portal

ADDRESS = "/bare/"
# What the view asks for: SELECTs as they were sent, with their parameters in them.
statements = []


def bare(request):
    """Send the statements and read all their rows; say nothing of them."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()
    return HttpResponse(b"")


urlpatterns = [path(ADDRESS.strip("/") + "/", bare), *portal]
