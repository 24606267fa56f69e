"""The photo of a visit that could not be made passes the same gates as every upload."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from records.models import Document
from tests import journey_on_site
from tests.common.hostile import SOME_HOSTILE

TUESDAY = date(2026, 3, 17)


@pytest.fixture
def visit(ready_order, installer):
    return journey_on_site.book(ready_order, installer, "circuit", on=TUESDAY)


@pytest.fixture
def fail_with(client, clock, installer, visit):
    """Return a function that records, with a photo, that nobody let the engineer in."""

    def send(photo):
        clock.move_to("2026-03-17T10:00Z")
        client.force_login(installer)
        page = reverse(
            "admin:orders_connectionrequest_fail-visit", args=[visit.order_id]
        )
        said = {
            "visit": visit.pk,
            "happened": "not_let_in",
            "arrived_at": "2026-03-17 09:00",
            "note": "The gate was shut",
            "photo": SimpleUploadedFile("gate.jpg", photo),
        }
        return client.post(page, said)

    return send


def a_photo():
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "grey").save(picture, "JPEG")
    return picture.getvalue()


def test_no_hostile_file_is_taken_and_what_was_typed_is_there(fail_with, visit):
    for name, content in SOME_HOSTILE.items():
        answer = fail_with(content)

        assert answer.status_code == 200, name
        assert "The gate was shut" in answer.content.decode(), name
    visit.refresh_from_db()
    assert visit.state == "confirmed"
    assert not Document.objects.filter(kind="photo").exists()


def test_a_photo_is_stored_with_the_visit(fail_with, visit):
    assert fail_with(a_photo()).status_code == 302

    visit.refresh_from_db()
    assert visit.state == "failed"
    assert visit.photo.content_type == "image/jpeg"
