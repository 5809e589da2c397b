"""What maintenance tells: findings of verify, facts of a backup, rows of the doctor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.errors import CoreError
from core.i18n import Text

Progress = Callable[[float, Text], None]
"""Told the share done, from 0 to 1, and what is being done."""


class Level(StrEnum):
    """How good a finding or a row of the doctor is."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


class Area(StrEnum):
    """What part of the site a finding of verify belongs to."""

    CHAIN = "chain"
    GUARDS = "guards"
    BALANCES = "balances"
    COSTS = "costs"
    VALUES = "values"
    LOTS = "lots"
    RESERVATIONS = "reservations"
    NUMBERS = "numbers"
    INVOICES = "invoices"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, or (a warning) odd, and where: the posting, entry or item when it belongs to one."""

    area: Area
    level: Level
    text: Text
    posting_id: int | None = None
    entry_id: int | None = None
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What verify found. `hidden` counts the findings beyond those listed; `head` is the end of the chain."""

    findings: tuple[Finding, ...]
    hidden: int
    postings: int
    entries: int
    items: int
    head_id: int
    head_hash: str

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong; warnings may be there."""
        return not any(finding.level is Level.BAD for finding in self.findings)


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a backup says of itself. `tables` are name, rows and SHA-256; `head` the end of its ledger's chain."""

    site: str
    made_at: datetime
    program: str
    schema: str
    database: str
    tables: tuple[tuple[str, int, str], ...]
    head_id: int
    head_hash: str
    size: int
    sha256: str

    @property
    def rows(self) -> int:
        """How many rows it holds in all."""
        return sum(rows for _name, rows, _sha in self.tables)


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was written: the file, its size in bytes, whether it was proved by restoring it."""

    path: str
    size: int
    is_verified: bool
    facts: BackupFacts


@dataclass(frozen=True, slots=True)
class NewestBackup:
    """The newest backup that this site knows of. `hours` is its age."""

    at: datetime
    hours: int
    file: str
    station: str
    size: int
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the doctor: what was looked at, how it is, in a sentence."""

    name: Text
    level: Level
    text: Text


class DamagedBackup(CoreError):
    """The file is no backup, or not all of it is there."""


class WrongLedger(CoreError):
    """What was restored does not pass verify; `report` says where."""

    def __init__(self, text: Text, report: Any) -> None:
        super().__init__(text)
        self.report = report
