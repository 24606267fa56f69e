"""The form that DCC has, corrected as a nominated contact said (T35)."""

from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from typing import Any

from common.clock import uk_date
from orders import emails
from orders.commands.acknowledge import acknowledge
from orders.commands.behalf import SUBMITTERS, Said, on_behalf
from orders.commands.fill_in import save_answers
from orders.commands.mirror import lock_with_partner
from orders.commands.snapshot import (
    AnswerDifference,
    answer_rows,
    changes_between,
    save_version,
)
from orders.commands.submit import require_whole
from orders.errors import CorrectedTooLate, NothingCorrected
from orders.findings.eligible import CORRECTABLE
from orders.models import ConnectionRequest
from orders.models.answers import SHARED_ANSWERS, UNTIL_BUILT
from orders.models.checking import short_name
from orders.models.corrections import SITE, Corrections
from orders.models.sections import ACKNOWLEDGEMENT
from orders.states import (
    UNDER_WAY,
    AcknowledgementKind,
    Option,
    OrderState,
)
from parties.commands import add_data_centre
from parties.models import DataCentre, User
from records.behalf import OnBehalf
from records.errors import NotPossibleInState
from records.transitions import record_event
from records.unit import command


def changes_of(
    order: ConnectionRequest, corrections: Corrections, person: User | None = None
) -> list[AnswerDifference]:
    """Return before and after of each answer, as people read them; nothing is kept.

    What a correction makes needless is among it.
    """
    after = copy(order)
    for name, value in corrections.answers.items():
        setattr(after, name, value)
    if corrections.new_site:
        after.data_centre = DataCentre(party=order.party, **corrections.new_site)
    after.drop_needless()
    found = changes_between(answer_rows(order), answer_rows(after))
    who = f"Yes, by {person}" if person else "Yes"
    for kind in AcknowledgementKind:
        name, words = f"{ACKNOWLEDGEMENT}{kind}", str(kind.label)
        if kind in corrections.ticked:
            found.append(AnswerDifference(name, words, "", who))
        elif kind in corrections.taken_back:
            found.append(AnswerDifference(name, words, "Yes", ""))
    return found


@command
def record_corrections(
    order_id: int,
    *,
    by: User,
    said: Said,
    corrections: Corrections,
    reason: str = "",
) -> ConnectionRequest:
    """Correct a form as a submitter said, from when that came.

    While DCC checks it, anything can be corrected, and what is kept must be a form that
    could be sent. Once it is accepted, only what no review and no price rests on; until
    installation is complete. The form as it was sent stays: this is its next version.

    Raises:
        NothingCorrected: nothing differs from what the form says.
        CorrectedTooLate: the review and the price rest on it.
        NotPossibleInState: the form is not with DCC, or the work is done.
        As `on_behalf`, `save_answers`, `acknowledge` and `require_whole`.

    Source: T35, R-3.2-6.
    """
    order = lock_with_partner(order_id)
    who = on_behalf(
        order,
        said,
        by=by,
        purposes=SUBMITTERS,
        since=order.submitted_at,
        what="DCC has had the form",
    )
    if order.state not in CORRECTABLE:
        raise NotPossibleInState(subject=order, state=order.get_state_display().lower())
    changes = changes_of(order, corrections, who.person)
    if not changes:
        raise NothingCorrected
    if corrections.new_site:
        acting: User = who  # type: ignore[assignment]  # stands for the person
        site = add_data_centre(
            order.party_id, by=acting, at=said.came_at, **corrections.new_site
        )
        answers = {**corrections.answers, SITE: site.pk}
        corrections = replace(corrections, answers=answers, new_site={})
    for row, part in parts(order, corrections):
        save_corrections(row, part, who, said)
    for row, _ in parts(order, corrections):
        save_corrected_version(row, who)
    if reason.strip():
        what = "Why the form was corrected"
        record_event(
            order,
            "record_corrections",
            by=who,
            at=said.came_at,
            what=what,
            why=reason.strip(),
        )
    emails.recorded_for_you(
        order, who, f"corrections of the form of order {order}", list(map(str, changes))
    )
    return ConnectionRequest.objects.get(pk=order_id)


def parts(
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
    order: ConnectionRequest, part: Corrections, acting: Any, said: Said
) -> None:
    late = [name for name in part.names if name not in UNTIL_BUILT]
    if order.state in UNDER_WAY and late:
        names = ", ".join(short_name(name.removesuffix("_id")) for name in late)
        raise CorrectedTooLate(order=order, answers=names.lower())
    save_answers(order.pk, by=acting, answers=part.answers, at=said.came_at)
    boxes = part.ticked | part.taken_back
    if boxes:
        acknowledge(
            order.pk, by=acting, whats=part.ticked, asked=boxes, at=said.came_at
        )


def save_corrected_version(order: ConnectionRequest, who: OnBehalf) -> None:
    """Keep the corrected form as its next version, if DCC has it and can go on.

    One that was returned is the Party's until it is sent again.
    """
    order = ConnectionRequest.objects.get(pk=order.pk)
    if not order.is_editable:
        if order.state == OrderState.SUBMITTED:
            require_whole(order, uk_date(who.came_at))
        save_version(order, who.person, who.came_at, recorded=who.words)
