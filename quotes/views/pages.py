"""Pictures of the pages of a stored document, for DCC to compare."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from common.access import UserRequest, for_contacts
from quotes.models import PagePicture


@for_contacts
@require_safe
def page_picture(request: UserRequest, pk: int, number: int) -> FileResponse:
    """Stream a picture that a worker made; what was uploaded is never shown in a page.

    Source: R-2.11-4.
    """
    visible = PagePicture.objects.visible_to(request.user)
    page = get_object_or_404(visible, document=pk, number=number)
    response = FileResponse(page.picture.open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    return response
