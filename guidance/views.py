"""The guidance, for anybody who wants to read it, signed in or not."""

from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guidance import wording
from guidance.commands import operations_manual
from guidance.differences import Piece, differences
from guidance.forms import GuidanceSearchForm
from guidance.glossary import TERMS
from guidance.models import GuidancePage, GuidanceQuestion, GuidanceVersion
from guidance.states import VersionState
from records.views import attachment


@dataclass(frozen=True)
class GuidanceHit:
    """One answer to a search: where it stands and the words around it."""

    title: str
    url: str
    around: str


@dataclass(frozen=True)
class Chapter:
    """A chapter with its sections, for the contents."""

    page: GuidancePage
    sections: list[GuidancePage]


def in_force(request: HttpRequest) -> GuidanceVersion:
    version = GuidanceVersion.objects.visible_to(request.user).in_force().first()
    if version is None:
        raise Http404
    found: GuidanceVersion = version
    return found


def chapters(pages: list[GuidancePage]) -> list[Chapter]:
    return [
        Chapter(
            page,
            [one for one in pages if one.level > 1 and one.chapter == page.section],
        )
        for page in pages
        if page.level == 1
    ]


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    version = in_force(request)
    pages = list(version.pages.defer("body"))
    form = GuidanceSearchForm(request.GET)
    words = form.terms.text
    context = {
        "version": version,
        "chapters": chapters(pages),
        "form": form,
        "words": words,
        "found": search(request, version, words) if words else [],
        "manual": operations_manual(),
    }
    return render(request, "guidance/contents.html", context)


def search(
    request: HttpRequest, version: GuidanceVersion, words: str
) -> list[GuidanceHit]:
    """Return the sections, then the questions, that have every one of `words`."""
    pages = GuidancePage.objects.visible_to(request.user).filter(version=version)
    asked = GuidanceQuestion.objects.visible_to(request.user).filter(version=version)
    found = [
        GuidanceHit(
            str(page), page.get_absolute_url(), wording.excerpt(page.body, words)
        )
        for page in pages.search(words)
    ]
    return found + [
        GuidanceHit(
            row.question,
            f"questions/#q-{row.position}",
            wording.excerpt(row.answer, words),
        )
        for row in asked.search(words)
    ]


@require_safe
def section(request: HttpRequest, section: str) -> HttpResponse:
    version = in_force(request)
    return show(request, "guidance/section.html", version, section)


def show(
    request: HttpRequest,
    template: str,
    version: GuidanceVersion,
    section: str,
    **more: object,
) -> HttpResponse:
    """Draw one section, with what stands below, before and after it."""
    pages = list(version.pages.all())
    places = {page.section: place for place, page in enumerate(pages)}
    if section not in places:
        raise Http404
    at = places[section]
    page = pages[at]
    context = {
        "version": version,
        "page": page,
        "below": [one for one in pages if is_right_below(one, page)],
        "before": pages[at - 1] if at else None,
        "after": pages[at + 1] if at + 1 < len(pages) else None,
        "questions": [row for row in version.questions.all() if section in row.numbers],
        **more,
    }
    return render(request, template, context)


def is_right_below(page: GuidancePage, other: GuidancePage) -> bool:
    is_inside = page.section.startswith(f"{other.section}.")
    return is_inside and page.level == other.level + 1


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    version = in_force(request)
    context = {"version": version, "questions": version.questions.all()}
    return render(request, "guidance/questions.html", context)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    terms = [(term, wording.filled(term.meaning)) for term in TERMS]
    return render(request, "guidance/glossary.html", {"terms": terms})


@require_safe
def manual(request: HttpRequest) -> FileResponse:
    """Anybody may have it: it is no secret, and applicants need it. R-1.3-5."""
    document = operations_manual()
    if document is None:
        raise Http404
    return attachment(document)


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    shown = GuidanceVersion.objects.visible_to(request.user).past_draft()
    context = {"versions": shown, "version": in_force(request)}
    return render(request, "guidance/versions.html", context)


def readable(request: HttpRequest, number: str) -> GuidanceVersion:
    """Return a version whose words are here; of 0.1 only the date is left."""
    visible = GuidanceVersion.objects.visible_to(request.user)
    found: GuidanceVersion = get_object_or_404(
        visible.exclude(state=VersionState.NOT_ISSUED), number=number
    )
    return found


@require_safe
def version(request: HttpRequest, number: str) -> HttpResponse:
    old, now = readable(request, number), in_force(request)
    current = list(now.pages.all())
    today = {page.section: (page.title, page.body) for page in current}
    pages = list(old.pages.all())
    differing = {
        page.section
        for page in pages
        if today.get(page.section) != (page.title, page.body)
    }
    have = {page.section for page in pages}
    context = {
        "version": old,
        "in_force": now,
        "chapters": chapters(pages),
        "is_in_force": old == now,
        "differing": differing,
        "added": [page for page in current if page.section not in have],
    }
    return render(request, "guidance/version.html", context)


@require_safe
def version_section(request: HttpRequest, number: str, section: str) -> HttpResponse:
    old, now = readable(request, number), in_force(request)
    page = old.pages.filter(section=section).first()
    other = now.pages.filter(section=section).first()
    more = {
        "in_force": now,
        "is_in_force": old == now,
        "other": other,
        "changes": changes_of(old, page, other) if page and other else [],
    }
    template = "guidance/version_section.html"
    return show(request, template, old, section, **more)


def changes_of(
    version: GuidanceVersion, page: GuidancePage, other: GuidancePage
) -> list[Piece]:
    """Return what leads from the older words to the newer; nothing if they agree."""
    if (page.title, page.body) == (other.title, other.body):
        return []
    texts = [
        wording.unmarked(f"{one.title}\n\n{one.body}")
        for one in ((other, page) if is_draft(version) else (page, other))
    ]
    return differences(*texts)


def is_draft(version: GuidanceVersion) -> bool:
    return bool(version.state == VersionState.DRAFT)
