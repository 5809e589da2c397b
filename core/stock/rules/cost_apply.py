"""One move on one item's cost: what comes in, what goes out, and a change of method or standard.

How it is reckoned. Every part of a whole is taken by rounding half up and leaves the rest behind, so nothing is lost:
3 for 100.00 go out as 33.33, 33.34, 33.33. Goods that come in while stock is owed pay for that first; what they cost
more or less than was assumed is settled at once. Goods that leave without being there cost what was last known.
"""

from __future__ import annotations

from core.stock.rules.cost_layers import join, next_position, pool_of, put, put_back, take_from_layers, take_from_pool
from core.stock.rules.cost_state import STANDARD_SCALE, CostState, Layer, Move, Origin, Outcome, Part, value_at_standard
from core.values import round_half_up, split_by_weights
from db.enums import CostMethod

_LotQtys = list[tuple[int | None, int]]


def apply(state: CostState, move: Move, origin: Origin | None = None) -> Outcome:
    """Book one move as the item's latest; `state` changes. The work depends on the layers touched, not on the history.

    `origin` is required when the move has a link. Raises ValueError, and changes nothing, when `needs_replay` says so,
    for a link without its origin or in the same direction as it, for a value given to goods that leave or below zero,
    and for a change to the method by lot whose lots do not add up to the stock.
    """
    is_known = move.landed_on is None and origin is not None and origin.taken is not None
    if needs_replay(state, move) and not is_known:
        raise ValueError(f"entry {move.entry_id}: its cost depends on what happened before, replay the item")
    return apply_with_landed(state, move, origin, 0)


def needs_replay(state: CostState, move: Move) -> bool:
    """Whether a latest entry cannot simply be applied but the item must be replayed.

    So it is for landed cost, which belongs to its receipt, and under FIFO for the reversal of goods that left: they go
    back into the layers they came from, and only a replay (or a caller who kept `Outcome.taken`) knows which.
    """
    return move.landed_on is not None or (move.restore and move.qty > 0 and state.method is CostMethod.FIFO)


def apply_with_landed(state: CostState, move: Move, origin: Origin | None, landed: int) -> Outcome:
    """As `apply`, with the landed cost that belongs to the move when it is a receipt, in minor units and signed."""
    _check(move, origin, landed)
    if move.qty > 0:
        return _take_in(state, move, origin, landed)
    if move.qty < 0:
        return _give_out(state, move, origin)
    return _revalue(state, move)


def _check(move: Move, origin: Origin | None, landed: int) -> None:
    if move.given is not None and (move.qty <= 0 or move.given < 0):
        raise ValueError(f"entry {move.entry_id}: a value is given to goods coming in only, and not below zero")
    if landed and move.qty <= 0:
        raise ValueError(f"entry {move.entry_id}: landed cost belongs to goods coming in")
    if move.link is not None and move.qty and (origin is None or origin.qty * move.qty >= 0):
        raise ValueError(f"entry {move.entry_id}: its origin {move.link} is missing or goes the same way")


def own_cost(origin: Origin, qty: int) -> int:
    """Cost of the next `qty` (absolute) taken back from an entry, by cumulative rounding: parts sum to the whole."""
    whole, done = abs(origin.qty), origin.returned_qty
    book = origin.value if origin.qty > 0 else -origin.value
    return round_half_up(book * (done + qty), whole) - round_half_up(book * done, whole)


def _take_in(state: CostState, move: Move, origin: Origin | None, landed: int) -> Outcome:
    stated = move.given
    if stated is None and move.link is not None and origin is not None:
        stated = own_cost(origin, move.qty)
    if state.method is CostMethod.STANDARD:
        return _move_at_standard(state, move, stated, landed)
    value = landed + (_method_cost(state, move) if stated is None else stated)
    parts = _parts_of_whole(state, move, origin)
    restored = 0 if parts is None else value - sum(part.value for part in parts)
    settled = put(state, move, value) if parts is None else put_back(state, move, parts) + restored
    if stated is not None and not move.restore:
        _learn(state, move.qty, value)
    return Outcome(value - settled, settled)


