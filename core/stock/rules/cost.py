"""The cost of goods: FIFO, moving average, standard and by lot, as a pure function of an item's entries.

`apply` books the latest entry, `replay` all entries of a window again, in the order (effective time, entry). Both give
the same to the last minor unit. The policies of ARCHITECTURE.md ("Numbers") are decided here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from core.stock.rules.cost_apply import apply, apply_with_landed, needs_replay, own_cost
from core.stock.rules.cost_state import CostState, Layer, Move, Origin, Outcome, Part, unit_cost, value_at_standard
from core.values import round_half_up, split_by_weights
from db.enums import CostMethod

__all__ = [
    "CostState",
    "Layer",
    "Move",
    "Origin",
    "Outcome",
    "Part",
    "apply",
    "needs_replay",
    "own_cost",
    "replay",
    "round_half_up",
    "split_by_weights",
    "unit_cost",
    "value_at_standard",
]


def replay(
    moves: Iterable[Move], state: CostState, origins: Mapping[int, Origin] | None = None
) -> tuple[dict[int, Outcome], CostState]:
    """What every entry of a window did, by entry, and where the cost stands after them; `state` is left as it was.

    `moves` come in order of (effective time, entry); `state` is how the item stood before the first of them. `origins`
    are the entries before the window that moves link to or land on, as they stood then.

    A landed cost belongs to its receipt from the receipt's place on, so goods issued in between are restated: the
    receipt is reckoned with it, and afterwards the landed entry shows its amount as value (under standard cost as
    variance) and the receipt the rest. A landed cost on a receipt before the window raises the value of what is still
    there of it, from the start of the window on (at most the quantity not yet returned; under FIFO its own layer),
    the rest is settled. So does a late one (its receipt lies in a closed period), from its own place in the order on.

    Raises ValueError as `apply` does, for an entry that stands there twice, and for a landed cost without amount or
    receipt.
    """
    ordered = list(moves)
    run = state.copy()
    book = dict(origins or {})
    landed = _landed_by_receipt([move for move in ordered if not move.is_late])
    if len({move.entry_id for move in ordered}) != len(ordered):
        raise ValueError("an entry stands in the window twice")
    outcomes: dict[int, Outcome] = {}
    for receipt_id in landed.keys() - {move.entry_id for move in ordered if move.landed_on is None}:
        _land_before_window(run, book, landed[receipt_id], outcomes)
    wanted = {move.link for move in ordered if move.link is not None}
    wanted |= {move.landed_on for move in ordered if move.is_late and move.landed_on is not None}
    for move in ordered:
        if move.landed_on is not None:
            if move.is_late:
                _land_before_window(run, book, [move], outcomes)
            continue
        gross = _run_one(run, move, book, landed.get(move.entry_id, []), outcomes)
        if move.entry_id in wanted:
            book[move.entry_id] = Origin(move.qty, gross.book, link=move.link, taken=gross.taken)
        _count_return(book, move, abs(gross.book))
    return outcomes, run


def _run_one(
    run: CostState, move: Move, book: Mapping[int, Origin], costs: list[Move], outcomes: dict[int, Outcome]
) -> Outcome:
    """Book one move with its landed costs and share the outcome out among them; returns the outcome of all together."""
    amount = sum(_amount(cost) for cost in costs)
    is_standard = run.method is CostMethod.STANDARD
    gross = apply_with_landed(run, move, None if move.link is None else book.get(move.link), amount)
    if is_standard:
        outcomes[move.entry_id] = replace(gross, variance=gross.variance - amount)
    else:
        outcomes[move.entry_id] = replace(gross, value=gross.value - amount)
    for cost in costs:
        outcomes[cost.entry_id] = Outcome(0, 0, _amount(cost)) if is_standard else Outcome(_amount(cost))
    return gross


def _landed_by_receipt(moves: list[Move]) -> dict[int, list[Move]]:
    landed: dict[int, list[Move]] = {}
    for move in moves:
        if move.landed_on is not None:
            landed.setdefault(move.landed_on, []).append(move)
    return landed


def _amount(cost: Move) -> int:
    if cost.given is None or cost.qty:
        raise ValueError(f"entry {cost.entry_id}: a landed cost has an amount and no quantity")
    return cost.given


def _land_before_window(
    run: CostState, book: dict[int, Origin], costs: list[Move], outcomes: dict[int, Outcome]
) -> None:
    for cost in costs:
        receipt_id, amount = cost.landed_on or 0, _amount(cost)
        receipt = book.get(receipt_id)
        if receipt is None or receipt.qty <= 0:
            raise ValueError(f"entry {cost.entry_id}: receipt {receipt_id} is not known")
        book[receipt_id] = replace(receipt, value=receipt.value + amount)
        if run.method is CostMethod.STANDARD:
            outcomes[cost.entry_id] = Outcome(0, 0, amount)
            continue
        layer = _layer_of_receipt(run, cost)
        left = 0 if layer is None else min(max(layer.qty, 0), max(receipt.qty - receipt.returned_qty, 0))
        kept = round_half_up(amount * left, receipt.qty)
        if layer is not None:
            layer.value += kept
        outcomes[cost.entry_id] = Outcome(kept, amount - kept)


def _layer_of_receipt(run: CostState, cost: Move) -> Layer | None:
    if run.method is CostMethod.FIFO:
        return next((layer for layer in run.layers if layer.entry_id == cost.landed_on), None)
    if run.method is CostMethod.LOT:
        return next((layer for layer in run.layers if layer.lot_id == cost.lot_id), None)
    return run.layers[0] if run.layers else None


def _count_return(book: dict[int, Origin], move: Move, amount: int) -> None:
    """Note at the origin what was taken back; undoing a return gives the return's own origin its quantity again."""
    sign, link = 1, move.link
    while link is not None and link in book:
        origin = book[link]
        book[link] = replace(
            origin,
            returned_qty=origin.returned_qty + sign * abs(move.qty),
            returned_value=origin.returned_value + sign * amount,
        )
        sign, link = -sign, origin.link
