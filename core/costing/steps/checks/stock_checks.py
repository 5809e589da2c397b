"""Checks of what lies in stock: below zero, on its way, expired, at an odd cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from core.costing.rules.odd_costs import Oddity, odd_cost, odd_price
from core.costing.steps.checks.frame import Found, Look, Place
from core.costing.types.checks import CheckKind, CheckLevel, CheckLine, CheckRecord
from core.i18n import Name, Text, _, _n
from core.values import from_micro
from db.columns import micros
from db.enums import LocationKind
from db.enums import PostingKind as K
from db.sql import total
from db.stock import StockEntry

E = StockEntry


def negative_stock(look: Look) -> Found:
    """Places that hold less than nothing."""
    lines = _item_lines(look, {place: qty for place, qty in look.held.items() if qty < 0})
    if not lines:
        return Found(CheckKind.NEGATIVE_STOCK, CheckLevel.GOOD, _("Nothing is below zero."))
    words = _n(
        "{n} balance is below zero: a receipt, a production or a transfer is missing. Post it, or count the item.",
        "{n} balances are below zero: receipts, productions or transfers are missing. Post them, or count the items.",
        len(lines),
    )
    return Found(CheckKind.NEGATIVE_STOCK, CheckLevel.LOOK, words, lines)


def in_transit(look: Look) -> Found:
    """Goods that left one place and did not arrive at another."""
    transit = {key for key, place in look.places.items() if place.kind == LocationKind.TRANSIT}
    lines = _item_lines(look, {place: qty for place, qty in look.held.items() if qty > 0 and place[1] in transit})
    if not lines:
        return Found(CheckKind.IN_TRANSIT, CheckLevel.GOOD, _("Nothing is on its way between places."))
    words = _n(
        "{n} item is on its way between places. Take it in where it arrived, or send it back.",
        "{n} items are on their way between places. Take them in where they arrived, or send them back.",
        len(lines),
    )
    return Found(CheckKind.IN_TRANSIT, CheckLevel.LOOK, words, lines)


def expired_in_stock(look: Look) -> Found:
    """Lots past their day that are still booked as stock: waste that nobody posted."""
    past = {key for key, lot in look.lots.items() if lot.expires_on < look.last_day}
    late = {place: qty for place, qty in look.held.items() if place[2] in past and qty > 0}
    items = look.items(place[0] for place in late)
    lines = []
    for place, qty in late.items():
        lot, where = look.lots[place[2]], look.places[place[1]]
        note = _("Lot {lot}, {place}", lot=lot.number, place=Name(where.name, where.name_en))
        item = items[place[0]]
        line = CheckLine(
            CheckRecord.LOT, place[2], item.code, item.name, item.name_en, from_micro(qty), item.base_unit, None,
            lot.expires_on, note, place[0], place[1],
        )  # fmt: skip
        lines.append((look.worth(place[0], qty), line))
    if not lines:
        return Found(CheckKind.EXPIRED_IN_STOCK, CheckLevel.GOOD, _("No expired goods are booked as stock."))
    words = _n(
        "{n} expired lot is still booked as stock. Post it as waste, or correct its date.",
        "{n} expired lots are still booked as stock. Post them as waste, or correct their dates.",
        len(lines),
    )
    return Found(CheckKind.EXPIRED_IN_STOCK, CheckLevel.LOOK, words, lines)


def odd_costs(look: Look) -> Found:
    """Items whose unit cost can hardly be right, and receipts of the month at a price that can hardly be."""
    odd: dict[int, tuple[int, int, Oddity]] = {}
    moved = look.moved
    for item_id, (qty, value) in look.values.items():
        is_right = qty > 0 and value > 0
        if is_right and item_id not in moved:
            continue  # what lay still is as it was
        before = look.opening_of(item_id)
        if is_right and before == (qty, value):
            continue
        oddity = odd_cost(before, (qty, value))
        if oddity is not None:
            odd[item_id] = (qty, value, oddity)
    for item_id, qty, value in _received(look):
        oddity = odd_price(look.opening_of(item_id), (qty, value))
        if oddity is not None:
            odd.setdefault(item_id, (qty, value, oddity))
    items = look.items(odd)
    lines = [(value, _odd_line(items[item_id], qty, oddity)) for item_id, (qty, value, oddity) in odd.items()]
    if not lines:
        return Found(CheckKind.ODD_COSTS, CheckLevel.GOOD, _("No unit cost is odd."))
    words = _n(
        "The cost of {n} item is odd: free, below nothing, or three times what it was. Look at its receipts.",
        "The cost of {n} items is odd: free, below nothing, or three times what it was. Look at their receipts.",
        len(lines),
    )
    return Found(CheckKind.ODD_COSTS, CheckLevel.LOOK, words, lines)


_ODD: dict[Oddity, Text] = {
    Oddity.FREE: _("In stock without any cost"),
    Oddity.BELOW_NOTHING: _("Worth less than nothing"),
    Oddity.LEFT_OVER: _("A value without goods"),
    Oddity.DEARER: _("Three times as dear as before, or more"),
    Oddity.CHEAPER: _("A third of what it cost before, or less"),
}


def _odd_line(item: Any, qty: int, oddity: Oddity) -> CheckLine:
    return CheckLine(
        CheckRecord.ITEM, item.id, item.code, item.name, item.name_en, from_micro(qty), item.base_unit, None, None,
        _ODD[oddity], item.id,
    )  # fmt: skip


def _received(look: Look) -> list[tuple[int, int, int]]:
    """Quantity and stated value of every item's receipts in the month, those taken back left out."""
    rows = look.uow.sql.execute(
        select(E.item_id, total(E.qty), total(E.value + E.settled + E.variance))
        .where(E.at >= micros(look.start), E.at <= micros(look.end), E.kind == K.RECEIPT)
        .group_by(E.item_id)
    )
    return [(row[0], int(row[1]), int(row[2])) for row in rows]


def _item_lines(look: Look, held: Mapping[Place, int]) -> list[tuple[int, CheckLine]]:
    """A line for each place and item, with what it was worth."""
    items = look.items(place[0] for place in held)
    return [(look.worth(place[0], qty), _item_line(look, items[place[0]], place, qty)) for place, qty in held.items()]


def _item_line(look: Look, item: Any, place: Place, qty: int) -> CheckLine:
    where = look.places[place[1]]
    return CheckLine(
        CheckRecord.ITEM, item.id, item.code, item.name, item.name_en, from_micro(qty), item.base_unit, None, None,
        _("At {place}", place=Name(where.name, where.name_en)), item.id, place[1],
    )  # fmt: skip
