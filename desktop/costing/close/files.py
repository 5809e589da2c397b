"""The papers of a closed month in one folder: the pack as PDF, the workbook, the sealed file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core import costing
from core.costing import Against
from core.documents import Paper, render_pdf
from core.errors import Refused
from core.i18n import Language, Text, _
from core.office import Office
from desktop.printing.list_file import write_file
from desktop.printing.source import PaperSource

FOLDER = "month_end.folder"
Report = Callable[[float, Text], object]
PACK, BOOK, SEALED = _("Month pack"), _("Month workbook"), _("Sealed month")


@dataclass(frozen=True, slots=True)
class MonthFiles:
    """What is written, for whom, and what it is compared with. `seals`: whether the person may hand the books over."""

    month: str
    folder: Path
    language: Language
    against: Against = Against.PREVIOUS
    seals: bool = True

    def path(self, title: Text, ending: str) -> Path:
        """A file's place: the month and what it is."""
        name = re.sub(r'[\\/:*?"<>|]', " ", f"{self.month} {title.render(self.language)}")
        return self.folder / f"{name}.{ending}"


def write_month(office: Office, files: MonthFiles, report: Report) -> list[Path]:
    """Make and write the papers, called beside the window. Raises Refused when the folder is gone or cannot be written."""
    if not files.folder.is_dir():
        raise Refused(_("The folder {folder} is not there. Choose another one.", folder=str(files.folder)))
    report(0.05, _("Making the pack of {month}…", month=files.month))
    made = office.ask(
        costing.get_month_papers, month=files.month, language=files.language, against=files.against, seals=files.seals
    )
    written = [_write(files.path(PACK, "pdf"), render_pdf(made.pack, files.language))]
    report(0.7, _("Making the workbook of {month}…", month=files.month))
    written.append(_write(files.path(BOOK, "xlsx"), made.book))
    if made.sealed is not None:
        report(0.9, _("Sealing {month}…", month=files.month))
        written.append(_write_sealed(files.path(SEALED, "sqlite"), made.sealed))
    return written


def write_sealed(office: Office, month: str, path: Path) -> Path:
    """Write the sealed file of a closed month, which nobody can write to afterwards."""
    return _write_sealed(path, office.ask(costing.seal_month, month=month))


def _write_sealed(path: Path, content: bytes) -> Path:
    if path.exists():
        path.chmod(0o644)
    _write(path, content)
    path.chmod(0o444)
    return path


def _write(path: Path, content: bytes) -> Path:
    write_file(path, lambda part: part.write_bytes(content))
    return path


def pack_paper(office: Office, month: str, language: Language, against: Against = Against.PREVIOUS) -> PaperSource:
    """The pack of a month, to be looked at and printed; of a month that is not closed it says that it is provisional."""

    def ask(wanted: str) -> Paper:
        return office.ask(costing.get_month_pack, month=month, language=wanted, against=against)

    return PaperSource("month_pack", language, ask, f"{month} {PACK.render(language)}")
