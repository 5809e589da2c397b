"""Opening stock from a file: one document for each moment, and totals to compare with the books.

Without a date it stands at the beginning of the books, before all history, as the order of imports has it.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core import stock
from core.i18n import _
from core.importing.rules.cells import day_of, moment_of, money_of, price_of, quantity_of
from core.importing.rules.movements import Movement, other_amount
from core.importing.steps.known import Known, load_known
from core.importing.steps.movements.run import post_documents
from core.importing.steps.rows import RowReader, Rows
from core.uow import UnitOfWork
from db.enums import PostingKind as K


def post_opening_stock(uow: UnitOfWork, rows: Rows) -> list[stock.Posted]:
    """Post the rows of an opening stock file. With anything wrong in `rows.faults` afterwards nothing is written."""
    known = load_known(uow, items=rows.words("item"))
    zone = ZoneInfo(uow.site.zone)
    by_moment: dict[object, list[Movement]] = {}
    wrong: list[Movement] = []
    for row in rows:
        movement = _read(uow, row, known, zone)
        if row.is_wrong:
            wrong.append(movement)
        else:
            by_moment.setdefault(movement.at, []).append(movement)
    return post_documents(uow, list(by_moment.values()), wrong, rows.faults)


def _read(uow: UnitOfWork, row: RowReader, known: Known, zone: ZoneInfo) -> Movement:
    movement = Movement(
        row.row,
        K.OPENING,
        row.take("at", lambda cell: moment_of(cell, zone, uow.site.day_start_hour)) or stock.opening_moment(uow),
        known.item(row),
        known.location(row, "location"),
        qty=row.take("qty", quantity_of),
        unit=row.text("unit", 20),
        unit_cost=row.take("unit_cost", price_of),
        value=row.take("value", lambda cell: money_of(cell, uow.site.digits)),
        lot=row.text("lot", 60),
        expires_on=row.take("expires_on", day_of),
        note=row.text("note", 200),
    )
    if row.is_wrong:
        return movement
    if movement.item_id is None:
        row.refuse("item", _("Which item? Write its code."))
    if movement.qty is None:
        row.refuse("qty", _("How much? Write the quantity."))
    if movement.value is None and movement.unit_cost is None:
        row.refuse("value", _("What is it worth? Write the value; 0 when it is worth nothing."))
    row.refuse_other_amount(movement.value, other_amount(movement, uow.site.digits))
    return movement
