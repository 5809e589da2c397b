"""The file of a backup: a zip with what it says of itself (`manifest.json`) and the site as a SQLite file (`site.db`).

It is written beside its place and moved there when it is whole, so that half a backup never looks like one.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from core.errors import NotFound, Refused
from core.i18n import _
from core.maintenance.types import BackupFacts, DamagedBackup

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "site.db"
ENDING = ".stewardbackup"
BLOCK = 1 << 20
LONGEST_MANIFEST = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, NotImplementedError, RuntimeError)


def write_container(target: Path, database: Path, facts: dict[str, Any], told: Callable[[int], None]) -> BackupFacts:
    """Write a backup of a site file; `told` hears the bytes done. Raises OSError: nothing is left then."""
    part = target.with_name(target.name + ".part")
    try:
        with open(_private(part), "wb") as out:
            whole = _write(out, database, facts, told)
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
        _sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return whole


def _private(part: Path) -> int:
    """A new file that only its owner reads: a backup holds everything the site holds."""
    return os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)


def _write(out: IO[bytes], database: Path, facts: dict[str, Any], told: Callable[[int], None]) -> BackupFacts:
    size, sha256 = 0, hashlib.sha256()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as container:
        with container.open(DATABASE, "w", force_zip64=True) as inside, open(database, "rb") as content:
            while block := content.read(BLOCK):
                inside.write(block)
                sha256.update(block)
                size += len(block)
                told(size)
        whole = BackupFacts(**facts, size=size, sha256=sha256.hexdigest())
        said = {"format": FORMAT, **asdict(whole), "made_at": whole.made_at.isoformat()}
        container.writestr(MANIFEST, json.dumps(said, ensure_ascii=False, indent=1))
    return whole


def read_facts(file: Path) -> BackupFacts:
    """What a backup says of itself. Raises NotFound, DamagedBackup, Refused when it needs a newer program."""
    if not file.is_file():
        raise NotFound(_("There is no file {file}.", file=str(file)), field="file")
    try:
        with zipfile.ZipFile(file) as container:
            with container.open(MANIFEST) as inside:
                said = json.loads(inside.read(LONGEST_MANIFEST))
            if said["format"] > FORMAT:
                raise Refused(
                    _("{file} was written by a newer Steward. Update this program, then restore it.", file=file.name),
                    field="file",
                )
            return _facts_of(said)
    except BROKEN as fault:
        raise damaged(file) from fault


def _facts_of(said: dict[str, Any]) -> BackupFacts:
    del said["format"]
    made_at = datetime.fromisoformat(said.pop("made_at")).astimezone(UTC)
    tables = tuple((str(name), int(rows), str(sha256)) for name, rows, sha256 in said.pop("tables"))
    return BackupFacts(**said, made_at=made_at, tables=tables)


def unpack(file: Path, facts: BackupFacts, target: Path) -> None:
    """Write the site file of a backup to `target`. Raises DamagedBackup; OSError: then nothing is left."""
    sha256, size = hashlib.sha256(), 0
    try:
        with zipfile.ZipFile(file) as container, container.open(DATABASE) as inside, open(target, "wb") as out:
            while block := inside.read(BLOCK):
                out.write(block)
                sha256.update(block)
                size += len(block)
            out.flush()
            os.fsync(out.fileno())
    except BROKEN as fault:
        target.unlink(missing_ok=True)
        raise damaged(file) from fault
    except OSError:
        target.unlink(missing_ok=True)
        raise
    if (size, sha256.hexdigest()) != (facts.size, facts.sha256):
        target.unlink(missing_ok=True)
        raise damaged(file)


def damaged(file: Path) -> DamagedBackup:
    """The sentence for a file that is no backup or not whole."""
    return DamagedBackup(
        _("{file} is damaged or is no backup. Nothing was changed. Take another backup.", file=file.name), field="file"
    )


def _sync_folder(folder: Path) -> None:
    """The new name itself must survive a pulled plug; Windows sees to it by itself."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
