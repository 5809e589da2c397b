"""What entries add to a figure of the month's review: by entry's id, summing to the figure exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from core.costing.rules.bridge import BridgePart, share_out
from core.costing.rules.drill import Entry, moved, shares
from core.costing.steps.bridge_rows import above
from core.costing.steps.bridges import use_of
from core.costing.steps.month_frames import Frame
from core.costing.steps.month_lines import COUNTS, OTHER, USAGE, WASTE, spent
from core.costing.steps.movers import moves_of_prices
from core.costing.steps.review_rows import Span
from core.costing.types.figures import Figure, FigureKey
from core.uow import UnitOfWork
from db.columns import micros
from db.enums import PostingKind as K
from db.stock import StockEntry, StockPosting

E, P = StockEntry, StockPosting
SPENT = (K.ISSUE, K.WASTE, K.COUNT, K.ADJUSTMENT, K.REVALUATION)
BOUGHT = (K.RECEIPT, K.LANDED_COST)
ALL = (USAGE, WASTE, COUNTS, OTHER)
NOW = {
    FigureKey.COST: ALL,
    FigureKey.USAGE: (USAGE,),
    FigureKey.WASTE: (WASTE,),
    FigureKey.COUNTS: (COUNTS,),
    FigureKey.OTHER: (OTHER,),
}
CHANGED = {
    FigureKey.CHANGE: ALL,
    FigureKey.WASTE_CHANGE: (WASTE,),
    FigureKey.COUNTS_CHANGE: (COUNTS,),
    FigureKey.OTHER_CHANGE: (OTHER,),
}
EXPLAINED = {
    FigureKey.PRICE: BridgePart.PRICE,
    FigureKey.QUANTITY: BridgePart.QUANTITY,
    FigureKey.MIX: BridgePart.MIX,
}
Added = dict[int, tuple[int, int]]
"""By entry: the amount it adds (minor units), and the quantity that goes with it (millionths)."""


@dataclass(frozen=True, slots=True)
class Part:
    """An entry's part of the cost: which item and section, which kind of cost, quantity used and amount."""

    entry_id: int
    item_id: int
    section: str
    kind: int
    qty: int
    amount: int


def added_by(uow: UnitOfWork, frame: Frame, figure: Figure) -> Added:
    """What each entry adds to a figure of cost (of either month), change, price, quantity, mix or a price that moved."""
    if figure.key in NOW:
        return _summed((1, _parts(uow, frame, figure, NOW[figure.key], 1)))
    if figure.key is FigureKey.BEFORE:
        return _summed((1, _parts(uow, frame, figure, ALL, 0)))
    if figure.key in CHANGED:
        kinds = CHANGED[figure.key]
        return _summed((1, _parts(uow, frame, figure, kinds, 1)), (-1, _parts(uow, frame, figure, kinds, 0)))
    if figure.key in EXPLAINED:
        return _explained(uow, frame, figure, EXPLAINED[figure.key])
    return _moved(uow, frame, figure)


def _summed(*several: tuple[int, Iterable[Part]]) -> Added:
    found: Added = {}
    for sign, parts in several:
        for one in parts:
            amount, qty = found.get(one.entry_id, (0, 0))
            found[one.entry_id] = (amount + sign * one.amount, qty + sign * one.qty)
    return found


def _parts(uow: UnitOfWork, frame: Frame, figure: Figure, kinds: Collection[int], which: int) -> Iterator[Part]:
    """The parts of entries that a figure takes in, of the month (1) or of the one compared with (0)."""
    span = frame.spans.now if which else frame.spans.before
    wanted = item_test(frame, figure)
    for row in _entries(uow, span, figure, SPENT):
        if not wanted(row.item_id) or (figure.reason is not None and row.reason != figure.reason):
            continue
        for kind, purpose, qty, amount in spent(row):
            if kind not in kinds:
                continue
            sections = frame.sections
            key = sections.of_location(row.location_id) if purpose is None else sections.of_purpose(purpose)
            if figure.section in (None, key):
                yield Part(row.id, row.item_id, key, kind, qty, amount)


def item_test(frame: Frame, figure: Figure) -> Callable[[int], bool]:
    """Whether an item belongs to a figure."""
    if figure.item_id is not None:
        return lambda item_id: item_id == figure.item_id
    wanted = figure.category_id
    if wanted is None:
        return lambda _item_id: True
    return lambda item_id: item_id in frame.rows and wanted in above(frame.rows[item_id].category_id, frame.categories)


def _entries(uow: UnitOfWork, span: Span, figure: Figure, kinds: Collection[K]) -> Iterable[Any]:
    """The entries of a period that cost something, in their order."""
    wanted = (
        select(E.id, E.item_id, E.kind, E.location_id, E.reason, E.qty, E.value, E.settled, P.purpose)
        .join(P, P.id == E.posting_id)
        .where(E.at >= micros(span[0]), E.at <= micros(span[1]), or_(E.kind.in_(kinds), E.settled != 0))
        .order_by(E.at, E.id)
    )
    if figure.item_id is not None:
        wanted = wanted.where(E.item_id == figure.item_id)
    return uow.sql.execute(wanted)


def _explained(uow: UnitOfWork, frame: Frame, figure: Figure, part: BridgePart) -> Added:
    """Price, quantity or mix: the entries of usage of both months, item by item and section by section."""
    both: list[dict[tuple[int, str], list[Entry]]] = [defaultdict(list), defaultdict(list)]
    qtys: dict[int, int] = {}
    for which in (0, 1):
        for one in _parts(uow, frame, figure, (USAGE,), which):
            both[which][one.item_id, one.section].append((one.entry_id, one.qty, one.amount))
            qtys[one.entry_id] = qtys.get(one.entry_id, 0) + (one.qty if which else -one.qty)
    found: dict[int, int] = defaultdict(int)
    for item_id in {key[0] for several in both for key in several}:
        by_section = frame.made.cells[item_id]
        shared = share_out(frame.made.parts[item_id], [use_of(cell) for cell in by_section.values()])
        for section, parts in zip(by_section, shared, strict=True):
            key = (item_id, section)
            for entry_id, amount in shares(part, parts, both[0][key], both[1][key]):
                found[entry_id] += amount
    return {entry_id: (amount, qtys[entry_id]) for entry_id, amount in found.items() if amount}


def _moved(uow: UnitOfWork, frame: Frame, figure: Figure) -> Added:
    """What receipts cost more than at the item's old cost."""
    wanted = figure.category_id
    moves = {
        row.key: move
        for row, move in moves_of_prices(frame.pair)
        if wanted is None or wanted in above(row.category_id, frame.categories)
    }
    receipts: Mapping[int, list[Entry]] = defaultdict(list)
    for row in _entries(uow, frame.spans.now, figure, BOUGHT):
        if row.kind in BOUGHT and row.item_id in moves:
            receipts[row.item_id].append((row.id, row.qty, row.value + row.settled))
    found: Added = {}
    for item_id, entries in receipts.items():
        qtys = {entry_id: qty for entry_id, qty, _amount in entries}
        found.update({key: (amount, qtys[key]) for key, amount in moved(entries, moves[item_id].cost)})
    return found
