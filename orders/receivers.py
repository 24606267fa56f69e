"""Answers to what the apps below tell."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from orders.commands.link import link_sharers_called
from parties.models import Party
from parties.signals import party_known_as


@receiver(party_known_as)
def link_who_was_named_before(
    *, party: Party, name: str, by: Any, at: datetime, **kwargs: object
) -> None:
    link_sharers_called(name, party_id=party.pk, by=by, at=at)
