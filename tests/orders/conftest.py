"""Pairs that several tests of orders begin with."""

import pytest

from tests import journey_of_pairs
from tests.factories.parties import DataCentreFactory


@pytest.fixture
def second_site(party):
    return DataCentreFactory(party=party, name="Dock Lane")


@pytest.fixture
def pair(party, submitter):
    """Two empty requests, at one site."""
    return journey_of_pairs.start(party, submitter)


@pytest.fixture
def ready_pair(party, submitter, data_centre):
    """Two at one site, both forms ready to be sent."""
    sites = [data_centre, data_centre]
    return journey_of_pairs.answered(party, submitter, sites)


@pytest.fixture
def high_pair(party, submitter, data_centre, second_site):
    sites = [data_centre, second_site]
    return journey_of_pairs.answered(party, submitter, sites, "high")
