"""Rows of a movements file as movements; what cannot be read is noted and the row left out."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core.i18n import _
from core.importing.rules.cells import day_of, moment_of, money_of, price_of, quantity_of, short
from core.importing.rules.movements import NEEDS_REF, TYPES, WITHOUT_ITEM, Movement, other_amount, type_of
from core.importing.steps.known import Known
from core.importing.steps.rows import RowReader, Rows
from core.uow import UnitOfWork
from db.enums import PostingKind as K


def read_movements(uow: UnitOfWork, rows: Rows, known: Known) -> tuple[list[Movement], list[Movement]]:
    """The rows that can be read, in order, and what is known of the others, whose faults are in `rows.faults`."""
    zone = ZoneInfo(uow.site.zone)
    good: list[Movement] = []
    wrong: list[Movement] = []
    for row in rows:
        movement = _read(uow, row, known, zone)
        (wrong if row.is_wrong else good).append(movement)
    return good, wrong


def _read(uow: UnitOfWork, row: RowReader, known: Known, zone: ZoneInfo) -> Movement:
    kind = _kind(row)
    at = row.take("at", lambda cell: moment_of(cell, zone, uow.site.day_start_hour))
    movement = Movement(
        row.row,
        kind or K.ADJUSTMENT,
        at,
        known.item(row),
        known.location(row, "location"),
        known.location(row, "to_location"),
        row.take("qty", quantity_of),
        row.text("unit", 20),
        row.take("unit_cost", price_of),
        row.take("value", lambda cell: money_of(cell, uow.site.digits)),
        row.text("lot", 60),
        row.take("expires_on", day_of),
        known.reason(row) if kind is K.WASTE else row.text("reason", 120),
        known.supplier(row),
        row.text("document", 60),
        row.text("ref", 60),
        row.text("note", 200),
    )
    _check_complete(row, movement)
    row.refuse_other_amount(movement.value, other_amount(movement, uow.site.digits))
    return movement


def _kind(row: RowReader) -> K | None:
    text = row.text("type", 4_000)
    kind = type_of(text)
    if kind is None:
        words = ", ".join(str(one) for one in dict.fromkeys(TYPES.values()))
        row.refuse("type", _("“{text}” is no type of movement. Write one of: {words}.", text=short(text), words=words))
    return kind


def _check_complete(row: RowReader, movement: Movement) -> None:
    kind = movement.kind
    if row.is_wrong:
        return
    if movement.item_id is None and kind not in WITHOUT_ITEM:
        row.refuse("item", _("Which item? Write its code."))
    if movement.qty is None and kind not in WITHOUT_ITEM:
        row.refuse("qty", _("How much? Write the quantity."))
    if not movement.ref and kind in NEEDS_REF:
        row.refuse("ref", _("Which document does it refer to? Write its number."))
    if kind is K.LANDED_COST and movement.value is None and movement.unit_cost is None:
        row.refuse("value", _("What did it cost? Write the value to be added."))
