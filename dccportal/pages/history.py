"""What happened to one order, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType


@dataclass(frozen=True)
class Happening:
    """One entry of the history, with its states named as people know them."""

    event: Any
    before: str
    after: str


def happenings(events: Iterable[Any]) -> list[Happening]:
    return [
        Happening(
            event,
            before=state_name(event, event.from_state),
            after=state_name(event, event.to_state),
        )
        for event in events
    ]


def state_name(event: Any, state: str) -> str:
    """Return the label of a state of what the event happened to; empty for none."""
    if not state:
        return ""
    # Kept in memory by Django after the first time.
    model: Any = ContentType.objects.get_for_id(event.subject_type_id).model_class()
    labels = dict(model._meta.get_field("state").choices)  # noqa: SLF001  Django's door
    return str(labels.get(state, state))
