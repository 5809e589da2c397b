"""Building blocks: order templates as they are stored and read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert, select

from core import catalog
from core.clock import business_day
from core.errors import CoreError, InvalidInput, NotFound
from core.i18n import Name, _
from core.purchasing.types.requests import NewTemplateLine, TemplateLine
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Item
from db.purchasing import OrderTemplate, OrderTemplateLine

T, L = OrderTemplate, OrderTemplateLine
MOST_LINES = 500
LONGEST_NOTE = 200


def load_template(uow: UnitOfWork, template_id: int) -> Any:
    """The stored row of a template, locked. Raises NotFound."""
    row = uow.sql.execute(select(T.__table__).where(T.id == template_id).with_for_update()).first()
    if row is None:
        raise NotFound(_("This order template is not there any more."), field="template")
    return row


def check_template_lines(
    uow: UnitOfWork, supplier_id: int, lines: Sequence[NewTemplateLine]
) -> tuple[NewTemplateLine, ...]:
    """The lines with stored units: where none is said, the one the supplier sells in, else the item's purchase unit.
    Raises InvalidInput with the row that is wrong."""
    if not lines:
        raise InvalidInput(_("A template needs at least one line."), field="lines")
    if len(lines) > MOST_LINES:
        raise InvalidInput(_("At most {n} lines fit on one paper.", n=MOST_LINES), field="lines")
    ids = [line.item_id for line in lines]
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    terms = catalog.load_terms(uow, ids, today, supplier_id=supplier_id)
    tables = catalog.load_units(uow, ids)
    checked = []
    for number, line in enumerate(lines, start=1):
        try:
            checked.append(_checked(line, tables.get(line.item_id), terms.get(line.item_id, ())))
        except CoreError as fault:
            raise fault.in_row(number) from None
    return tuple(checked)


def _checked(
    line: NewTemplateLine, table: catalog.UnitTable | None, terms: Sequence[catalog.SupplierTermFacts]
) -> NewTemplateLine:
    if table is None:
        raise InvalidInput(_("There is no such item ({item_id}).", item_id=line.item_id), field="item")
    if line.qty <= 0:
        raise InvalidInput(_("The quantity must be above zero."), field="qty")
    unit = line.unit or (terms[0].unit if terms else table.purchase)
    table.to_micro(line.qty, unit)
    return replace(line, unit=table.unit(unit), note=" ".join(line.note.split())[:LONGEST_NOTE])


def write_template_lines(uow: UnitOfWork, template_id: int, lines: Sequence[NewTemplateLine]) -> None:
    """Put these lines in the place of those a template had."""
    uow.sql.execute(delete(L).where(L.template_id == template_id))
    rows = [
        {"template_id": template_id, "line": number, "item_id": line.item_id, "qty": line.qty, "unit": line.unit,
         "note": line.note}
        for number, line in enumerate(lines, start=1)
    ]  # fmt: skip
    uow.sql.execute(insert(table_of(L)), rows)


def template_lines(uow: UnitOfWork, template_ids: Iterable[int]) -> dict[int, tuple[TemplateLine, ...]]:
    """The lines of these templates, in order, in one statement."""
    found: dict[int, list[TemplateLine]] = defaultdict(list)
    rows = uow.sql.execute(
        select(L.template_id, L.item_id, L.qty, L.unit, L.note, Item.code, Item.name, Item.name_en, Item.is_active)
        .join(Item, Item.id == L.item_id)
        .where(L.template_id.in_(sorted(template_ids)))
        .order_by(L.template_id, L.line)
    )
    for row in rows:
        name = Name(row.name, row.name_en)
        found[row.template_id].append(
            TemplateLine(row.item_id, row.code, name, row.qty, row.unit, row.note, row.is_active)
        )
    return {template_id: tuple(lines) for template_id, lines in found.items()}
