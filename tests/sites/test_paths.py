"""The check of the two paths of a pair for common connection points."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from orders.models import ConnectionRequest
from records.errors import NotPossibleInState
from records.models import Event
from sites.commands import record_path_check
from sites.errors.paths import CommonPointsDenied, CommonPointsMissing, NoTwoPaths
from sites.models import PathCheck
from tests import journey

WHICH = "The exchange at Derby South"


def record(order, person, *, has_common_points=True, which=WHICH):
    return record_path_check(
        order.pk, by=person, has_common_points=has_common_points, which=which
    )


def shown(client, person, order):
    client.force_login(person)
    return " ".join(client.get(order.get_absolute_url()).content.decode().split())


@pytest.mark.guidance("R-4.2-2")
@pytest.mark.parametrize("who", ["operator", "installer"])
def test_the_result_is_kept_for_the_pair_and_told_to_both(
    request, authorised_pair, who
):
    person = request.getfixturevalue(who)
    record(authorised_pair[1], person)

    check = PathCheck.objects.get(group=authorised_pair[0].group)
    assert (check.has_common_points, check.which, check.by) == (True, WHICH, person)
    for order in authorised_pair:
        told = Event.objects.of_thread(order.thread).get(name="record_path_check")
        assert (told.why, told.by) == (WHICH, person)


@pytest.mark.guidance("R-4.2-2")
def test_a_later_check_replaces_the_first(authorised_pair, installer):
    record(authorised_pair[0], installer)
    record(authorised_pair[1], installer, has_common_points=False, which="")

    check = PathCheck.objects.get()
    assert (check.has_common_points, check.which) == (False, "")


@pytest.mark.guidance("R-4.2-2")
@pytest.mark.parametrize(
    ("has_common_points", "which", "refusal"),
    [(True, " ", CommonPointsMissing), (False, WHICH, CommonPointsDenied)],
)
def test_common_points_are_named_and_only_then(
    authorised_pair, installer, has_common_points, which, refusal
):
    with pytest.raises(refusal):
        record(
            authorised_pair[0],
            installer,
            has_common_points=has_common_points,
            which=which,
        )


def test_the_database_holds_no_common_points_without_a_name(authorised_pair, installer):
    record(authorised_pair[0], installer)

    with pytest.raises(IntegrityError), transaction.atomic():
        PathCheck.objects.update(which="")


@pytest.mark.guidance("R-4.2-2", "R-1.3-3")
@pytest.mark.parametrize("who", ["desk", "configurer", "billing_clerk", "submitter"])
def test_others_record_no_check(request, authorised_pair, who):
    with pytest.raises(PermissionDenied):
        record(authorised_pair[0], request.getfixturevalue(who))


@pytest.mark.guidance("R-4.2-2")
def test_one_by_itself_has_no_two_paths(authorised_order, installer):
    with pytest.raises(NoTwoPaths, match="no two paths"):
        record(authorised_order, installer)


@pytest.mark.guidance("R-4.2-2")
def test_a_pair_without_diverse_routing_is_not_checked(authorised_pair, installer):
    ConnectionRequest.objects.update(wants_diverse_routing=False)

    with pytest.raises(NoTwoPaths):
        record(authorised_pair[0], installer)


@pytest.mark.guidance("R-4.2-2")
def test_a_pair_of_which_one_has_ended_is_not_checked(
    authorised_pair, installer, authoriser
):
    journey.cancel(authorised_pair[1], authoriser)

    with pytest.raises(NoTwoPaths):
        record(authorised_pair[0], installer)


@pytest.mark.parametrize("name", ["quoted_order", "connection"])
def test_no_check_before_the_authority_or_after_installation(request, installer, name):
    row = request.getfixturevalue(name)
    order = ConnectionRequest.objects.get(reference=row.thread)

    with pytest.raises(NotPossibleInState):
        record(order, installer)


@pytest.mark.guidance("R-4.2-2")
def test_the_party_reads_the_result_on_both_orders(
    client, submitter, installer, authorised_pair
):
    first, second = authorised_pair
    words = "Common connection points of the two routes"
    assert words not in shown(client, submitter, first)

    record(first, installer, has_common_points=False, which="")
    assert f"{words}</dt><dd>none" in shown(client, submitter, second)

    record(first, installer)
    assert f"{words}</dt><dd>{WHICH}" in shown(client, submitter, second)


@pytest.mark.guidance("R-4.2-2")
def test_the_installer_records_it_on_the_page_for_it(client, installer, paired_order):
    client.force_login(installer)
    name, pk = "admin:orders_connectionrequest", paired_order.pk
    given = {"has_common_points": "yes", "which": WHICH}
    client.post(reverse(f"{name}_paths", args=[pk]), given)

    page = client.get(reverse(f"{name}_change", args=[pk])).content.decode()
    assert f"Common connection points of the two routes: {WHICH}" in page
    assert "Change the check of both paths" in page
