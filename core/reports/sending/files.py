"""A file written whole or not at all: under another name first, and moved to its own when every byte is on the disk."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from core.errors import Refused
from core.i18n import Text, _
from core.reports.types.schedules import TakenRun

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
PART = ".part"


def write_file(taken: TakenRun, holder: str, write: Callable[[BinaryIO], object]) -> tuple[str, int]:
    """Let `write` write the file of a run into a folder that is there, over one of the same name; answers its full path and
    its size.

    What an earlier try of the run left behind is cleared away first. Raises Refused with what is wrong with the folder.
    """
    place = Path(taken.folder)
    trouble = folder_trouble(taken.folder)
    if trouble is not None:
        raise Refused(trouble)
    unfinished = place / f".{taken.file_name}.{taken.run_id}.{holder[:8]}{PART}"
    try:
        for left in place.glob(f".*.{taken.run_id}.????????{PART}"):
            left.unlink(missing_ok=True)
        with unfinished.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        unfinished.replace(place / taken.file_name)
        _settle(place)
    except OSError as fault:
        raise Refused(_words(taken.folder, taken.file_name, fault)) from fault
    finally:
        _clear(unfinished)
    return str(place / taken.file_name), size


def folder_trouble(folder: str) -> Text | None:
    """Why nothing can be written into a folder of this PC; None when it is there. It is never made: a drive that is away
    must not become a folder."""
    place = Path(folder)
    try:
        if place.is_dir():
            return None
        if place.exists():
            return _("{folder} is a file and no folder. Choose a folder in the schedule.", folder=folder)
    except OSError as fault:
        return _words(folder, "", fault)
    return _(
        "The folder {folder} is not there. Make it, connect its drive, or choose another in the schedule.",
        folder=folder,
    )


def _words(folder: str, name: str, fault: OSError) -> Text:
    if fault.errno in _FULL:
        return _("The disk of {folder} is full. Make room; the report is made again by itself.", folder=folder)
    if isinstance(fault, PermissionError):
        return _(
            "{name} cannot be written into {folder}: no right to, or it is open in another program.",
            name=name,
            folder=folder,
        )
    return _("{name} cannot be written into {folder}: {why}.", name=name, folder=folder, why=fault.strerror or fault)


def _settle(place: Path) -> None:
    """The new name of a file is on the disk as well; Windows keeps that by itself."""
    if os.name == "nt":
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network drives know no such thing
            raise
    finally:
        os.close(handle)


def _clear(unfinished: Path) -> None:
    try:
        unfinished.unlink(missing_ok=True)
    except OSError:
        return  # the next try clears it away
