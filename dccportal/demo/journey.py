"""One demo order, taken from step to step by the commands that people use."""

import io
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from smtplib import SMTPRecipientsRefused
from typing import Any, Self

import pikepdf

from common.files import Upload
from connections.commands import configure_connection
from dccportal.demo import sites as telling
from dccportal.demo.world import World, money
from orders import commands as orders
from orders.findings import needed_acknowledgements
from orders.models import ConnectionRequest
from orders.states import ConnectionType, LineKind, Route, Use
from parties.models import User
from quotes import commands as quotes
from quotes.emails import QUOTE_ISSUED
from quotes.models import Authority, Quote
from quotes.states import ItemKind, Receipt
from records.commands import deliver_notice
from records.commands.jobs import claimed, put_back
from records.jobs import KINDS, MOST_ATTEMPTS
from records.models import Job, Notice
from sites import commands as sites
from sites.models import SiteVisit
from sites.states import StageKind

CARRIER = "Openreach engineer, arranged by Gamma"
INSTALLER = "Gamma engineer"
DELIVERY = timedelta(days=75)
# Why a line costs what it does. No price list is made up, only these offers are.
MADE_UP = "Worked out for this site; the demonstration has no price list"
FOUND = "The survey found no duct from the street to the building"
TO_DIG = "Duct from the street to the building, some 38 metres, and its permission."
DUCT_ENDS = "The existing duct ends 38 metres short of the building."
MEASURED = (Decimal("36.4"), Decimal("8.9"))
FULL = b"452 4.2.2 Mailbox full"


@dataclass
class Wish:
    """What a Party asks for. `rating` of 0 means LV; `period` of 0 means none.

    An estimate, in Mbps from DCC and to it, is what the line check says of LV whose
    kind of line nobody knows yet.
    """

    site: str
    submitter: str
    signatory: str = ""
    rating: int = 20
    period: int = 3
    reference: str = ""
    uses: tuple[str, ...] = (Use.DUIS, Use.SSI)
    route: str = ""
    estimate: tuple[Decimal, Decimal] | None = None


def wants_diversity(order: ConnectionRequest) -> bool | None:
    """Return that it can be had, where it was asked for."""
    wish = ConnectionRequest.objects.values_list("wants_diverse_routing", flat=True)
    return wish.get(pk=order.pk) or None


def first_page(content: bytes) -> bytes:
    """Return a PDF without the page that somebody forgot to scan."""
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as paper:
        del paper.pages[1:]
        paper.save(kept)
    return kept.getvalue()


