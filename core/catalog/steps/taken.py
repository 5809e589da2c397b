"""Building blocks: which codes and barcodes are taken, and by which item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from core import documents
from core.errors import InvalidInput
from core.i18n import _
from core.uow import UnitOfWork
from db.catalog import Barcode, Item
from db.sql import chunks

# From so many codes on the whole column is read at once: quicker than lists of 500 on both databases.
MANY = 2_000


def hold_codes(uow: UnitOfWork) -> None:
    """Let nobody else give out item codes or barcodes until COMMIT, so that a code that is free now stays free."""
    documents.next_serials(uow, "catalog", 0)


def for_each(statement: Any, column: Any, values: Sequence[str]) -> list[Any]:
    """The statements that bring the rows of these values, and others when there are many."""
    if len(values) > MANY:
        return [statement]
    return [statement.where(column.in_(part)) for part in chunks(values)]


def taken_codes(uow: UnitOfWork, prefix: str) -> list[str]:
    """The item codes that begin with a prefix and a hyphen."""
    start = f"{prefix}-"
    return list(uow.sql.execute(select(Item.code).where(Item.code.startswith(start, autoescape=True))).scalars())


def names_by_code(uow: UnitOfWork, codes: Sequence[str]) -> dict[str, str]:
    """Which of these item codes are taken, and the names of their items."""
    parts = for_each(select(Item.code, Item.name), Item.code, codes)
    return {row.code: row.name for part in parts for row in uow.sql.execute(part)}


def code_taken(code: str, name: str) -> InvalidInput:
    """The sentence for an item code that another item has."""
    return InvalidInput(_("The code {code} belongs to {name} already.", code=code, name=name), field="code")


def barcode_owners(uow: UnitOfWork, codes: Sequence[str]) -> dict[str, str]:
    """Which of these barcodes are taken, and by which item."""
    statement = select(Barcode.code, Item.code.label("item_code"), Item.name).join(Item, Item.id == Barcode.item_id)
    parts = for_each(statement, Barcode.code, codes)
    return {row.code: f"{row.item_code} {row.name}" for part in parts for row in uow.sql.execute(part)}


def barcode_taken(code: str, item: str) -> InvalidInput:
    """The sentence for a barcode that another item has."""
    return InvalidInput(_("The barcode {code} belongs to {item} already.", code=code, item=item), field="barcode")
