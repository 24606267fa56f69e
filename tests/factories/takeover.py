"""Files that were handed in to be taken over."""

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from records.models import Document
from takeover.models import TakenFile
from takeover.states import FileKind


class CsvDocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    thread = "TAKE-OVER"
    kind = Document.Kind.TAKEN_OVER
    name = "parties.csv"
    content_type = "text/csv"
    size = 1
    sha256 = "0" * 64
    file = factory.LazyFunction(lambda: ContentFile(b"-", name="parties.bin"))
    at = factory.LazyFunction(timezone.now)


class TakenFileFactory(DjangoModelFactory):
    class Meta:
        model = TakenFile

    kind = FileKind.PARTIES
    document = factory.SubFactory(CsvDocumentFactory)
    at = factory.LazyFunction(timezone.now)
    checked_at = factory.SelfAttribute("at")
    new = 1
