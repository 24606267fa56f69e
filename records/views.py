from contextlib import suppress

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from records.commands import with_link
from records.errors import NobodyToHaveIt
from records.forms import MailSearchForm
from records.models import Document, Notice

PER_PAGE = 25
NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


def attachment(document: Document) -> FileResponse:
    """Stream a stored file as a download; it is never opened inside our pages."""
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.name,
        content_type=document.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def only_in_a_trial() -> None:
    """Hide what shows everybody's e-mails, unless all the people are made up."""
    if not settings.TRIAL:
        raise Http404


@require_safe
def trial_mail(request: HttpRequest) -> HttpResponse:
    only_in_a_trial()
    form = MailSearchForm(request.GET)
    notices = Notice.objects.search(form.terms)
    page = Paginator(notices, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "records/trial_mail.html", {"page": page, "form": form})


@require_safe
def trial_notice(request: HttpRequest, pk: int) -> HttpResponse:
    only_in_a_trial()
    notice = get_object_or_404(Notice, pk=pk)
    if settings.EMAIL_BACKEND == NO_MAIL:
        # This page is the mailbox: no other copy of the e-mail is anywhere.
        with suppress(NobodyToHaveIt):
            notice = with_link(notice)
    return render(request, "records/trial_notice.html", {"notice": notice})
