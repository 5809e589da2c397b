"""Goods into and out of the layers of an item: what is owed is paid first, the oldest leaves first, nothing is lost."""

from __future__ import annotations

from core.stock.rules.cost_state import CostState, Layer, Move, Part
from core.values import round_half_up
from db.enums import CostMethod


def pool_of(state: CostState, lot_id: int | None) -> Layer | None:
    """The layer that a move joins: the lot's, the item's one pool, or under FIFO the stock that is owed."""
    if state.method is CostMethod.LOT:
        return next((layer for layer in state.layers if layer.lot_id == lot_id), None)
    if not state.layers:
        return None
    first = state.layers[0]
    return first if state.method is not CostMethod.FIFO or first.qty < 0 else None


def join(state: CostState, move: Move, pool: Layer | None, qty: int, value: int) -> None:
    """Add to a layer, or make one; a layer without quantity disappears (its value is nothing then)."""
    if pool is not None:
        pool.qty += qty
        pool.value += value
        if pool.qty == 0:
            state.layers.remove(pool)
        return
    lot_id = move.lot_id if state.method is CostMethod.LOT else None
    if move.restore and state.layers:
        state.layers.insert(0, Layer(state.layers[0].position - 1, move.entry_id, lot_id, qty, value))
    else:
        state.layers.append(Layer(next_position(state, move), move.entry_id, lot_id, qty, value))


def next_position(state: CostState, move: Move) -> int:
    """The place behind the last layer: the entry's id where that is free."""
    return max(move.entry_id, state.layers[-1].position + 1) if state.layers else move.entry_id


def put(state: CostState, move: Move, value: int) -> int:
    """Goods come in: they pay for what is owed, the rest joins the stock. Returns what was settled."""
    qty, settled, pool = move.qty, 0, pool_of(state, move.lot_id)
    if pool is not None and pool.qty < 0:
        qty, value, settled = _pay(state, move, qty, value, move.restore)
        pool = pool_of(state, move.lot_id)
    if qty:
        join(state, move, pool, qty, value)
    return settled


def _pay(state: CostState, move: Move, qty: int, value: int, is_undone: bool) -> tuple[int, int, int]:
    """Pay for stock that is owed; returns quantity and value that are left, and what was settled.

    Goods pay in proportion to quantity, at their own cost, and what was owed for them comes off in proportion too. What
    is undone was not needed after all: it cancels the debt at the amount it made it, so that nothing is settled.
    """
    pool = pool_of(state, move.lot_id)
    if pool is None or pool.qty >= 0:
        return qty, value, 0
    debt_qty, debt = -pool.qty, -pool.value
    covered = min(qty, debt_qty)
    paid = round_half_up(value * covered, qty)
    owed = round_half_up(debt * covered, debt_qty)
    if is_undone and covered < qty:
        paid = min(debt, value)
    elif is_undone and covered < debt_qty:
        owed = min(debt, value)
    join(state, move, pool, covered, owed)
    return qty - covered, value - paid, paid - owed


def put_back(state: CostState, move: Move, parts: tuple[Part, ...]) -> int:
    """Undo what left under FIFO: every part into its layer again, or to the front of the queue when that is gone.

    The last taken comes back first, so that the oldest ends in front; goods that were not there when they left cancel
    what is owed. Returns what was settled.
    """
    settled = 0
    for part in reversed(parts):
        qty, value, paid = _pay(state, move, part.qty, part.value, part.entry_id is None)
        settled += paid
        if qty:
            _put_in_layer(state, move, Part(part.entry_id, qty, value))
    return settled


def _put_in_layer(state: CostState, move: Move, part: Part) -> None:
    for layer in state.layers:
        if layer.entry_id == part.entry_id:
            layer.qty += part.qty
            layer.value += part.value
            return
    position = state.layers[0].position - 1 if state.layers else next_position(state, move)
    entry_id = move.entry_id if part.entry_id is None else part.entry_id
    state.layers.insert(0, Layer(position, entry_id, None, part.qty, part.value))


def take_from_pool(state: CostState, move: Move, own: int | None) -> int:
    """Take the average's share, or a linked return's own cost; the last quantity takes all the value that is left."""
    qty = -move.qty
    pool = pool_of(state, move.lot_id)
    held_qty, held_value = (pool.qty, pool.value) if pool is not None and pool.qty > 0 else (0, 0)
    if qty >= held_qty:
        cost = held_value + _missing_cost(state, qty, qty - held_qty, own)
    elif own is None:
        cost = round_half_up(held_value * qty, held_qty)
    else:
        cost = max(min(held_value, 0), min(own, max(held_value, 0)))
    join(state, move, pool, -qty, -cost)
    return cost


def take_from_layers(state: CostState, move: Move, own: int | None) -> tuple[Part, ...]:
    """Take the oldest first; a linked return takes its own layer before any other."""
    parts = _take_own_layer(state, move)
    need = -move.qty - sum(part.qty for part in parts)
    spent = 0
    for layer in state.layers:
        if need == 0 or layer.qty < 0:
            break
        parts.append(_cut(layer, need))
        need -= parts[-1].qty
        spent += layer.qty == 0
    del state.layers[:spent]
    if need:
        missing = _missing_cost(state, -move.qty, need, own)
        join(state, move, pool_of(state, move.lot_id), -need, -missing)
        parts.append(Part(None, need, missing))
    return tuple(parts)


def _take_own_layer(state: CostState, move: Move) -> list[Part]:
    if move.link is None:
        return []
    for index, layer in enumerate(state.layers):
        if layer.entry_id == move.link and layer.qty > 0:
            part = _cut(layer, -move.qty)
            if layer.qty == 0:
                del state.layers[index]
            return [part]
    return []


def _cut(layer: Layer, need: int) -> Part:
    """As much as is needed and there."""
    qty = min(need, layer.qty)
    part = Part(layer.entry_id, qty, round_half_up(layer.value * qty, layer.qty))
    layer.qty -= qty
    layer.value -= part.value
    return part


def _missing_cost(state: CostState, qty: int, missing: int, own: int | None) -> int:
    return state.last_cost(missing) if own is None else round_half_up(own * missing, qty)
