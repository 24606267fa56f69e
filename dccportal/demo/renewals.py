"""Connections in service: in their first year, and as their period ends."""

from dataclasses import replace
from datetime import timedelta

from billing.commands import raise_charge_for_ending
from common.clock import uk_date
from connections import commands as links
from connections.models import Connection, ContractPeriod
from connections.states import RenewalChoice
from dccportal.demo import sites as on_site
from dccportal.demo.journey import Wish
from dccportal.demo.people import GARETH, GRACE, HELEN, LIAM, PRIYA
from dccportal.demo.told import in_service
from dccportal.demo.usage import reported
from dccportal.demo.world import World, money
from orders import commands as orders
from orders.commands import NamedSharer
from orders.models import Sharer
from orders.states import REGISTRATION_USES, SharingReason
from parties.states import Standing


def sessions_of(world: World, connection: Connection) -> None:
    """One session is in use, and one for testing is asked for."""
    for name, use, address in (
        ("Live service requests", "live", "192.0.2.10"),
        ("Interface testing", "test", "192.0.2.11"),
    ):
        session = links.request_session(
            connection.pk,
            by=world.people[PRIYA],
            name=name,
            service="duis" if use == "live" else "test",
            use=use,
            user_role="import_supplier",
            expected_mbps=money(9 if use == "live" else 2),
            addresses=[address],
            pep_name="Kelham edge 1",
            is_priority_accepted=True,
            at=world.days_ago(190) if use == "live" else world.working_days_ago(3),
        )
        if use == "live":
            links.establish_session(
                session.pk,
                by=world.operator,
                dcc_pep_name="DCC gateway 2",
                at=world.days_ago(185),
            )


def in_first_year(world: World) -> None:
    wish = Wish("kelham", PRIYA, rating=20, period=3, reference="BME-KW-01")
    connection = in_service(world, wish, 200)
    sessions_of(world, connection)
    day = world.workday_ago(60, 16)
    on_site.exchange_first(connection.order, world.operator, day)
    on_site.log_access(connection.order, world.people[PRIYA], day)
    hurt_at = world.working_days_ago(1, 15)
    on_site.damage(connection.order, world.people[PRIYA], hurt_at)
    reported(world, connection)
    upgrade_priced(world, connection)


def upgrade_priced(world: World, connection: Connection) -> None:
    """Ask for a higher rate; its charge waits for somebody who may authorise."""
    change = links.request_rate_change(
        connection.pk,
        by=world.people[PRIYA],
        to_mbps=30,
        at=world.working_days_ago(4),
    )
    links.price_rate_change(
        change.pk,
        by=world.operator,
        net=money(640),
        annual_net=money(5200),
        reason="The circuit is rated anew; £240 of it is for the rest of this year.",
        at=world.working_days_ago(2),
    )


def noticed(world: World, reference: str, days: int) -> ContractPeriod:
    """Return a period of a year whose notice went when it had run for `days`."""
    wish = Wish("ely", HELEN, rating=10, period=1, reference=reference)
    period = in_service(world, wish, days).periods.get()
    at = world.workday_ago(days - 236)
    links.set_renewal_charge(period.pk, by=world.operator, net=money(4850), at=at)
    links.send_renewal_notice(period.pk, now=world.days_ago(days - 255))
    return period


def period_ending(world: World) -> None:
    """Its time to leave free of charge has just begun."""
    noticed(world, "FEN-03", 256)


def cancelled_in_its_month(world: World) -> None:
    """Its authoriser answered the notice: it works to the end of its period."""
    period, by = noticed(world, "FEN-14", 280), world.people[HELEN]
    links.record_notice_delivery(period.pk, at=world.days_ago(25))
    end = RenewalChoice.CANCEL
    links.answer_renewal(period.pk, by=by, choice=end, at=world.workday_ago(20, 11))


def renewal_charge_to_set(world: World) -> None:
    """In service for almost eight months: the notice is due in a week or so."""
    wish = Wish("lynn", HELEN, rating=10, period=1, reference="FEN-07")
    shared_in_life(world, in_service(world, wish, 236))


def shared_in_life(world: World, connection: Connection) -> None:
    """Two were added once it was there: one shares it, the other did so for a while."""
    by = world.people[HELEN]

    def share(named: NamedSharer, days: int) -> Sharer:
        at = world.workday_ago(days, 10)
        named = replace(named, from_on=uk_date(at))
        return links.share_connection(
            connection.pk, by=by, named=named, is_responsible=True, at=at
        )

    severn, gas = "Severn Registration Services", "Marsh Gas Supply Ltd"
    share(
        NamedSharer(severn, Standing.RDP, SharingReason.NETWORK_AND_RDP, world.today),
        120,
    )
    ended = share(
        NamedSharer(gas, Standing.SEC_PARTY, SharingReason.PROVIDER, world.today), 200
    )
    at = world.workday_ago(40, 15)
    links.end_sharing(
        ended.pk,
        by=by,
        last_day=uk_date(at) + timedelta(days=7),
        reason="It has a connection of its own now.",
        at=at,
    )


def ended_with_equipment_left(world: World) -> None:
    """Ended by phone; the installer has some of its equipment and comes again."""
    wish = Wish("lynn", HELEN, rating=10, period=3, reference="FEN-31")
    connection = in_service(world, wish, 300)
    last_day = uk_date(world.days_ago(24))
    ending = links.record_ending(
        connection.pk,
        by=world.people[GRACE],
        said=orders.Said(world.people[HELEN].pk, "phone", world.workday_ago(60, 11)),
        last_day=last_day,
        acknowledged=links.commitment_of(connection).balance(last_day),
        is_agreed=True,
        reason="The site at the quay closes.",
    )
    raise_charge_for_ending(ending.pk, at=world.workday_ago(60, 12))
    links.end_connection(connection.pk, now=world.days_ago(23, 1))
    installer, came = world.people[LIAM], world.workday_ago(6, 15)
    links.agree_collection(
        connection.pk, by=installer, on=uk_date(came), at=world.workday_ago(14)
    )
    first = connection.order.installed_items.earliest("pk")
    links.record_collection(
        connection.pk,
        by=installer,
        done_on=uk_date(came),
        items=[first.pk],
        note="The rest is in a cage that was locked: the key is there next time.",
        at=came,
    )


def free_for_registration_data(world: World) -> None:
    wish = Wish("quay", GARETH, rating=0, period=0, uses=REGISTRATION_USES)
    wish.reference = "SRS-LV-1"
    # Asked three weeks ago whether that is still so.
    in_service(world, wish, 385)


def hv_beside_lv(world: World) -> None:
    """LV in its second year of three; HV that is to take over from it is a draft."""
    wish = Wish("dock", PRIYA, rating=0, period=3, reference="BME-LV-1")
    connection = in_service(world, wish, 420)
    orders.order_hv_beside(
        connection.order_id,
        by=world.people[PRIYA],
        rating=20,
        is_replacement=True,
        at=world.days_ago(1, 15),
    )


RENEWAL_STORIES = (
    hv_beside_lv,
    cancelled_in_its_month,
    ended_with_equipment_left,
    free_for_registration_data,
    period_ending,
    renewal_charge_to_set,
    in_first_year,
)