def _parts_of_whole(state: CostState, move: Move, origin: Origin | None) -> tuple[Part, ...] | None:
    """The layers to put goods back into: known when all of what left under FIFO is reversed at once."""
    if not move.restore or origin is None or state.method is not CostMethod.FIFO:
        return None
    return origin.taken or None if move.qty == -origin.qty else None


def _give_out(state: CostState, move: Move, origin: Origin | None) -> Outcome:
    own = None if move.link is None or origin is None else own_cost(origin, -move.qty)
    if state.method is CostMethod.STANDARD:
        return _move_at_standard(state, move, None if own is None else -own, 0)
    parts = take_from_layers(state, move, own) if state.method is CostMethod.FIFO else ()
    taken = sum(part.value for part in parts) if parts else take_from_pool(state, move, own)
    return Outcome(-taken, 0 if own is None else taken - own, 0, parts)


def _move_at_standard(state: CostState, move: Move, stated: int | None, landed: int) -> Outcome:
    """The stock is always its quantity at standard; whatever the document says beyond that is variance."""
    pool = pool_of(state, move.lot_id)
    qty, value = (pool.qty, pool.value) if pool is not None else (0, 0)
    change = value_at_standard(qty + move.qty, state.standard) - value
    join(state, move, pool, move.qty, change)
    _learn_standard(state)
    return Outcome(change, 0, landed + (0 if stated is None else stated - change))


def _revalue(state: CostState, move: Move) -> Outcome:
    """A new method, a new standard or both; the stock keeps its value, except under standard cost.

    Value that no quantity carries (nothing on hand, or stock owed of one lot outweighing another) becomes variance.
    """
    old, before, qty = state.method, state.value, state.qty
    method = old if move.method is None else move.method
    is_new = method is not old
    parts: _LotQtys = [(None, qty)]
    if is_new and method is CostMethod.LOT:
        parts = _lot_parts(move, qty)
    if old is CostMethod.STANDARD:
        _learn_standard(state)
    state.method = method
    state.standard = state.standard if move.standard is None else move.standard
    if method is CostMethod.STANDARD:
        _regroup(state, move, parts, value_at_standard(qty, state.standard))
        _learn_standard(state)
    elif is_new:
        _regroup(state, move, parts, before if before * qty > 0 else 0)
    change = state.value - before
    return Outcome(change, 0, -change)


def _regroup(state: CostState, move: Move, parts: _LotQtys, value: int) -> None:
    """New layers for the same stock, the value spread over them by quantity."""
    parts = [part for part in parts if part[1]]
    sign = -1 if state.qty < 0 else 1
    shares = split_by_weights(value, [sign * part for _lot, part in parts]) if value else [0] * len(parts)
    first = next_position(state, move)
    state.layers = [
        Layer(first + index, move.entry_id, lot_id, part, share)
        for index, ((lot_id, part), share) in enumerate(zip(parts, shares, strict=True))
    ]


def _lot_parts(move: Move, qty: int) -> _LotQtys:
    parts = list(move.lot_qtys or ())
    if sum(part for _lot, part in parts) != qty or len({lot_id for lot_id, _part in parts}) != len(parts):
        raise ValueError(f"entry {move.entry_id}: the lots do not add up to the stock of {qty}")
    return parts


def _method_cost(state: CostState, move: Move) -> int:
    """What goods coming in without a value cost: the pool's average, or else the last known cost."""
    pool = pool_of(state, move.lot_id)
    if pool is not None and pool.qty > 0:
        return round_half_up(pool.value * move.qty, pool.qty)
    return state.last_cost(move.qty)


def _learn(state: CostState, qty: int, value: int) -> None:
    """A receipt tells what the goods cost now: its own cost, under the average that of the pool it joined."""
    if state.method is CostMethod.AVERAGE:
        qty, value = state.qty, state.value
    if qty > 0 and value > 0:
        state.last_qty, state.last_value = qty, value


def _learn_standard(state: CostState) -> None:
    if state.standard > 0:
        state.last_qty, state.last_value = STANDARD_SCALE, state.standard
