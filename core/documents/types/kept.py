"""What is kept: files with their records, and papers as they were printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from db.enums import PaperWay


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file kept with a record, without its content; `thumbnail` is a JPEG of 96 pixels at most."""

    id: int
    name: str
    media_type: str
    size: int
    is_photo: bool
    thumbnail: bytes | None
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class AttachmentFile:
    """A file kept with a record, ready to be opened or saved."""

    id: int
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NewPrint:
    """A finished paper that goes to a printer (`printer` is its name), a file (its path) or an e-mail (the address).

    `kind` is what printers and languages are remembered by; `owner_kind` and `owner_id` name the record it tells of;
    `pages` are the pages chosen, empty for all.
    """

    kind: str
    title: str
    number: str = ""
    language: str = ""
    owner_kind: str = ""
    owner_id: int = 0
    way: PaperWay = PaperWay.PRINTER
    printer: str = ""
    pages: str = ""
    copies: int = 1


@dataclass(frozen=True, slots=True)
class PrintedFilter:
    """What to look for among the printed papers. Days are calendar days on the site's clock, both included."""

    text: str = ""
    kind: str = ""
    person_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A paper that was printed, saved or e-mailed; `is_kept` while it can be printed again exactly as it was."""

    id: int
    kind: str
    title: str
    number: str
    owner_kind: str
    owner_id: int
    language: str
    size: int
    way: PaperWay
    printer: str
    pages: str
    copies: int
    printed_at: datetime
    person_id: int
    printed_by: str
    station: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class PrintedList:
    """A stretch of the printed papers, newest first; `total` counts all that fit."""

    rows: tuple[PrintedRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A printed paper with its PDF, byte for byte what was printed."""

    row: PrintedRow
    content: bytes
