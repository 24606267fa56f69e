from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from common.access import UserRequest
from orders.sections.papers import documents_visible_to
from records.views import attachment


@require_safe
@login_required
def document(request: UserRequest, pk: int) -> FileResponse:
    paper = get_object_or_404(documents_visible_to(request.user), pk=pk)
    return attachment(paper)
