"""A bug met on the command line: written to the log folder under a short id, never shown as a traceback."""

from __future__ import annotations

import platform
import secrets
import sys
import traceback
from pathlib import Path

from core.clock import Clock
from core.logs import without_secrets
from core.paths import log_folder

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def write_report(fault: BaseException) -> tuple[str, Path | None]:
    """Write a bug to a file: the places in the program, never the values typed. Answers its id and the file."""
    report_id = "".join(secrets.choice(ALPHABET) for _unused in range(6))
    at = Clock().now()
    head = f"Steward {report_id} {at.isoformat(timespec='seconds')}\nPython {sys.version.split()[0]}, {platform.platform()}\n\n"
    try:
        file = log_folder() / f"crash-{at:%Y%m%d-%H%M%S}-{report_id}.txt"
        file.write_text(head + without_secrets("".join(traceback.format_exception(fault))), encoding="utf-8")
    except OSError:
        return report_id, None
    return report_id, file
