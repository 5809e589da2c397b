"""Rows of a filled count sheet as figures of a count's lines."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core import catalog, counting
from core.catalog import UnitTable
from core.counting import CountLine, CountPart, Figure
from core.errors import CoreError
from core.gtin import scanned_form
from core.i18n import Text, _
from core.importing.rules.cells import quantity_of, short
from core.importing.steps.known import Known, load_known
from core.importing.steps.rows import RowReader, Rows
from core.uow import UnitOfWork
from db.catalog import Barcode
from db.sql import chunks

MOST_NAMED = 5


def read_figures(uow: UnitOfWork, rows: Rows, lines: Sequence[CountLine]) -> list[Figure]:
    """What the rows say was counted, by line, in the order of the file. What is wrong is added to `rows.faults`."""
    known = load_known(uow, items=rows.words("code"))
    packs = _packs_by_barcode(uow, rows.words("code") - {line.code for line in lines})
    by_item: dict[int, list[CountLine]] = {}
    for one in lines:
        by_item.setdefault(one.item_id, []).append(one)
    units = catalog.load_units(uow, by_item)
    figures: dict[int, Figure] = {}
    for row in rows:
        qty = row.take("qty", quantity_of)
        if qty is None:
            continue
        line = _line(row, known, by_item)
        unit = row.text("unit", 20) or packs.get(scanned_form(row.text("code", 4_000)), "")
        if line is None or row.is_wrong:
            continue
        part = CountPart(qty, _stored_unit(line, unit))
        _check_part(row, units[line.item_id], part)
        earlier = figures.get(line.id, Figure(line.id, (), row.row))
        figures[line.id] = Figure(line.id, (*earlier.parts, part), earlier.row)
    return list(figures.values())


def _check_part(row: RowReader, units: UnitTable, part: CountPart) -> None:
    """Said here too, so that no wrong row hides another."""
    try:
        counting.check_part(units, part)
    except CoreError as fault:
        row.refuse(fault.field or "qty", fault.text)


def _packs_by_barcode(uow: UnitOfWork, codes: set[str]) -> dict[str, str]:
    """The unit that a barcode stands for: a case's own code counts cases."""
    found: dict[str, str] = {}
    for part in chunks(sorted({scanned_form(code) for code in codes if code})):
        found.update(
            {
                row.code: row.unit
                for row in uow.sql.execute(select(Barcode.code, Barcode.unit).where(Barcode.code.in_(part)))
            }
        )
    return found


def _stored_unit(line: CountLine, unit: str) -> str:
    """A unit by its word, where the row has one of its names; the base unit needs no word."""
    for one in line.units:
        if unit.casefold() in (one.unit.casefold(), one.name.casefold(), one.name_en.casefold()):
            return "" if one.unit == line.unit else one.unit
    return unit


def _line(row: RowReader, known: Known, by_item: dict[int, list[CountLine]]) -> CountLine | None:
    item_id = known.item(row, "code")
    if item_id is None:
        if not row.is_wrong:
            row.refuse("code", _("Which item? Write its code."))
        return None
    location_id, lot = known.location(row, "location"), row.text("lot", 60)
    if row.is_wrong:
        return None
    at_place = [one for one in by_item.get(item_id, ()) if location_id in (None, one.location_id)]
    found = [one for one in at_place if lot in ("", one.lot)]
    if lot == "" and len(found) > 1:
        found = [one for one in found if not one.lot] or found
    if len(found) == 1:
        return found[0]
    column, words = _why_not(row.text("code", 4_000), lot, at_place, found)
    row.refuse(column, words)
    return None


def _why_not(item: str, lot: str, at_place: Sequence[CountLine], found: Sequence[CountLine]) -> tuple[str, Text]:
    if not at_place:
        return "code", _(
            "{item} is not on this count, or not at that place. Add it on the count's page, then bring the file in again.",
            item=short(item),
        )
    places = sorted({one.location_code for one in (found or at_place)})
    if len(places) > 1:
        return "location", _(
            "{item} is on this count at {places}. Write the place.",
            item=short(item),
            places=", ".join(places[:MOST_NAMED]),
        )
    lots = ", ".join(one.lot or "–" for one in at_place[:MOST_NAMED])
    if lot:
        return "lot", _(
            "{item} has no lot {lot} on this count. It has: {lots}.", item=short(item), lot=short(lot), lots=lots
        )
    return "lot", _("{item} is on this count in several lots. Write which: {lots}.", item=short(item), lots=lots)
