"""Bugs written down: each gets a short id and a file of the log folder, in the window and on the command line alike."""

from __future__ import annotations

import logging
import platform
import secrets
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from core.clock import Clock
from core.logs import without_secrets
from core.paths import log_folder

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_log = logging.getLogger("steward.crash")


@dataclass(frozen=True)
class CrashReport:
    """A bug written down: a short id to tell on the phone, the file (None when it could not be written), and its text."""

    id: str
    path: Path | None
    text: str


def write_report(error: BaseException, *, about: str = "") -> CrashReport:
    """Write a bug to a file: the places in the program, never the values that were typed. `about` says of what else it
    is made, such as the version of Qt."""
    report_id = "".join(secrets.choice(ALPHABET) for _unused in range(6))
    at = Clock().now()
    machine = ", ".join(part for part in (f"Python {sys.version.split()[0]}", about, platform.platform()) if part)
    head = f"Steward {report_id} {at.isoformat(timespec='seconds')}\n{machine}\n\n"
    text = without_secrets(head + "".join(traceback.format_exception(error)))
    path: Path | None = None
    try:
        path = log_folder() / f"crash-{at:%Y%m%d-%H%M%S}-{report_id}.txt"
        path.write_text(text, encoding="utf-8")
    except OSError:
        path = None
    _log.error("bug %s\n%s", report_id, text)
    return CrashReport(report_id, path, text)
