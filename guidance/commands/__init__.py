"""All writes to the guidance, split by verb."""

from guidance.commands.manual import operations_manual, publish_manual
from guidance.commands.publish import (
    people_to_tell,
    publish_version,
    set_aside_version,
    tell_of_version,
    version_in_force,
)
from guidance.commands.seed import seed_guidance
from guidance.commands.write import (
    add_page,
    add_question,
    remove_page,
    remove_question,
    start_version,
    write_page,
    write_question,
)

__all__ = [
    "add_page",
    "add_question",
    "operations_manual",
    "people_to_tell",
    "publish_manual",
    "publish_version",
    "remove_page",
    "remove_question",
    "seed_guidance",
    "set_aside_version",
    "start_version",
    "tell_of_version",
    "version_in_force",
    "write_page",
    "write_question",
]
