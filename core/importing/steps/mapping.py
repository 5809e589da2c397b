"""Which column means which field: chosen now, remembered from the last file with these headings, or by the headings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from sqlalchemy import Table, select

from core.importing.rules.columns import (
    FIELDS,
    certain_columns,
    check_columns,
    key_field,
    plain_heading,
    proposed_columns,
)
from core.importing.types import FieldChoice
from core.uow import UnitOfWork
from db.enums import ImportKind
from db.importing import ImportMapping
from db.sql import upsert


def field_choices(kind: ImportKind) -> list[FieldChoice]:
    """The fields of a kind, in the order a file usually has them."""
    return [FieldChoice(one.key, one.title, one.is_required, one.key == key_field(kind)) for one in FIELDS[kind]]


def columns_of(
    uow: UnitOfWork,
    kind: ImportKind,
    header: Sequence[str],
    chosen: Sequence[tuple[int, str]] | None,
    *,
    is_update: bool = False,
) -> dict[int, str]:
    """Field by column number. Raises InvalidInput when a column that must be there is missing or named twice."""
    remembered = _remembered(uow, kind, header)
    columns = (
        dict(chosen) if chosen is not None else remembered if remembered is not None else certain_columns(kind, header)
    )
    columns = {number: key for number, key in columns.items() if key and number < len(header)}
    check_columns(kind, columns, is_update=is_update)
    return columns


def propose(uow: UnitOfWork, kind: ImportKind, header: Sequence[str]) -> tuple[dict[int, str], set[int]]:
    """Likely fields by column number, and the numbers of those that are certain or were chosen before."""
    remembered = _remembered(uow, kind, header)
    if remembered is not None:
        return remembered, set(remembered)
    return proposed_columns(kind, header), set(certain_columns(kind, header))


def remember(uow: UnitOfWork, kind: ImportKind, header: Sequence[str], columns: Mapping[int, str]) -> None:
    """Keep a person's choice for the next file with these headings."""
    row = {
        "kind": str(kind),
        "header": _mark(kind, header),
        "columns": {str(number): key for number, key in columns.items()},
    }
    table = ImportMapping.__table__
    assert isinstance(table, Table)
    upsert(uow.sql, table, [row], ("header",))


def _remembered(uow: UnitOfWork, kind: ImportKind, header: Sequence[str]) -> dict[int, str] | None:
    stored = uow.sql.execute(select(ImportMapping.columns).where(ImportMapping.header == _mark(kind, header))).scalar()
    return None if stored is None else {int(number): str(key) for number, key in stored.items()}


def _mark(kind: ImportKind, header: Sequence[str]) -> str:
    words = "\n".join([str(kind), *(plain_heading(heading) for heading in header)])
    return hashlib.sha256(words.encode()).hexdigest()
