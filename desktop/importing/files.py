"""An empty table to fill in, as a file of the disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.documents import Column, Sheet, write_xlsx
from core.errors import Refused
from core.i18n import Language, _
from core.importing import FieldChoice
from core.words import ImportKind, word


def template_of(kind: ImportKind, fields: Sequence[FieldChoice]) -> Sheet:
    """The headings of a kind of file, in the language on screen, and nothing under them."""
    return Sheet(word(kind), tuple(Column(one.key, one.title) for one in fields), ())


def write_template(sheet: Sheet, path: Path, language: Language) -> None:
    """Write it as a workbook. Raises Refused when the place cannot be written."""
    try:
        write_xlsx(sheet, language, path)
    except OSError as fault:
        raise Refused(
            _("{file} cannot be written. Close it elsewhere, or choose another place.", file=path.name)
        ) from fault
