"""Nominations where they are read: on the page of their Party and of their person."""

from functools import partial
from typing import Any

from django.db.models import QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from common.clock import uk_date
from common.dated import span_words
from common.pages import CommandPage, PagesAdmin
from common.wording import day_words
from parties.admin.corrections import AnnulNomination
from parties.admin.pages import EndNomination
from parties.models import Nomination, Party, User
from parties.policies import is_desk, signed_in

PAGE = "parties_nomination_{}"


class NominationPages(PagesAdmin):
    """Adds to the register of Parties what can be done with one nomination."""

    nomination_pages: list[CommandPage[Nomination, User, Nomination]] = [
        EndNomination(),
        AnnulNomination(),
    ]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path(
                f"nominations/<int:nomination>/{page.slug}/",
                view(partial(self.nomination_view, page=page)),
                name=PAGE.format(page.slug),
            )
            for page in self.nomination_pages
        ] + super().get_urls()

    def nomination_view(
        self,
        request: HttpRequest,
        nomination: int,
        *,
        page: CommandPage[Nomination, User, Nomination],
    ) -> HttpResponse:
        rows = Nomination.objects.visible_to(signed_in(request))
        row = rows.select_related("user__party").filter(pk=nomination).first()
        if row is None or not self.has_view_permission(request):
            raise Http404
        return self.page_about(request, row, page=page)

    def subject_url(self, subject: Party | Nomination) -> str:
        """Lead back to the person whose nomination it is."""
        if isinstance(subject, Nomination):
            return reverse("admin:parties_user_change", args=[subject.user_id])
        return super().subject_url(subject)

    def around(
        self, request: HttpRequest, page: CommandPage[Any, Any, Any], subject: Any
    ) -> dict[str, Any]:
        if not isinstance(subject, Nomination):
            return super().around(request, page, subject)
        return {"lead": f"{subject.user.party}: {subject}, {days_of(subject)}"}


def for_reader(people: "QuerySet[Any]", request: HttpRequest) -> "QuerySet[Any]":
    """Read people so that their nominations say what whoever asks can do with them."""
    may = Value(is_desk(signed_in(request)))
    found: QuerySet[Any] = people.annotate(reader_may=may)
    return found


def nominations_of(person: User) -> SafeString:
    """Return for what somebody is nominated, who named them, letter and what to do."""
    may = getattr(person, "reader_may", False)
    rows = (
        (in_words(row), letter_of(row), links_of(row) if may else "")
        for row in person.nominations.all()
    )
    return format_html_join("", "<div>{}{}{}</div>", rows) or mark_safe("Nothing")


def in_words(row: Nomination) -> str:
    named = f", named by {row.named_by}" if row.named_by else ""
    why = f", back-dated: {row.why_back_dated}" if row.why_back_dated else ""
    gone = ", annulled" if row.annulled_at else ""
    sure = f", confirmed {day_words(row.confirmed_on)}" if row.confirmed_on else ""
    said = f"{named}{why}{sure}{gone}"
    return f"{row.get_purpose_display()}, {days_of(row)}{said}"


def days_of(row: Nomination) -> str:
    """Return from when to when it holds; one that was annulled may on no day."""
    return span_words(row) if row.has_held else "on no day"


def letter_of(row: Nomination) -> SafeString:
    if row.letter_id is None:
        return mark_safe("")
    place = reverse("document", args=[row.letter_id])
    return format_html(
        ', <a href="{}">letter<span class="desk-vh"> of {}</span></a>', place, row
    )


def links_of(row: Nomination) -> SafeString:
    """Return the links to end it, while it holds, and to annul it."""
    if row.annulled_at is not None:
        return mark_safe("")
    is_over = row.until_on is not None and row.until_on < uk_date(timezone.now())
    ways = [("annul", "Annul")] if is_over else [("end", "End"), ("annul", "Annul")]
    links = (
        (reverse(f"admin:{PAGE.format(slug)}", args=[row.pk]), words, row)
        for slug, words in ways
    )
    one = '. <a href="{}">{}<span class="desk-vh"> the nomination of {}</span></a>'
    return format_html_join("", one, links)
