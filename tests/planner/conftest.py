from urllib.parse import urlencode

import pytest
from django.urls import reverse

from quotes.commands import seed_prices


@pytest.fixture
def planned(client, db):
    """Return the words of the planner for what is typed: `planned(option="low")`."""
    seed_prices()

    def words(**typed):
        query = urlencode(typed, doseq=True)
        return " ".join(
            client.get(f"{reverse('plan')}?{query}").content.decode().split()
        )

    return words
