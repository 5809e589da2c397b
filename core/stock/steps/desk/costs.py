"""What postings cost: booked at once when they come in order of time, reckoned anew from history when they do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, select

from core.stock.rules.cost import CostState, Layer, Move, apply, replay
from core.stock.steps.desk.balances import Balances, Past
from core.stock.steps.desk.facts import Facts
from core.stock.steps.desk.resolve import Line
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import CostMethod
from db.enums import PostingKind as K
from db.prepared import Prepared
from db.sql import chunks
from db.stock import CostLayer, ItemCost

FRONT_LAYERS = 2  # the delivery that is being used up and the next


def _books() -> Select[*tuple[Any, ...]]:
    """Items by `ids` with their front layers, a row each; under other methods than FIFO with all layers, which are few."""
    layer, other = table_of(CostLayer).alias(), table_of(CostLayer).alias()
    last_of_front = (
        select(other.c.position)
        .where(other.c.item_id == ItemCost.item_id)
        .order_by(other.c.position)
        .limit(1)
        .offset(FRONT_LAYERS - 1)
        .correlate(ItemCost)
        .scalar_subquery()
    )
    # One bound an item, so that the layers behind it are not even looked at.
    last = case((ItemCost.method == CostMethod.FIFO, func.coalesce(last_of_front, 2**62)), else_=2**62)
    amounts = (layer.c.qty.label("layer_qty"), layer.c.value.label("layer_value"))
    return (
        select(table_of(ItemCost), layer.c.position, layer.c.entry_id, layer.c.lot_id, *amounts)
        .outerjoin(layer, and_(layer.c.item_id == ItemCost.item_id, layer.c.position <= last))
        .where(ItemCost.item_id.in_(bindparam("ids", expanding=True)))
        .order_by(ItemCost.item_id, layer.c.position)
    )


_BOOKS = Prepared(_books())
_LAYERS = Prepared(select(table_of(CostLayer)).where(CostLayer.item_id.in_(bindparam("ids", expanding=True))))
_METHODS = {str(method): method for method in CostMethod}
NEED_HISTORY = frozenset({K.LANDED_COST, K.REVALUATION})
LINKED_KINDS = frozenset({K.RETURN_TO_SUPPLIER, K.RETURN_FROM_CUSTOMER})


@dataclass(slots=True)
class ItemBook:
    """The cost of one item while postings are made."""

    state: CostState
    last_at: int = -1
    hidden_qty: int = 0
    hidden_value: int = 0
    """Quantity and value of layers behind those loaded."""
    before: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Position to quantity and value of the layers as stored."""
    is_replayed: bool = False
    fresh: list[Line] = field(default_factory=list)

    def show(self, position: int, entry_id: int, lot_id: int, qty: int, value: int) -> None:
        """A layer as stored."""
        self.state.layers.append(Layer(position, entry_id, lot_id or None, qty, value))
        self.before[position] = (qty, value)
        self.hidden_qty -= qty
        self.hidden_value -= value

    def lacks(self, needed: int) -> bool:
        """Whether so much may reach the layers behind those loaded; what came in meanwhile stands behind them too."""
        if not (self.hidden_qty or self.hidden_value):
            return False
        return sum([layer.qty for layer in self.state.layers if layer.position in self.before]) < needed


