"""What a person can see: a file before it is brought in, and the files that were."""

from __future__ import annotations

from sqlalchemy import select

from core.importing.rules.cells import Broken, Cell, text_of
from core.importing.steps.mapping import field_choices, propose
from core.importing.steps.reading import Table, read_table
from core.importing.steps.runs import changed_by, count_made, earlier_run
from core.importing.types import ColumnProposal, FieldChoice, FilePreview, ImportFile, ImportRunRow
from core.registry import query
from core.uow import UnitOfWork
from db.enums import ImportKind, Permission
from db.identity import Person
from db.importing import ImportRun

SAMPLES = 3
FIRST_ROWS = 50
LONGEST = 200


@query(Permission.IMPORT_RUN)
def preview_file(uow: UnitOfWork, *, kind: ImportKind, content: ImportFile) -> FilePreview:
    """Look into a file: its columns with the fields they likely mean, its first rows, and whether it came before.

    Raises InvalidInput for a file that cannot be read.
    """
    kind = ImportKind(kind)
    table = read_table(kind, content)
    fields, certain = propose(uow, kind, table.header)
    return FilePreview(
        kind,
        table.sheet,
        table.sheets,
        len(table.rows),
        tuple(
            ColumnProposal(number, heading, _samples(table, number), fields.get(number, ""), number in certain)
            for number, heading in enumerate(table.header)
        ),
        tuple(field_choices(kind)),
        tuple(tuple(_shown(cell) for cell in cells) for _row, cells in table.rows[:FIRST_ROWS]),
        earlier_run(uow, kind, content),
    )


@query(Permission.IMPORT_RUN)
def list_fields(uow: UnitOfWork, *, kind: ImportKind) -> list[FieldChoice]:
    """What the columns of a file of this kind may mean."""
    return field_choices(ImportKind(kind))


@query(Permission.IMPORT_RUN)
def list_imports(uow: UnitOfWork, *, limit: int = 200) -> list[ImportRunRow]:
    """Files brought in, newest first."""
    rows = uow.sql.execute(
        select(
            ImportRun.id, ImportRun.kind, ImportRun.file_name, ImportRun.at, Person.name, ImportRun.rows, ImportRun.made,
            ImportRun.undone_at,
        )
        .join(Person, Person.id == ImportRun.person_id)
        .order_by(ImportRun.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [
        ImportRunRow(
            row.id, ImportKind(row.kind), row.file_name, row.at, row.name, row.rows,
            count_made(row.made), row.undone_at,
            sum(len(records) for records in changed_by(row.made).values()),
        )
        for row in rows
    ]  # fmt: skip


def _samples(table: Table, number: int) -> tuple[str, ...]:
    found: list[str] = []
    for _row, cells in table.rows:
        if number < len(cells) and (shown := _shown(cells[number])) and shown not in found:
            found.append(shown)
        if len(found) == SAMPLES:
            break
    return tuple(found)


def _shown(cell: Cell) -> str:
    return (str(cell) if isinstance(cell, (Broken, str)) else text_of(cell))[:LONGEST]
