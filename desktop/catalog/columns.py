"""Columns of items and suppliers, on screen and in a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from core import catalog
from core.documents import Cell
from core.documents import Column as FileColumn
from core.i18n import _
from core.words import word
from desktop.catalog.known import Known
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind

RETIRED = BadgeLook(_("Retired"))
BLOCKED = BadgeLook(_("No orders"), Meaning.DANGER)


def item_columns(known: Known, *, with_state: bool = True) -> list[Column]:
    """What stands in the list of items; the sale price only for those who see prices."""
    language = known.context.language

    def category(row: Any) -> str:
        return str(row.category_en if language == "en" else row.category).replace("/", " / ")

    columns = [
        Column("code", _("Code"), 116, muted=True),
        Column("name", _("Item"), 190, stretch=True, value=lambda row: row.title(language)),
        Column("spec", _("Specification"), 130, muted=True, wide_only=True, sortable=False),
        Column("category", _("Category"), 150, value=category, wide_only=True),
        Column("base_unit", _("Unit"), 72, kind=Kind.UNIT, value=lambda row: known.unit(row.base_unit)),
        Column("storage_kind", _("Storage"), 76, value=lambda row: word(row.storage_kind), wide_only=True),
        Column("supplier", _("Supplier"), 170, muted=True, wide_only=True),
        Column("barcode", _("Barcode"), 126, muted=True, wide_only=True, sortable=False),
    ]
    if known.sees_prices:
        columns.append(Column("sale_price", _("Sale price"), 92, kind=Kind.MONEY, zero_is_dash=False))
    if with_state:
        columns.append(
            Column(
                "is_active", _("State"), 88, kind=Kind.BADGE, sortable=False,
                badge=lambda is_active: None if is_active else RETIRED,
            )
        )  # fmt: skip
    return columns


def item_file_columns(known: Known) -> tuple[FileColumn, ...]:
    """The columns of a file of items."""
    columns = [
        FileColumn("code", _("Code")), FileColumn("name", _("Item")), FileColumn("name_en", _("English name")),
        FileColumn("spec", _("Specification")), FileColumn("brand", _("Brand")), FileColumn("category", _("Category")),
        FileColumn("unit", _("Base unit")), FileColumn("barcode", _("Barcode")),
        FileColumn("supplier", _("Supplier")), FileColumn("storage", _("Storage")),
        FileColumn("cost_method", _("Cost method")), FileColumn("lot_tracked", _("Lot tracking")),
        FileColumn("state", _("State")),
    ]  # fmt: skip
    if known.sees_prices:
        columns.append(FileColumn("sale_price", _("Sale price"), "cost"))
    return tuple(columns)


def item_file_rows(rows: Sequence[catalog.ItemRow], known: Known) -> Iterator[tuple[Cell, ...]]:
    """The cells of items, in the order of the columns."""
    is_english = known.context.language == "en"
    for row in rows:
        yield (
            row.code, row.name, row.name_en, row.spec, row.brand, row.category_en if is_english else row.category,
            known.unit(row.base_unit), row.barcode, row.supplier, word(row.storage_kind), word(row.cost_method),
            _("Yes") if row.lot_tracked else _("No"), _("In use") if row.is_active else _("Retired"),
            *((row.sale_price,) if known.sees_prices else ()),
        )  # fmt: skip


def _supplier_state(row: catalog.SupplierRow) -> BadgeLook | None:
    if row.is_blocked:
        return BLOCKED
    return None if row.is_active else RETIRED


def supplier_columns(language: str) -> list[Column]:
    """What stands in the list of suppliers."""
    return [
        Column("code", _("Code"), 90, muted=True),
        Column("name", _("Supplier"), 220, stretch=True, value=lambda row: row.title(language)),
        Column("contact", _("Contact"), 130),
        Column("phone", _("Phone"), 140),
        Column("email", _("E-mail"), 190, wide_only=True, muted=True),
        Column("currency", _("Currency"), 74, wide_only=True, muted=True),
        Column("items", _("Items"), 80, kind=Kind.QTY),
        Column("state", _("State"), 112, kind=Kind.BADGE, sortable=False, value=_supplier_state),
    ]  # fmt: skip


SUPPLIER_FILE = (
    FileColumn("code", _("Code")), FileColumn("name", _("Supplier")), FileColumn("name_en", _("English name")),
    FileColumn("contact", _("Contact")), FileColumn("phone", _("Phone")), FileColumn("email", _("E-mail")),
    FileColumn("address", _("Address")), FileColumn("currency", _("Currency")),
    FileColumn("items", _("Items"), "number"), FileColumn("state", _("State")), FileColumn("note", _("Remark")),
)  # fmt: skip


def supplier_file_rows(rows: Sequence[catalog.SupplierRow]) -> Iterator[tuple[Cell, ...]]:
    """The cells of suppliers, in the order of the columns."""
    for row in rows:
        state = _("No orders") if row.is_blocked else _("In use") if row.is_active else _("Retired")
        yield (
            row.code, row.name, row.name_en, row.contact, row.phone, row.email, row.address, row.currency,
            row.items, state, row.note,
        )  # fmt: skip
