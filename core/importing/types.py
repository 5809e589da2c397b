"""What crosses the door of importing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.errors import CoreError, Rejected
from core.i18n import Text, _
from db.enums import ImportKind


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file as it was chosen: its name, its bytes, and of a workbook the sheet (empty: the first that holds rows)."""

    name: str
    content: bytes
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is brought in. `columns` is field by column number where a person chose them, None: by the headings.

    `is_rehearsal` checks everything and saves nothing. `is_update` changes what is there already by the filled cells of
    its row; without it a code that is there is a wrong row.
    """

    columns: tuple[tuple[int, str], ...] | None = None
    is_rehearsal: bool = False
    is_update: bool = False


@dataclass(frozen=True, slots=True)
class CellChange:
    """What a cell changes in a record that is there: `code` names the record, `field` the column."""

    row: int
    code: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a file became: rows read, rows brought in, of them rows that changed what was there, rows that changed nothing,
    totals to compare with the books; the first of the changes, cell by cell; `questions` that bringing it in asks."""

    run_id: int
    kind: ImportKind
    rows: int
    posted: int
    unchanged: int = 0
    changed: int = 0
    changes: tuple[CellChange, ...] = ()
    totals: tuple[tuple[str, Decimal], ...] = ()
    ignored_columns: tuple[str, ...] = ()
    questions: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportRunRow:
    """A file brought in earlier."""

    run_id: int
    kind: ImportKind
    file_name: str
    at: datetime
    by: str
    rows: int
    made: int
    undone_at: datetime | None
    changed: int = 0


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field a column can mean. By the key what is there already is found; an update needs no other column."""

    key: str
    title: Text
    is_required: bool
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """A column of the file, its first values, the field it is taken for, and whether that is certain or only likely."""

    number: int
    heading: str
    samples: tuple[str, ...]
    field: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class FilePreview:
    """The head of a file: what its columns may mean and its first rows as they stand."""

    kind: ImportKind
    sheet: str
    sheets: tuple[str, ...]
    rows: int
    columns: tuple[ColumnProposal, ...]
    fields: tuple[FieldChoice, ...]
    first_rows: tuple[tuple[str, ...], ...]
    earlier_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CountFileResult:
    """What a filled count sheet became: rows read, lines that got a figure, lines that had just that figure already, and
    rows without a figure."""

    rows: int
    entered: int
    unchanged: int
    blank: int


class FileRejected(Rejected):
    """A file with wrong rows, and how many rows it has."""

    def __init__(self, text: Text, errors: tuple[CoreError, ...], rows: int) -> None:
        super().__init__(text, errors)
        self.rows = rows


class Rehearsed(CoreError):
    """The end of a rehearsal: everything went well, and nothing was saved. `result` says what would have come of it."""

    def __init__(self, result: ImportResult) -> None:
        super().__init__(_("The file is right. Nothing was saved."))
        self.result = result
