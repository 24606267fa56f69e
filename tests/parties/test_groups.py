"""What each group of staff may do: Django's own table and our policies agree."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from billing import policies as billing
from connections import policies as connections
from guidance import policies as guidance
from orders import policies as orders
from orders.commands import add_desk_note
from parties.commands import add_person, set_sign_in
from parties.groups import ACTS
from parties.policies import is_operations, may_edit_contacts
from parties.states import Act, Role
from quotes import policies as quotes
from records.transitions import SYSTEM

POLICIES = {
    Act.READ_EVERYTHING: lambda user: user.is_dcc,
    Act.READ_PASSED_ON: lambda user: user.is_staff and not user.is_dcc,
    Act.CHECK_FORMS: lambda user: orders.may_check(None, user),
    Act.REVIEW_SITES: lambda user: orders.may_check(None, user),
    Act.QUOTE: lambda user: quotes.may_prepare(None, user),
    Act.VERIFY_AUTHORITIES: lambda user: quotes.may_prepare(None, user),
    Act.RENEW: lambda user: connections.may_set_renewal_charge(None, user),
    Act.COMPLETE: lambda user: orders.may_work_on_site(None, user),
    Act.EDIT_PRICES: is_operations,
    Act.PUBLISH_GUIDANCE: lambda user: guidance.may_publish(None, user),
    Act.RECEIVE_FORMS: lambda user: orders.may_key_in(None, user),
    Act.CLARIFY: lambda user: orders.may_clarify(None, user),
    Act.EDIT_CONTACTS: may_edit_contacts,
    Act.BILL: lambda user: (
        billing.may_correct_charge(None, user)
        and billing.may_record_payments(None, user)
    ),
    Act.EXPORT_CHARGES: lambda user: billing.may_export_charges(None, user),
    Act.WORK_ON_SITE: lambda user: orders.may_work_on_site(None, user),
    Act.CONFIGURE: lambda user: orders.may_configure(None, user),
}
# By role, in the order of `Act`: reads all, reads what is passed on, checks, reviews,
# quotes, verifies, renews, completes, prices, publishes, keys in, clarifies, contacts,
# bills, exports, works on site, configures.
TABLE = {
    Role.OPERATIONS: "x.xxxxxxxxxxxxxxx",
    Role.SERVICE_DESK: "x.........xxx....",
    Role.BILLING: "x............xx..",
    Role.INSTALLER: ".x.....x.......x.",
    Role.CONFIGURER: ".x..............x",
    Role.AUDITOR: "x.............x..",
}


@pytest.mark.guidance("R-1.3-1", "R-1.3-3")
@pytest.mark.parametrize("role", Role)
def test_a_group_may_do_what_the_specification_gives_its_role(db, role):
    person = add_person("new@dcc.example", name="Nell Ward", role=role, by=SYSTEM)
    expected = {act for act, mark in zip(Act, TABLE[role], strict=True) if mark == "x"}

    assert [group.name for group in person.groups.all()] == [role.label]
    assert {act for act in Act if person.has_perm(f"parties.{act}")} == expected
    assert {act for act in Act if POLICIES[act](person)} == expected
    assert set(ACTS[role]) == expected


def test_a_person_of_a_party_is_in_no_group(party):
    person = add_person("new@n.example", name="Nell", party_id=party.pk, by=SYSTEM)

    assert not person.groups.exists()
    assert not person.get_all_permissions()


def test_every_command_refuses_an_auditor(auditor, desk, draft_order):
    with pytest.raises(PermissionDenied, match="change nothing"):
        set_sign_in(desk.pk, is_active=False, by=auditor)
    with pytest.raises(PermissionDenied, match="change nothing"):
        add_desk_note(draft_order.pk, words="Seen.", by=auditor)


def test_an_auditor_reads_an_order_with_its_prices_and_is_offered_no_step(
    client, auditor, issued_quote
):
    client.force_login(auditor)
    place = reverse(
        "admin:orders_connectionrequest_change", args=[issued_quote.order_id]
    )

    page = client.get(place).content.decode()

    assert "£15,000.00" in page
    assert "None yet." in page  # its notes
    # All that can be sent is that one signs out.
    assert page.count('method="post"') == 1
