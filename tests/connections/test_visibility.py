import pytest

from connections.models import Connection, ContractPeriod, FailoverTest, Session

PEOPLE = [
    "operator",
    "desk",
    "billing_clerk",
    "installer",
    "configurer",
    "submitter",
    "authoriser",
    "colleague",
    "outsider",
]


@pytest.mark.guidance("R-1.3-1", "R-1.3-3", "R-2.1.1-2")
@pytest.mark.parametrize("model", [Connection, Session])
@pytest.mark.parametrize("who", PEOPLE)
def test_who_sees_a_connection_in_service(request, session, model, who):
    person = request.getfixturevalue(who)

    sees = model.objects.visible_to(person).exists()
    assert sees == (who not in {"installer", "outsider"})


def test_the_installer_sees_the_connection_until_it_is_in_service(
    connection, installer
):
    assert Connection.objects.visible_to(installer).exists()


@pytest.mark.guidance("R-1.3-3")
@pytest.mark.parametrize("who", PEOPLE)
def test_who_sees_what_a_connection_costs(request, period, who):
    person = request.getfixturevalue(who)

    sees = ContractPeriod.objects.visible_to(person).exists()
    assert sees == (who not in {"installer", "configurer", "outsider"})


@pytest.mark.guidance("R-1.3-3")
@pytest.mark.parametrize("who", PEOPLE)
def test_who_sees_a_failover_test(request, failover_test, who):
    person = request.getfixturevalue(who)

    sees = FailoverTest.objects.visible_to(person).exists()
    assert sees == (who not in {"installer", "outsider"})
