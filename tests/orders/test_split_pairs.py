"""A pair that splits SSI and DUIS: each is primary for its own and stands by."""

import pytest
from django.urls import reverse

from orders.commands import swap_roles
from orders.errors import NoRolesToSwap
from orders.forms import blank
from orders.forms.pairing import questions_for
from orders.models import Acknowledgement, ConnectionRequest
from quotes.documents.supplied import supplied_facts
from quotes.models import Quote
from tests import journey, journey_of_pairs
from tests.quotes.paper import text_of
from tests.reading import words_of

FOR_SSI = "Primary for SSI, standby for DUIS"
FOR_DUIS = "Primary for DUIS, standby for SSI"


@pytest.fixture
def split(party, submitter, data_centre):
    """Both forms filled in: DUIS on the first, SSI on the second."""
    pair = journey_of_pairs.answered(party, submitter, [data_centre, data_centre])
    for order, uses in zip(pair, (["duis"], ["ssi", "testing"]), strict=True):
        answers = {"uses": uses, "testing_kinds": ["interface"]}
        journey.orders.save_answers(order.pk, by=submitter, answers=answers)
    return [journey.fresh(order) for order in pair]


@pytest.mark.guidance("R-2.4.3-1", "T17")
def test_each_of_a_split_pair_is_primary_for_its_own_service(split):
    assert [order.role_words for order in split] == [FOR_DUIS, FOR_SSI]


@pytest.mark.guidance("R-2.4.3-1")
@pytest.mark.parametrize(
    ("uses", "role"),
    [
        (["duis", "ssi"], "Back-up"),
        (["duis"], "Back-up"),
        (["testing"], "Back-up"),
    ],
)
def test_any_other_pair_has_a_primary_and_a_back_up(split, submitter, uses, role):
    answers = {"uses": uses, "testing_kinds": ["interface"]}
    journey.orders.save_answers(split[1].pk, by=submitter, answers=answers)

    assert journey.fresh(split[1]).role_words == role
    assert "active_standby" in questions_for(journey.fresh(split[1]))


@pytest.mark.guidance("R-2.4.3-1")
def test_nobody_of_a_split_pair_accepts_that_one_link_stands_by(split, submitter):
    assert not Acknowledgement.objects.filter(what="active_standby").exists()
    assert all("active_standby" not in questions_for(order) for order in split)

    for order in split:
        assert journey.submit(order, submitter).state == "submitted"


@pytest.mark.guidance("R-2.4.3-1")
def test_no_page_calls_one_of_a_split_pair_the_back_up(client, split, submitter):
    client.force_login(submitter)
    places = [
        split[1].get_absolute_url(),
        reverse("order-form", args=[split[1].reference]),
        reverse("order-check", args=[split[1].reference]),
        reverse("order-section", args=[split[1].reference, "pair"]),
        reverse("order-pair", args=[split[1].reference]),
        reverse("home"),
    ]
    for place in places:
        words = words_of(client.get(place))
        assert "back-up" not in words.lower(), place
        assert "standby for DUIS" in words, place


@pytest.mark.guidance("R-2.4.3-1")
def test_a_split_pair_has_no_roles_to_swap(split, submitter):
    with pytest.raises(NoRolesToSwap, match="no roles to swap"):
        swap_roles(split[0].pk, by=submitter)


@pytest.mark.guidance("R-2.4.3-1")
def test_desk_record_quotation_and_emails_agree(
    client, split, submitter, operator, authoriser
):
    for order in split:
        journey.accept(journey.submit(order, submitter), operator)
    quote = journey.offer(split[1], operator)

    client.force_login(operator)
    desk = reverse("admin:orders_connectionrequest_change", args=[split[1].pk])
    words = words_of(client.get(desk))
    assert FOR_SSI in words
    assert "back-up" not in words.lower()
    paper = text_of(Quote.objects.get(pk=quote.pk))
    assert "primary one for SSI, standby for DUIS, of two links" in paper
    assert "back-up" not in paper.lower()
    names = [link["label"] for link in supplied_facts(quote)["pair"]["links"]]
    assert names == ["Primary for DUIS", "Primary for SSI"]
    (version,) = journey.fresh(split[1]).versions.all()
    assert "One link is active" not in str(version.answers)


@pytest.mark.guidance("R-4.3-2")
def test_nothing_is_asked_about_the_dcc_data_service(high_pair, submitter):
    names = {field.name for field in ConnectionRequest._meta.get_fields()}

    assert not [name for name in names if "data_service" in name]
    assert not [name for name in questions_for(high_pair[0]) if "service" in name]
    assert not [name for name in vars(blank) if "data_service" in name.lower()]
    for order in high_pair:
        assert journey.submit(order, submitter).state == "submitted"
