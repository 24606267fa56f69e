"""E-mails that are owed."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from records.models import Notice


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    key = factory.Sequence(lambda n: f"duty:{n}")
    kind = "person_added"
    thread = "ORD-1"
    to = factory.Sequence(lambda n: f"reader{n}@example.com")
    subject = "Welcome"
    text = "Welcome.\n"
    html = "<p>Welcome.</p>"
    owed_at = factory.LazyFunction(timezone.now)
    worded_at = factory.SelfAttribute("owed_at")
