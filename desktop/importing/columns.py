"""Columns of what is wrong in a file, of files brought in earlier, and of a file's own first rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.errors import CoreError, Rejected
from core.i18n import Text, _, verbatim
from core.importing import CellChange, ColumnProposal, FieldChoice, ImportRunRow
from core.words import word
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind

NARROW, WIDE = 90, 220


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in one row of the file; row 0 is the file itself."""

    row: int
    field: str
    text: Text


def wrong_rows(error: CoreError) -> list[Wrong]:
    """The faults of a refused file, in the order of its rows."""
    faults = error.errors if isinstance(error, Rejected) else (error,)
    return [Wrong(one.row or 0, one.field or "", one.text) for one in faults]


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell that changes something: the record, the field by its name, what was and what will be."""

    row: int
    code: str
    field: Text
    before: str
    after: str


def changed_rows(changes: Sequence[CellChange], fields: Sequence[FieldChoice]) -> list[Changed]:
    """Changes with their fields as people call them."""
    names = {one.key: one.title for one in fields}
    return [
        Changed(one.row, one.code, names.get(one.field, verbatim(one.field)), one.before, one.after) for one in changes
    ]


def _state(row: ImportRunRow) -> BadgeLook:
    if row.undone_at is not None:
        return BadgeLook(_("Undone"), Meaning.PLAIN)
    return BadgeLook(_("Brought in"), Meaning.GOOD)


FAULTS = (
    Column("row", _("Row"), 70, kind=Kind.QTY, zero_is_dash=True),
    Column("field", _("Column"), 140),
    Column("text", _("What is wrong"), 480, stretch=True, sortable=False),
)

CHANGES_OF = (
    Column("row", _("Row"), 70, kind=Kind.QTY),
    Column("code", _("Code"), 120),
    Column("field", _("Column"), 140, sortable=False),
    Column("before", _("Is"), 180),
    Column("after", _("Becomes"), 180, stretch=True),
)

RUNS = (
    Column("at", _("Date and time"), 150, kind=Kind.INSTANT),
    Column("kind", _("What"), 130, value=lambda row: word(row.kind), sortable=False),
    Column("file_name", _("File"), 220, stretch=True),
    Column("rows", _("Rows"), 80, kind=Kind.QTY),
    Column("made", _("Records made"), 112, kind=Kind.QTY, hint=_("How many records or postings the file made.")),
    Column("changed", _("Records changed"), 128, kind=Kind.QTY, zero_is_dash=True),
    Column("by", _("Handled by"), 120),
    Column("state", _("State"), 110, kind=Kind.BADGE, value=_state, sortable=False),
)


def preview_columns(columns: Sequence[ColumnProposal]) -> list[Column]:
    """The file's own columns under its own headings; cells stand as they stand in the file."""

    def cell(number: int) -> Callable[[tuple[str, ...]], str]:
        return lambda row: row[number] if number < len(row) else ""

    return [
        Column(
            f"c{one.number}",
            verbatim(one.heading) if one.heading else _("Column {n}", n=one.number + 1),
            NARROW if all(len(sample) <= 8 for sample in one.samples) else WIDE if len(columns) < 6 else 140,
            value=cell(one.number),
            sortable=False,
        )
        for one in columns
    ]
