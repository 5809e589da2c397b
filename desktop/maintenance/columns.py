"""Columns of the doctor's rows, of verify's findings and of the backups of this PC."""

from __future__ import annotations

from pathlib import Path

from core.i18n import Text, _, _n
from core.maintenance import Area, BackupFacts, Check, Finding, Level
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind

MEGABYTE = 1_000_000

LEVELS = {
    Level.OK: BadgeLook(_("In order"), Meaning.GOOD),
    Level.WARN: BadgeLook(_("Look at it"), Meaning.SOON),
    Level.BAD: BadgeLook(_("Wrong"), Meaning.DANGER),
}

AREAS: dict[Area, Text] = {
    Area.CHAIN: _("Ledger chain"),
    Area.GUARDS: _("Guards"),
    Area.BALANCES: _("Balances"),
    Area.COSTS: _("Costs and layers"),
    Area.VALUES: _("Values of entries"),
    Area.LOTS: _("Lots"),
    Area.RESERVATIONS: _("Reservations"),
    Area.NUMBERS: _("Document numbers"),
    Area.INVOICES: _("Invoices and receipts"),
}


def level_look(row: Check | Finding) -> BadgeLook:
    """The badge of a row."""
    return LEVELS[row.level]


def size_words(size: int) -> Text:
    """A file's size."""
    return _("{size} MB", size=f"{size / MEGABYTE:,.1f}")


CHECKS = (
    Column("level", _("State"), 130, kind=Kind.BADGE, value=level_look, sortable=False),
    Column("name", _("What"), 200, sortable=False),
    Column("text", _("How it is"), 420, stretch=True, sortable=False),
)

FINDINGS = (
    Column("level", _("State"), 130, kind=Kind.BADGE, value=level_look, sortable=False),
    Column("area", _("Part of the data"), 160, value=lambda row: AREAS[row.area], sortable=False),
    Column("text", _("What was found"), 480, stretch=True, sortable=False),
)

Kept = tuple[Path, BackupFacts]


def _rows_words(row: Kept) -> Text:
    return _n("{n} row", "{n} rows", row[1].rows)


BACKUPS = (
    Column("at", _("Made"), 150, kind=Kind.INSTANT, value=lambda row: row[1].made_at, sortable=False),
    Column("site", _("Site"), 180, value=lambda row: row[1].site, sortable=False),
    Column("rows", _("Contents"), 120, value=_rows_words, sortable=False, wide_only=True),
    Column("size", _("Size"), 100, value=lambda row: size_words(row[0].stat().st_size), sortable=False),
    Column("file", _("File"), 300, stretch=True, value=lambda row: row[0].name, sortable=False, muted=True),
)
