"""Columns of the printed papers, and how they are said."""

from __future__ import annotations

from pathlib import PurePath

from core.documents import BOTH, PrintedRow
from core.i18n import Text, _
from core.words import PaperWay, word
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind

_LANGUAGES: dict[str, Text | str] = {"zh": "中文", "en": "English", BOTH: _("Both languages")}


def way_look(row: PrintedRow) -> BadgeLook:
    """Whether it was printed, saved or e-mailed."""
    return BadgeLook(word(row.way), Meaning.ACCENT if row.way is PaperWay.PRINTER else Meaning.PLAIN)


def kept_look(row: PrintedRow) -> BadgeLook:
    """Whether it can be printed again as it was."""
    return BadgeLook(_("Kept"), Meaning.GOOD) if row.is_kept else BadgeLook(_("No longer kept"))


def target(row: PrintedRow) -> str:
    """The printer, or the file without its folders."""
    return PurePath(row.printer.replace("\\", "/")).name if row.way is PaperWay.FILE else row.printer


def language_words(row: PrintedRow) -> Text | str:
    """The language of the paper; empty where it has none."""
    return _LANGUAGES.get(row.language, "")


PRINTED = (
    Column("printed_at", _("Time"), 150, kind=Kind.INSTANT, sortable=False),
    Column("title", _("Paper"), 260, stretch=True, sortable=False),
    Column("printed_by", _("Person"), 120, sortable=False),
    Column("way", _("Way"), 120, kind=Kind.BADGE, value=way_look, sortable=False),
    Column("printer", _("Printer or file"), 180, value=target, sortable=False),
    Column("copies", _("Copies"), 70, kind=Kind.QTY, sortable=False, wide_only=True),
    Column("language", _("Language"), 140, value=language_words, sortable=False, muted=True, wide_only=True),
    Column("kept", _("State"), 120, kind=Kind.BADGE, value=kept_look, sortable=False, wide_only=True),
)
