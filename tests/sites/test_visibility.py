import pytest

from sites.models import InstallationStage, SiteAccess, SiteVisit

SEES = [
    ("operator", True),
    ("desk", True),
    ("billing_clerk", True),
    ("installer", True),
    ("configurer", False),
    ("submitter", True),
    ("colleague", True),
    ("outsider", False),
]


@pytest.mark.guidance("R-1.3-1", "R-1.3-3")
@pytest.mark.parametrize("model", [SiteVisit, SiteAccess, InstallationStage])
@pytest.mark.parametrize(("who", "sees"), SEES)
def test_who_sees_work_on_site(request, installed_order, model, who, sees):
    person = request.getfixturevalue(who)

    assert model.objects.visible_to(person).exists() == sees


@pytest.mark.guidance("R-1.3-3")
def test_the_configurer_sees_it_once_the_order_is_passed_on(connection, configurer):
    assert SiteVisit.objects.visible_to(configurer).count() == 2
