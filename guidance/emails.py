from datetime import datetime

from guidance.models import GuidanceVersion
from records.commands import owe_notice


def guidance_published(version: GuidanceVersion, to: list[str], at: datetime) -> None:
    """Tell people of the version that is now in force. Source: R-0-4."""
    owe_notice(
        "guidance_published",
        key=f"guidance-published:{version.pk}",
        to=to,
        at=at,
        thread=version.thread,
        version=version,
    )
