"""What is said of an upload to whoever sent it, and to DCC: the same, in words.

It is read from the codes and from the nominations. Nothing is refused because of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from common.clock import uk_date
from common.money import pounds
from common.wording import day_words
from parties.models import User
from parties.states import Purpose
from quotes.findings.codes import Code, pages_words
from quotes.findings.sheets import Sheet, codes_of, laid_out
from quotes.models import Authority, Quote, SignedFile
from quotes.states import ScanVerdict

GOOD, SOON, BAD = "good", "soon", "bad"
# The tone, the title, the lead, and what follows from handing it in as it is.
Headline = tuple[str, str, str, str]
BY_EYE = "A person at DCC then compares the pages with the quotation by eye."


@dataclass(frozen=True)
class ScanFinding:
    """One thing found: `tone` is good, soon or bad; `words` may be empty."""

    tone: str
    title: str
    words: str = ""


@dataclass(frozen=True)
class ScanFindings:
    """What an upload is, so far as a machine can say.

    Args:
        title, lead: the first thing to know, as a heading and a sentence or two.
        if_sent: what follows from handing it in as it is.
        findings: the rest, one line each.
        sheets: its pages in the order of the quotation's.
        pages: how many the quotation has.
    """

    tone: str
    title: str
    lead: str
    if_sent: str = ""
    findings: list[ScanFinding] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    pages: int = 0

    @property
    def is_well(self) -> bool:
        return self.tone == GOOD and all(one.tone == GOOD for one in self.findings)

    @property
    def doubts(self) -> list[ScanFinding]:
        return [one for one in self.findings if one.tone != GOOD]


@dataclass(frozen=True)
class ScanEvidence:
    """The rows that the words are made of.

    Args:
        pictures: the pages that came, file by file.
        versions: the other offers of the order.
        signatories: who may authorise on the day of the upload.
        pages: how many the quotation has.
    """

    authority: Any
    quote: Quote
    pictures: Sequence[Any]
    versions: Sequence[Any]
    signatories: Sequence[Any]
    pages: int

    @property
    def codes(self) -> list[Code]:
        return [code for picture in self.pictures for code in codes_of(picture)]

    @property
    def ours(self) -> set[int]:
        """The pages of this very version that came."""
        return {n for one in self.sheets if one.is_ours for n in numbers_of(one)}

    @property
    def sheets(self) -> list[Sheet]:
        return laid_out(self.pictures, self.quote, self.pages)

    @property
    def missing(self) -> list[int]:
        return [n for n in range(1, self.pages + 1) if n not in self.ours]


def numbers_of(one: Sheet) -> list[int]:
    return [code.page for code in codes_of(one.picture)]


def evidence_of(authority: Authority) -> ScanEvidence:
    """Read what is known of one upload, its files having been prefetched or not."""
    quote = authority.quote
    # Not by way of what was read ahead with the authority: asked anew for more, that
    # would be the files of every authority.
    own = SignedFile.objects.filter(authority=authority.pk).order_by("position")
    files = own.select_related("document").prefetch_related("document__pages")
    pictures = [page for file in files for page in file.document.pages.all()]
    sent = quote.document.pages.count() if quote.document else 0
    said = [code.pages for picture in pictures for code in codes_of(picture)]
    day = uk_date(authority.received_at)
    people = User.objects.nominated(quote.order.party_id, Purpose.AUTHORISE, day)
    return ScanEvidence(
        authority,
        quote,
        pictures,
        list(quote.order.quotes.exclude(pk=quote.pk).prefetch_related("lines")),
        list(people.order_by("name")),
        max([sent, *said], default=0),
    )


def found_on(authority: Authority) -> ScanFindings:
    """Return what the codes of an upload and the name typed with it say.

    Source: R-2.11-3, R-2.11-4.
    """
    case = evidence_of(authority)
    tone, title, lead, if_sent = headline(case)
    findings = [*price_findings(case), *count_findings(case), signatory_finding(case)]
    return ScanFindings(tone, title, lead, if_sent, findings, case.sheets, case.pages)


def headline(case: ScanEvidence) -> Headline:
    """Return the tone, the title, the lead and what follows from sending it so."""
    authority = case.authority
    if authority.reading_error:
        lead = "The program that reads page codes could not read these files."
        return SOON, "The pages could not be read", lead, BY_EYE
    if authority.is_being_read:
        return SOON, "The pages have not been read yet", "", BY_EYE
    return HEADLINES[authority.verdict](case)


def whole(case: ScanEvidence) -> Headline:
    title = "All its pages are there" if case.pages != 1 else "Its page is there"
    lead = (
        f"Their codes say that they are version {case.quote.version}, as DCC sent it."
    )
    if case.pages == 1:
        lead = f"Its code says that it is version {case.quote.version}, as DCC sent it."
    return GOOD, title, lead, ""


def part(case: ScanEvidence) -> Headline:
    """A page is missing; the last one is where the quotation is signed."""
    missing, version = case.missing, case.quote.version
    unread = sum(one.kind == ScanVerdict.NO_CODE for one in case.sheets)
    named = pages_words(missing)
    here = f"Found: {pages_words(case.ours)} of {case.pages} of version {version}."
    if unread >= len(missing):
        lead = f"{here} Something else came too, but no code could be read on it."
        title = f"{named.capitalize()} could not be recognised"
        return SOON, title, lead, BY_EYE
    no_effect = (
        "DCC is likely to find that it has no effect. You would then have to upload "
        "the quotation again by the last day."
    )
    if case.pages in missing:
        lead = f"{here} Without page {case.pages} nobody has signed."
        return BAD, "The page with the signature is missing", lead, no_effect
    is_or_are = "is" if len(missing) == 1 else "are"
    lead = f"{here} The pages before the signature say what is signed for."
    title = f"{named.capitalize()} {is_or_are} missing"
    return BAD, title, lead, no_effect


def other(case: ScanEvidence) -> Headline:
    """Pages of another version, or of another quotation altogether."""
    quote = case.quote
    strange = [code for code in case.codes if code.reference != quote.reference]
    code = strange[0] if strange else case.codes[0]
    earlier = version_named(case, code)
    some = " too" if case.ours else ""
    if earlier is None:
        title = f"This is quotation {code.reference}, not {quote}"
        lead = f"{came(case, code)} {quote} is the one to sign here."
        if_sent = f"A signature on {code.reference} does not accept {quote}."
        return BAD, title, lead, if_sent
    title = f"This is version {code.version}{some}. Version {quote.version} is the one"
    since = day_words(uk_date(quote.issued_at)) if quote.issued_at else "then"
    lead = f"{came(case, code)} Version {quote.version} was issued on {since}."
    if_sent = (
        f"A signature on version {code.version} does not accept version "
        f"{quote.version}."
    )
    return BAD, f"{title} to sign", lead, if_sent


def came(case: ScanEvidence, code: Code) -> str:
    numbers = {one.page for one in case.codes if one.paper == code.paper}
    named = pages_words(numbers).capitalize()
    were = "was" if len(numbers) == 1 else "were"
    return f"{named} of {code.reference}, version {code.version}, {were} read."


def version_named(case: ScanEvidence, code: Code) -> Quote | None:
    """Return the offer of the same order that the code is of, if it is of one."""
    rows = (row for row in case.versions if row.reference == code.reference)
    return next(rows, None)


def altered(case: ScanEvidence) -> Headline:
    lead = (
        f"Its codes name {case.quote}, but their fingerprint is not that of the "
        "document that DCC sent, so it may say something else."
    )
    if_sent = "DCC compares every figure with the document that it sent."
    return BAD, "This is not the document that DCC sent", lead, if_sent


def no_code(case: ScanEvidence) -> Headline:
    where = "the page" if len(case.pictures) == 1 else "any page"
    lead = (
        f"Each page of the quotation has a square code at its foot, and none could be "
        f"read on {where}. That may be the scan, or another paper altogether."
    )
    return SOON, "No page code was found", lead, BY_EYE


HEADLINES: dict[str, Callable[[ScanEvidence], Headline]] = {
    ScanVerdict.WHOLE: whole,
    ScanVerdict.PART: part,
    ScanVerdict.OTHER: other,
    ScanVerdict.ALTERED: altered,
    ScanVerdict.NO_CODE: no_code,
}


def price_findings(case: ScanEvidence) -> list[ScanFinding]:
    """Say what another version would have cost, where that is what was signed."""
    rows = {code.reference: version_named(case, code) for code in case.codes}
    return [difference(row, case.quote) for row in rows.values() if row is not None]


def difference(earlier: Quote, quote: Quote) -> ScanFinding:
    is_same = priced_as(earlier) == priced_as(quote)
    title = "The price is the same." if is_same else "The price is not the same."
    words = (
        f"Version {earlier.version} was {priced_as(earlier)}. Version {quote.version} "
        f"is {priced_as(quote)}, both excluding VAT. {as_sentence(quote.change_reason)}"
    )
    return ScanFinding(SOON if is_same else BAD, title, words.strip())


def as_sentence(typed: str) -> str:
    """Return what staff typed with the full stop that they may have left out."""
    return f"{typed}." if typed and typed[-1] not in ".!?" else typed


def priced_as(quote: Quote) -> str:
    return f"{pounds(quote.total.net)} and {quote.get_basis_display().lower()}"


def count_findings(case: ScanEvidence) -> list[ScanFinding]:
    """Ask about fewer pages than the quotation has, where no code says which."""
    came_in = len(case.pictures)
    if case.authority.verdict != ScanVerdict.NO_CODE or came_in >= case.pages:
        return []
    pages = "One page" if came_in == 1 else f"{came_in} pages"
    title = f"{pages} came; the quotation has {case.pages}."
    return [ScanFinding(BAD, title, f"Page {case.pages} is the one to be signed.")]


def signatory_finding(case: ScanEvidence) -> ScanFinding:
    """Say whether the person named may authorise. Source: R-2.11-4."""
    name, party = case.authority.signatory_name, case.quote.order.party
    day = day_words(uk_date(case.authority.received_at))
    if plain(name) in {plain(person.name) for person in case.signatories}:
        words = f"Nominated to authorise orders on {day}."
        return ScanFinding(GOOD, f"{name} may sign for {party}.", words)
    words = (
        f"The person named as signatory was not nominated to authorise orders on {day},"
        f" so the signature has no effect. {who_may(case)}"
    )
    return ScanFinding(BAD, f"{name} may not sign for {party}.", words)


def who_may(case: ScanEvidence) -> str:
    names = [person.name for person in case.signatories]
    if not names:
        return "Nobody was."
    *first, last = names
    return f"{', '.join(first)} and {last} may." if first else f"{last} may."


def plain(name: str) -> str:
    """Return a name as it is compared: nobody is refused for a capital or a space."""
    return " ".join(name.split()).casefold()
