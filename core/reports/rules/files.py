"""What a scheduled report is called as a file, on every system."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath
from zoneinfo import ZoneInfo

from core.errors import InvalidInput
from core.i18n import _

LONGEST_STEM = 150
"""Bytes of a name, so that the whole name of the file fits on every system."""
# Source: "Naming Files, Paths, and Namespaces" of the Windows documentation.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def stem_of(name: str) -> str:
    """A schedule's name as a file can be called, empty when nothing is left of it."""
    words = unicodedata.normalize("NFC", name)
    kept = "".join(
        "_" if sign in '<>:"/\\|?*' or unicodedata.category(sign).startswith("C") else sign for sign in words
    )
    stem = " ".join(kept.split()).encode()[:LONGEST_STEM].decode("utf-8", "ignore").strip(". ")
    return f"_{stem}" if _RESERVED.fullmatch(stem) else stem


def run_file_name(name: str, due_at: datetime, zone: str, form: str, month: str = "") -> str:
    """The file of one run: the schedule's name, the closed month it is about, the moment it was due, the form.

    The same for every try of a run, and of no two runs of a schedule.
    """
    due = due_at.astimezone(ZoneInfo(zone))
    moment = f"{due:%Y-%m-%d %H%M}" + (f"{due:%S}" if month or due.second else "")
    return " ".join(part for part in (stem_of(name), month, moment) if part) + f".{form}"


def checked_folder(folder: str) -> str:
    """A folder by its full path, of this system or another. Raises InvalidInput."""
    path = folder.strip()
    if not path:
        raise InvalidInput(_("Name the folder the report goes to."), field="folder")
    if not (PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()) or "\0" in path:
        raise InvalidInput(
            _(
                "“{folder}” is no full path. Write it from the root on, as in D:\\Reports or /srv/reports.",
                folder=path[:80],
            ),
            field="folder",
        )
    return path
