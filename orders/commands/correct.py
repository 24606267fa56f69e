"""The form that DCC has, corrected as a nominated contact said (T35)."""

from collections.abc import Iterator
from copy import copy
from dataclasses import replace

from common.clock import uk_date
from orders import emails
from orders.commands.acknowledge import acknowledge
from orders.commands.behalf import SUBMITTERS, Said, on_behalf, our_slip
from orders.commands.fill_in import save_answers
from orders.commands.mirror import lock_with_partner
from orders.commands.review import review_again
from orders.commands.snapshot import (
    AnswerDifference,
    answer_rows,
    changes_between,
    save_version,
)
from orders.commands.submit import require_whole
from orders.errors import (
    AnsweredSince,
    CorrectedTooLate,
    NothingCorrected,
    SlipOfOneForm,
    StillOffered,
)
from orders.findings.eligible import CORRECTABLE
from orders.models import ConnectionRequest
from orders.models.answers import SHARED_ANSWERS
from orders.models.checking import short_name
from orders.models.corrections import SITE, Corrections, may_be_corrected
from orders.models.sections import ACKNOWLEDGEMENT
from orders.states import (
    AcknowledgementKind,
    Channel,
    Option,
    OrderState,
)
from parties.commands import add_data_centre
from parties.models import DataCentre, User
from records.behalf import OnBehalf
from records.errors import NotPossibleInState
from records.transitions import record_event
from records.unit import command

# DCC goes on with the form as it is then.
WHOLE = (OrderState.SUBMITTED, OrderState.ACCEPTED, OrderState.QUOTED)
REOPENED = "The form was corrected in what the review rests on"


def changes_of(
    order: ConnectionRequest, corrections: Corrections, person: User | None = None
) -> list[AnswerDifference]:
    """Return before and after of each answer, as people read them; nothing is kept.

    What a correction makes needless is among it.
    """
    after = as_corrected(order, corrections)
    found = changes_between(answer_rows(order), answer_rows(after))
    who = f"Yes, by {person}" if person else "Yes"
    for kind in AcknowledgementKind:
        name, words = f"{ACKNOWLEDGEMENT}{kind}", str(kind.label)
        if kind in corrections.ticked:
            found.append(AnswerDifference(name, words, "", who))
        elif kind in corrections.taken_back:
            found.append(AnswerDifference(name, words, "Yes", ""))
    return found


def as_corrected(
    order: ConnectionRequest, corrections: Corrections
) -> ConnectionRequest:
    """Return a copy of an order with what its form is to say; it is not for saving."""
    after = copy(order)
    for name, value in corrections.answers.items():
        setattr(after, name, value)
    if corrections.new_site:
        after.data_centre = DataCentre(party=order.party, **corrections.new_site)
    after.drop_needless()
    return after


@command
def record_corrections(
    order_id: int,
    *,
    by: User,
    said: Said,
    corrections: Corrections,
    reason: str = "",
) -> ConnectionRequest:
    """Correct a form as a submitter said, or as its paper does, from when that came.

    Until somebody signs, anything can be corrected, and what is kept must be a form
    that could be sent. What the review or the price rests on makes the site review
    begin again. Once authority is given, only what neither rests on; until installation
    is complete. The form as it was sent stays: this is its next version.

    Raises:
        NothingCorrected: nothing differs from what the form says.
        CorrectedTooLate: the review and the signed price rest on it.
        StillOffered: a quotation rests on it that has not been taken back.
        NotPossibleInState: the form is not with DCC, or the work is done.
        As `on_behalf`, `our_slip`, `save_answers`, `acknowledge`, `require_whole`.

    Source: T35, R-3.2-6.
    """
    order = lock_with_partner(order_id)
    who = who_corrects(order, said, by)
    if order.state not in CORRECTABLE:
        raise NotPossibleInState(subject=order, state=order.get_state_display().lower())
    changes = changes_of(order, corrections, who.person)
    if not changes:
        raise NothingCorrected
    if who.is_our_slip:
        require_ours(order, corrections)
    corrections = with_new_site(order, corrections, who)
    save_and_go_on(order, corrections, who)
    why = reason.strip()
    if why:
        record_event(
            order,
            "record_corrections",
            by=who,
            at=who.came_at,
            what="Why the form was corrected",
            why=why,
        )
    told = list(map(str, changes))
    if not who.is_our_slip:
        what = f"corrections of the form of order {order}"
        emails.recorded_for_you(order, who, what, told)
    emails.form_corrected(order, who, told, why)
    return ConnectionRequest.objects.get(pk=order_id)


