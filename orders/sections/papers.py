"""Which stored documents a person may have, and the records of an order's forms."""

from django.db.models import Q, QuerySet

from common.clock import uk_date
from common.parts import PaperLink
from common.wording import day_words
from orders.file import OrderFile
from orders.models import ConnectionRequest, FormVersion
from parties.models import Party, User
from parties.states import Role
from records.models import Document
from records.sections import paper

# A supplier works from the order, and sees neither prices nor who signed for them, and
# not who else uses the connection, or who came to it. A kind that is new is not theirs.
FOR_SUPPLIERS = (
    Document.Kind.SURVEY,
    Document.Kind.ACCESS,
    Document.Kind.PHOTO,
    Document.Kind.DAMAGE,
    Document.Kind.CERTIFICATE,
    Document.Kind.BLANK_FORM,
    Document.Kind.MANUAL,
)
# What gets people into a site, and was found there, is for whoever visits it.
ONLY_FOR_INSTALLER = (Document.Kind.ACCESS, Document.Kind.SURVEY)
# What staff look at before a Gateway Party may.
ONLY_FOR_DCC = (Document.Kind.PREVIEW,)


def documents_visible_to(user: User) -> "QuerySet[Document]":
    """Keep the documents of the orders that `user` may know of.

    Source: R-1.3-3, R-2.3-3.
    """
    orders = ConnectionRequest.objects.visible_to(user)
    papers = Document.objects.filter(thread__in=orders.values("reference"))
    if user.is_dcc:
        of_no_order = Q(refused_form__isnull=False) | Q(kind=Document.Kind.NOMINATION)
        return papers | Document.objects.filter(of_no_order)
    kept = papers.exclude(kind__in=ONLY_FOR_DCC)
    if not user.is_staff:
        own = Party.objects.filter(people=user.pk).values("reference")
        letters = Q(kind=Document.Kind.NOMINATION, thread__in=own)
        return kept | Document.objects.filter(letters)
    told = kept.filter(kind__in=FOR_SUPPLIERS)
    is_installer = user.role == Role.INSTALLER
    return told if is_installer else told.exclude(kind__in=ONLY_FOR_INSTALLER)


def form_papers(file: OrderFile) -> list[PaperLink]:
    """Return the records of the forms that were sent, the newest first.

    One that a worker still makes has no address yet.

    Source: R-0-5.
    """
    papers = [form_paper(row) for row in file.versions]
    came = file.order.form_document
    if came is not None and papers:
        papers.append(paper(came, "Your form as it came"))
    return papers


def form_paper(form: FormVersion) -> PaperLink:
    day = day_words(uk_date(form.submitted_at))
    title = f"Request, form {form.number}"
    if form.document is None:
        came = "Recorded" if form.recorded else "Sent"
        return PaperLink(title, "", f"{came} {day}; its PDF is being prepared")
    return paper(form.document, title)
