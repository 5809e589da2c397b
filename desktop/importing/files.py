"""Files of the disk: one to be brought in, and an empty table to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core import importing
from core.documents import Column, Sheet, write_xlsx
from core.errors import InvalidInput, NotFound, Refused
from core.i18n import Language, _
from core.importing import FieldChoice, ImportFile
from core.words import ImportKind, word


def read_file(path: Path) -> ImportFile:
    """A file with its bytes. Raises NotFound, InvalidInput for one that is too large or cannot be read."""
    try:
        importing.check_size(path.stat().st_size)
        return ImportFile(path.name, path.read_bytes())
    except FileNotFoundError as fault:
        raise NotFound(_("There is no file {file}.", file=path.name), field="file") from fault
    except OSError as fault:
        why = fault.strerror or str(fault)
        raise InvalidInput(
            _("The file {file} cannot be read: {why}.", file=path.name, why=why), field="file"
        ) from fault


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
