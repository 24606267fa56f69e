"""How the broker is reached: Redis, or a folder where the trial has none."""

from pathlib import Path
from typing import Any


def transport_options(redis_url: str, data_dir: Path) -> dict[str, Any]:
    """Return what Celery tells its transport; without an address it is a folder."""
    if redis_url:
        # A task lost with its worker comes back after 15 minutes; all are far shorter.
        return {
            "visibility_timeout": 900,
            "unacked_restore_throttle": 1,
            # Somebody waits for the page: try twice at once, then leave it to a sweep.
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0,
            "socket_connect_timeout": 2,
        }
    return {
        "data_folder_in": str(data_dir / "broker"),
        "data_folder_out": str(data_dir / "broker"),
        "processed_folder": str(data_dir / "broker-done"),
        "control_folder": str(data_dir / "broker-control"),
        "store_processed": False,
    }