def who_corrects(order: ConnectionRequest, said: Said, by: User) -> OnBehalf:
    if said.is_our_slip:
        return our_slip(order, said, by=by)
    return on_behalf(
        order,
        said,
        by=by,
        purposes=SUBMITTERS,
        since=order.submitted_at,
        what="DCC has had the form",
    )


def require_ours(order: ConnectionRequest, corrections: Corrections) -> None:
    """Refuse to call a slip of DCC what the Gateway Party answered itself.

    Raises:
        SlipOfOneForm: another form states it too, which did not come with this one.
        AnsweredSince: the Party, or a contact's word, gave that answer after the form
            was keyed in.
    """
    for row, part in parts_corrected(order, corrections):
        is_apart = row.created_by_id != order.created_by_id
        if row.channel == Channel.PORTAL or is_apart:
            raise SlipOfOneForm(order=row)
        names = [*part.answers, *part.ticked, *part.taken_back]
        changes = row.answer_changes.filter(field__in=names, by__is_staff=False)
        theirs = [short_name(one.field.removesuffix("_id")) for one in changes]
        if theirs:
            raise AnsweredSince(answers=", ".join(theirs).lower(), party=row.party)


def with_new_site(
    order: ConnectionRequest, corrections: Corrections, who: OnBehalf
) -> Corrections:
    """Add premises that the register does not have yet, in the contact's name."""
    if not corrections.new_site:
        return corrections
    site = add_data_centre(
        order.party_id, by=who.actor, at=who.came_at, **corrections.new_site
    )
    answers = {**corrections.answers, SITE: site.pk}
    return replace(corrections, answers=answers, new_site={})


def save_and_go_on(
    order: ConnectionRequest, corrections: Corrections, who: OnBehalf
) -> None:
    """Keep each form that is corrected; let its review begin again where it has to."""
    for row, part in parts_corrected(order, corrections):
        save_corrections(row, part, who)
    for row, part in parts_corrected(order, corrections):
        save_corrected_version(row, who)
        if row.state == OrderState.ACCEPTED and part.reopens_review:
            by = who.recorder
            # A slip of DCC gives DCC no more time.
            due = row.quote_due_on if who.is_our_slip else None
            review_again(row.pk, by=by, at=who.came_at, why=REOPENED, due_on=due)


def parts_corrected(
    order: ConnectionRequest, corrections: Corrections
) -> Iterator[tuple[ConnectionRequest, Corrections]]:
    """Yield each form that is corrected, with what: a pair states some things on both.

    Source: R-2.14-2, R-2.4.1-2.
    """
    yield order, corrections
    partner = order.partner
    if partner is None or partner.state not in (OrderState.DRAFT, *CORRECTABLE):
        return
    on_both = (*SHARED_ANSWERS, *([SITE] if order.option == Option.MEDIUM else []))
    answers = corrections.answers
    shared = {name: answers[name] for name in on_both if name in answers}
    if shared:
        yield partner, Corrections(shared)


def save_corrections(
    order: ConnectionRequest, part: Corrections, who: OnBehalf
) -> None:
    late = [name for name in part.names if not may_be_corrected(name, order.state)]
    if late:
        names = ", ".join(short_name(name.removesuffix("_id")) for name in late)
        raise CorrectedTooLate(order=order, answers=names.lower())
    if order.state == OrderState.QUOTED and part.reopens_review:
        raise StillOffered(order=order)
    save_answers(order.pk, by=who.actor, answers=part.answers, at=who.came_at)
    boxes = part.ticked | part.taken_back
    if boxes:
        acknowledge(
            order.pk, by=who.actor, whats=part.ticked, asked=boxes, at=who.came_at
        )


def save_corrected_version(order: ConnectionRequest, who: OnBehalf) -> None:
    """Keep the corrected form as its next version, if DCC has it and can go on.

    One that was returned is the Party's until it is sent again.
    """
    order = ConnectionRequest.objects.get(pk=order.pk)
    if not order.is_editable:
        if order.state in WHOLE:
            require_whole(order, uk_date(who.came_at))
        save_version(order, who.person, who.came_at, recorded=who.words)
