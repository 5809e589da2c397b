"""What a file means with its words: the supplier, the line of an order, the item."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, or_, select

from core import catalog
from core.purchasing.rules.matching import plain_number
from core.purchasing.steps.invoices.work import I
from core.uow import UnitOfWork
from db.catalog import Item, Supplier
from db.enums import InvoiceState
from db.purchasing import PurchaseOrder, PurchaseOrderLine
from db.sql import chunks

OrderLines = dict[str, list[tuple[int, int, int, int]]]
"""By an order's number: line's id, its place, its item, the supplier."""


def find_supplier(uow: UnitOfWork, names: Iterable[str], tax_number: str = "") -> int | None:
    """The only supplier with this tax number, else with one of these names in either language or as its code."""
    wanted = _bare(tax_number)
    if wanted:
        listed = select(Supplier.id, Supplier.tax_number).where(Supplier.tax_number != "")
        found = [row.id for row in uow.sql.execute(listed) if _bare(row.tax_number) == wanted]
        if len(found) == 1:
            return int(found[0])
    said = sorted({name.strip().casefold() for name in names if name.strip()})
    if not said:
        return None
    fields = (Supplier.name, Supplier.name_en, Supplier.code)
    listed_by_name = select(Supplier.id).where(or_(*(func.lower(field).in_(said) for field in fields)))
    ids = list(uow.sql.execute(listed_by_name).scalars())
    return int(ids[0]) if len(ids) == 1 else None


def _bare(number: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def find_order_lines(uow: UnitOfWork, numbers: Iterable[str]) -> OrderLines:
    """The lines of orders with these numbers."""
    found: OrderLines = defaultdict(list)
    o, line = PurchaseOrder, PurchaseOrderLine
    for part in chunks(sorted({number.strip() for number in numbers if number.strip()})):
        listed = select(o.number, line.id, line.line, line.item_id, o.supplier_id).join(o, o.id == line.order_id)
        for row in uow.sql.execute(listed.where(o.number.in_(part)).order_by(line.line)):
            found[row.number].append((row.id, row.line, row.item_id, row.supplier_id))
    return found


def order_line_of(
    lines: OrderLines, number: str, item_id: int | None, supplier_id: int | None, place: str = ""
) -> tuple[int, int] | None:
    """The line of an order that is meant, and its item: by its place, else the only one of the item."""
    mine = [one for one in lines.get(number.strip(), ()) if supplier_id is None or one[3] == supplier_id]
    by_place = [one for one in mine if place.strip() == str(one[1]) and item_id in (None, one[2])]
    of_item = [one for one in mine if one[2] == item_id]
    chosen = by_place or of_item
    return (chosen[0][0], chosen[0][2]) if len(chosen) == 1 else None


def find_items_by_name(uow: UnitOfWork, names: Iterable[str]) -> dict[str, int]:
    """Active items by their exact name in either language, where only one has it."""
    found: dict[str, set[int]] = defaultdict(set)
    for part in chunks(sorted({name.strip() for name in names if name.strip()})):
        listed = select(Item.id, Item.name, Item.name_en).where(
            Item.is_active, or_(Item.name.in_(part), Item.name_en.in_(part))
        )
        for row in uow.sql.execute(listed):
            for name in {row.name, row.name_en} & set(part):
                found[name].add(row.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def find_invoiced_items(
    uow: UnitOfWork, supplier_id: int | None, said: Iterable[tuple[str, str, str]]
) -> dict[tuple[str, str, str], int]:
    """Items by what a document says of each: our code or a GTIN, the supplier's code, the name; the surest of them first."""
    wanted = set(said)
    by_code = catalog.find_items_by_code(uow, {code for code, _own, _name in wanted})
    own = {code for _code, code, _name in wanted}
    by_own = {} if supplier_id is None else catalog.find_item_by_supplier_code(uow, supplier_id, own)
    by_name = find_items_by_name(uow, {name for _code, _own, name in wanted})
    found = {one: by_code.get(one[0]) or by_own.get(one[1]) or by_name.get(one[2].strip()) for one in wanted}
    return {one: item_id for one, item_id in found.items() if item_id is not None}


def invoice_known_as(uow: UnitOfWork, supplier_id: int | None, number: str) -> str:
    """Our number of the invoice that was entered under this number already, empty for none."""
    if supplier_id is None:
        return ""
    listed = select(I.c.own_number).where(
        I.c.supplier_id == supplier_id, I.c.plain_number == plain_number(number), I.c.state != InvoiceState.CANCELLED
    )
    return str(uow.sql.execute(listed.limit(1)).scalar() or "")