class Costs:
    """The cost books of all items touched."""

    def __init__(self, uow: UnitOfWork, facts: Facts, balances: Balances) -> None:
        self._uow, self._facts, self._balances = uow, facts, balances
        self.books: dict[int, ItemBook] = {}
        self.restated: list[dict[str, int]] = []

    def load(self, item_ids: Iterable[int]) -> None:
        """Where the cost of these items stands; of many FIFO layers only those at the front of the queue."""
        for part in chunks(sorted(set(item_ids) - self.books.keys())):
            for row in _BOOKS.rows(self._uow.sql, ids=part):
                item_id, method, standard, qty, value, last_qty, last_value, last_at, position, *layer = row
                book = self.books.get(item_id)
                if book is None:
                    state = CostState(_METHODS[method], standard, [], last_qty, last_value)
                    book = self.books[item_id] = ItemBook(state, last_at, qty, value)
                if position is not None:
                    book.show(position, *layer)
            for item_id in part:
                if item_id not in self.books:
                    self.books[item_id] = ItemBook(self._opening_state(item_id))

    def _opening_state(self, item_id: int) -> CostState:
        item = self._facts.item(item_id)
        standard = 0 if item.standard_cost is None else int(item.standard_cost.scaleb(6 + self._uow.site.digits))
        return CostState(item.cost_method, standard)

    def reach(self, lines: Iterable[Line]) -> None:
        """Load the layers behind those at the front for items that lose more than these hold: one statement for all."""
        needed: dict[int, int] = {}
        for line in lines:
            if line.qty < 0 and line.kind is not K.TRANSFER:
                needed[line.item_id] = needed.get(line.item_id, 0) - line.qty
        lacking = [item_id for item_id, qty in needed.items() if self.books[item_id].lacks(qty)]
        for part in chunks(lacking):
            known = {item_id: set(self.books[item_id].before) for item_id in part}
            for item_id, position, *rest in _LAYERS.rows(self._uow.sql, ids=part):
                if position not in known[item_id]:
                    self.books[item_id].show(position, *rest)
        for item_id in lacking:
            self.books[item_id].state.layers.sort(key=lambda layer: layer.position)

    def book(self, lines: Iterable[Line]) -> None:
        """Book lines in order; their values are known at once unless their items are reckoned anew at the end."""
        for line in lines:
            book = self.books[line.item_id]
            if line.at < book.last_at or _needs_history(line):
                book.is_replayed = True
            book.last_at = max(book.last_at, line.at)
            book.fresh.append(line)
            if not book.is_replayed and line.kind is not K.TRANSFER:
                outcome = apply(book.state, _move(line))
                line.value, line.settled, line.variance = outcome.value, outcome.settled, outcome.variance

    def settle(self, item_ids: Iterable[int] | None = None) -> None:
        """Reckon anew the items that need it; what earlier entries are worth differently now is in `restated`."""
        chosen = self.books if item_ids is None else item_ids
        for item_id in sorted([one for one in chosen if self.books[one].is_replayed]):
            self._replay(item_id)

    def _replay(self, item_id: int) -> None:
        book = self.books[item_id]
        past = self._balances.history[item_id]
        both: list[Past | Line] = [*past, *book.fresh]
        ordered = sorted(both, key=lambda one: (one.at, one.entry_id))
        outcomes, state = replay(_moves(ordered), self._opening_state(item_id))
        for line in book.fresh:
            if line.kind is not K.TRANSFER:
                outcome = outcomes[line.entry_id]
                line.value, line.settled, line.variance = outcome.value, outcome.settled, outcome.variance
        self.restated = [row for row in self.restated if row["key_item"] != item_id]
        for one in past:
            if one.entry_id not in outcomes:
                continue
            outcome = outcomes[one.entry_id]
            if (outcome.value, outcome.settled, outcome.variance) != (
                one.value,
                one.settled,
                one.variance,
            ):
                self.restated.append(
                    {
                        "key": one.entry_id,
                        "key_item": item_id,
                        "new_value": outcome.value,
                        "new_settled": outcome.settled,
                        "new_variance": outcome.variance,
                    }
                )
        book.state, book.hidden_qty, book.hidden_value = state, 0, 0


def _needs_history(line: Line) -> bool:
    """Whether a line cannot be booked as the item's latest whenever it is: link to an entry, landed cost, revaluation."""
    return line.kind in NEED_HISTORY or is_linked(line)


def is_linked(line: Line | Past) -> bool:
    """Whether an entry takes another one back, so that its cost follows from that one."""
    return line.link_id is not None and (line.is_reversal or K(line.kind) in LINKED_KINDS)


def _move(
    line: Line | Past, lot_qtys: tuple[tuple[int | None, int], ...] | None = None, *, is_late: bool = False
) -> Move:
    if line.link_id is None and not line.new_method and line.new_standard is None:
        return Move(line.entry_id, line.qty, line.lot_id or None, line.given if line.qty > 0 else None)
    is_landed = line.kind == K.LANDED_COST
    takes_back = is_linked(line) and not is_landed
    return Move(
        entry_id=line.entry_id,
        qty=line.qty,
        lot_id=line.lot_id or None,
        given=line.given if line.qty > 0 or is_landed else None,
        link=line.link_id if takes_back else None,
        restore=line.is_reversal and line.qty > 0 and takes_back,
        landed_on=line.link_id if is_landed else None,
        method=CostMethod(line.new_method) if line.new_method else None,
        standard=line.new_standard,
        lot_qtys=lot_qtys,
        is_late=is_late,
    )


def _moves(ordered: list[Past | Line]) -> list[Move]:
    """All entries that cost anything, in order; a revaluation is told what each lot holds at its moment, and a landed cost
    that stands after its receipt is late."""
    moves: list[Move] = []
    landed = {one.link_id for one in ordered if one.kind == K.LANDED_COST}
    stood_at = {one.entry_id: one.at for one in ordered if one.entry_id in landed} if landed else {}
    by_lot: dict[int | None, int] = {}
    for one in ordered:
        if one.kind == K.TRANSFER:
            continue
        lots = tuple(sorted(by_lot.items(), key=lambda lot: lot[0] or 0)) if one.new_method else None
        is_late = one.kind == K.LANDED_COST and one.at > stood_at.get(one.link_id or 0, one.at)
        moves.append(_move(one, lots, is_late=is_late))
        by_lot[one.lot_id or None] = by_lot.get(one.lot_id or None, 0) + one.qty
    return moves


def replayed(history: list[Past], opening: CostState) -> tuple[dict[int, tuple[int, int, int]], CostState]:
    """What every entry of an item must be worth, reckoned from nothing: for `verify`."""
    outcomes, state = replay(_moves(list(history)), opening)
    return {key: (one.value, one.settled, one.variance) for key, one in outcomes.items()}, state