class Journey:
    """Each step returns the journey, so that an order reads as its own story."""

    def __init__(
        self,
        world: World,
        wish: Wish,
        at: datetime,
        order: ConnectionRequest | None = None,
    ) -> None:
        self.world, self.wish = world, wish
        self.submitter: User = world.people[wish.submitter]
        self.signatory: User = world.people[wish.signatory or wish.submitter]
        self.operator = world.operator
        party_id = self.submitter.party_id
        assert party_id is not None  # noqa: S101  submitters are of a Party
        self.order: ConnectionRequest = order or orders.start_request(
            party_id, by=self.submitter, at=at
        )

    def answered(self, at: datetime) -> Self:
        wish, site = self.wish, self.world.sites[self.wish.site]
        is_rdp = (wish.route or self.order.route) == Route.E3
        answers: dict[str, Any] = {
            "route": wish.route or self.order.route,
            "connection_type": ConnectionType.HV if wish.rating else ConnectionType.LV,
            "hv_rating_mbps": wish.rating or None,
            "minimum_period_years": wish.period or None,
            "data_centre_id": site.pk,
            "technical_contact_name": self.submitter.name,
            "technical_contact_email": self.submitter.email,
            "technical_contact_phone": "01632 960117",
            "site_contact_name": f"{site.name} site desk",
            "site_contact_phone": "01632 960118",
            "uses": list(wish.uses),
            "is_registration_only": True if is_rdp else None,
            "is_shared": False,
            "customer_reference": wish.reference,
            "room": "Hall 2",
            "ac_sockets": 4 if wish.rating else 2,
            "has_access_control": True,
            "informed_by": "phone",
        }
        by = self.submitter
        order = orders.save_answers(self.order.pk, by=by, answers=answers, at=at)
        whats = needed_acknowledgements(order)
        orders.acknowledge(order.pk, by=by, whats=whats, at=at)
        return self

    def submitted(self, at: datetime) -> Self:
        self.answered(at)
        orders.submit_request(self.order.pk, by=self.submitter, at=at)
        return self

    def asked(self, at: datetime, *questions: tuple[str, str]) -> Self:
        """Keep questions, each with the answer that it is about; none is sent yet."""
        for field, words in questions:
            orders.ask_question(
                self.order.pk, by=self.operator, words=words, field=field, at=at
            )
        return self

    def returned(
        self, at: datetime, *questions: tuple[str, str], note: str = ""
    ) -> Self:
        self.asked(at, *questions)
        orders.return_request(self.order.pk, by=self.operator, note=note, at=at)
        return self

    def answered_questions(self, at: datetime, *answers: str) -> Self:
        """Answer what is open, in its order, and send the form again."""
        self.order.refresh_from_db()
        asked = orders.open_questions(self.order)
        orders.answer_questions(
            self.order.pk,
            by=self.submitter,
            answers={row.pk: words for row, words in zip(asked, answers, strict=True)},
            at=at,
        )
        orders.submit_request(self.order.pk, by=self.submitter, at=at)
        return self

    def noted(self, at: datetime, words: str) -> Self:
        orders.add_desk_note(self.order.pk, by=self.operator, words=words, at=at)
        return self

    def accepted(self, at: datetime) -> Self:
        orders.accept_request(self.order.pk, by=self.operator, at=at)
        return self

    def owned(self, at: datetime) -> Self:
        operator = self.operator
        orders.assign_order(self.order.pk, by=operator, owner_id=operator.pk, at=at)
        return self

    def reviewed(
        self,
        at: datetime,
        *,
        survey: bool,
        available: bool = True,
        amber: str = "",
        days: int | None = None,
    ) -> Self:
        """Record the site review: green, amber with its words, or red."""
        estimate = self.wish.estimate
        line_kind = LineKind.UNKNOWN if estimate else LineKind.SUPERFAST
        red = "" if available else "No copper pair with broadband at this exchange."
        orders.record_site_review(
            self.order.pk,
            by=self.operator,
            verdict="red" if red else "amber" if amber else "green",
            reason=red or amber,
            is_survey_needed=survey,
            line_kind="" if self.wish.rating else line_kind,
            expected_down_mbps=estimate and estimate[0],
            expected_up_mbps=estimate and estimate[1],
            is_diversity_available=wants_diversity(self.order),
            lead_time_days=days,
            notes="Looked up at the carrier's own checker.",
            at=at,
        )
        return self

    def charging_decided(self, at: datetime, *, is_chargeable: bool, why: str) -> Self:
        quotes.record_charging_decision(
            self.order.pk, by=self.operator, is_chargeable=is_chargeable, why=why, at=at
        )
        return self

    def quoted(self, at: datetime, *, civil_works: int = 0, note: str = "") -> Self:
        """Issue an offer whose e-mail the mail server took at once."""
        self.issued(at, civil_works=civil_works, note=note)
        why = "The mail server accepted our e-mail"
        quotes.record_receipt(self.quote.pk, at=at, how=Receipt.EMAIL, why=why)
        return self

    def issued(self, at: datetime, *, civil_works: int = 0, note: str = "") -> Self:
        """Issue an offer that nothing shows to have been received."""
        quote = quotes.draft_quote(
            self.order.pk,
            by=self.operator,
            lines=self.lines(civil_works),
            delivery_on=at.date() + DELIVERY,
            note=note,
            change_reason=FOUND if civil_works else "",
            at=at,
        )
        quotes.request_issue(quote.pk, by=self.operator, at=at)
        if not quotes.render_quote(quote.pk, at=at):
            quote.refresh_from_db(fields=["rendering_error"])
            raise RuntimeError(f"{quote} was not issued: {quote.rendering_error}")
        return self

    def opened(self, at: datetime) -> Self:
        """Open the offer in the portal, which is its receipt if nothing was before."""
        quotes.record_reading(self.quote.pk, by=self.submitter, at=at)
        return self

    def refused_by_mail(self) -> Self:
        """Let every attempt to announce the offer by e-mail fail."""
        told = Notice.objects.filter(thread=self.quote.thread, kind=QUOTE_ISSUED)
        for notice in told:
            owed = Job.objects.open().of(deliver_notice.__name__, notice.pk).get()
            Job.objects.filter(pk=owed.pk).update(attempts=MOST_ATTEMPTS - 1)
            if held := claimed(owed.pk):
                refusal = SMTPRecipientsRefused({notice.to: (452, FULL)})
                put_back(KINDS[owed.kind], held, refusal)
        return self

    def lines(self, civil_works: int) -> list[quotes.LineEntry]:
        """Return made-up amounts; a Registration Data Provider's LV is free."""
        if self.order.route == Route.E3 and not self.wish.rating:
            why = "Used purely for providing registration data"
            return [
                quotes.LineEntry(ItemKind.CONNECTION, Decimal("0.00"), why),
                quotes.LineEntry(ItemKind.ANNUAL, Decimal("0.00"), why),
            ]
        is_hv = self.wish.rating > 0
        once, yearly = (4200, 4000 + 70 * self.wish.rating) if is_hv else (2100, 780)
        what = "Ethernet circuit, installed" if is_hv else "Broadband line, installed"
        lines = [quotes.LineEntry(ItemKind.CONNECTION, money(once), what, MADE_UP)]
        if civil_works:
            words = "38 m of new duct to the building, found by the survey"
            lines.append(
                quotes.LineEntry(ItemKind.CIVIL_WORKS, money(civil_works), words, FOUND)
            )
        rental = "Rental and service"
        lines.append(quotes.LineEntry(ItemKind.ANNUAL, money(yearly), rental, MADE_UP))
        if not is_hv:
            lines.append(quotes.LineEntry(ItemKind.NEW_LINE, money(120), "", MADE_UP))
        return lines

    @property
    def quote(self) -> Quote:
        quote: Quote = Quote.objects.filter(order=self.order).latest("version")
        return quote

    def signed(self, at: datetime, *, rules: str = "") -> Self:
        """Upload the quotation itself as its signed scan; the trial has no pen."""
        self.uploaded(at, rules=rules)
        quotes.hand_in_authority(self.authority.pk, by=self.submitter, at=at)
        return self

    def uploaded(self, at: datetime, *, rules: str = "", is_whole: bool = True) -> Self:
        """Upload it, or its first page alone, which is then still to be handed in."""
        quote = self.quote
        assert quote.document is not None  # noqa: S101  it was issued
        with quote.document.file.open() as stored:
            content = stored.read() if is_whole else first_page(stored.read())
        name = f"{quote.reference} signed.pdf"
        scan = Upload(
            content, name, "application/pdf", "not_scanned", pages=1 + is_whole
        )
        self.authority: Authority = quotes.upload_authority(
            quote.pk,
            by=self.submitter,
            files=[scan],
            signatory_name=self.signatory.name,
            has_access_rules=bool(rules),
            access_rules=rules,
            has_rack_space=quote.is_firm,
            at=at,
        )
        return self

    def verified(self, at: datetime) -> Self:
        nomination = self.signatory.nominations.get(purpose="authorise")
        quotes.verify_authority(
            self.authority.pk, by=self.operator, nomination_id=nomination.pk, at=at
        )
        return self

    def access_told(self, at: datetime) -> Self:
        telling.tell(self.order, self.submitter, at)
        return self

    def access_agreed(self, at: datetime) -> Self:
        return self.access_told(at).access_settled(at)

    def access_settled(self, at: datetime) -> Self:
        """All that the site asked for is there, and access is agreed."""
        telling.settle(self.order, self.operator, at)
        notes = "Standard RAMS accepted; engineers are met at the gate."
        sites.record_access(self.order.pk, by=self.operator, notes=notes, at=at)
        return self

    def visit_booked(self, at: datetime, *, purpose: str, in_days: int) -> Self:
        self.visit: SiteVisit = sites.book_visit(
            self.order.pk,
            by=self.operator,
            purpose=purpose,
            on=self.world.calendar.add(at.date(), in_days),
            visitor=INSTALLER if purpose == "equipment" else CARRIER,
            window=(time(8), time(13)),
            at=at,
        )
        return self

    @property
    def after_the_visit(self) -> datetime:
        """The afternoon of the visit, which is on a working day."""
        return self.world.at(self.visit.on, 16)

    def surveyed(self, found: str = DUCT_ENDS, *, is_lv_available: bool = True) -> Self:
        sites.record_survey(
            self.visit.pk,
            by=self.operator,
            is_circuit_possible=is_lv_available,
            is_equipment_possible=True,
            is_lv_available=is_lv_available,
            has_civil_works=True if is_lv_available else None,
            civil_works=TO_DIG if is_lv_available else "",
            notes=found,
            at=self.after_the_visit,
        )
        return self

    def stage_done(self, stage: str) -> Self:
        is_measured = stage == StageKind.CIRCUIT and self.wish.estimate is not None
        down, up = MEASURED if is_measured else (None, None)
        sites.complete_stage(
            self.order.pk,
            by=self.operator,
            stage=stage,
            done_on=self.visit.on,
            test_result="Passed: no errors in 24 hours",
            provider="BT Openreach",
            provider_reference=f"ONEA{self.order.pk:08}",
            measured_down_mbps=down,
            measured_up_mbps=up,
            at=self.after_the_visit,
        )
        return self

    def equipped(self) -> Self:
        self.order.refresh_from_db()
        telling.equip(self.order, self.operator, self.after_the_visit)
        return self

    def installed(self, at: datetime) -> Self:
        sites.complete_installation(
            self.order.pk, by=self.operator, completed_on=at.date(), at=at
        )
        return self

    def configured(self, at: datetime) -> Self:
        configure_connection(
            self.order.pk,
            by=self.operator,
            configured_on=at.date(),
            test_result="Both DCC data centres answered",
            at=at,
        )
        return self
