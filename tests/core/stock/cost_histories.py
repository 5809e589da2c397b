"""Histories of one item as Hypothesis draws them, and a ledger that books them one by one.

Steps are drawn freely and become moves only where they make sense: nothing takes back more than there was, a change to
the method by lot knows its lots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from core.stock.rules.cost import CostState, Move, Origin, Outcome, apply
from db.enums import CostMethod

QTY = 250_000
IN_ORDER = (
    "receipt",
    "receipt",
    "found",
    "issue",
    "issue",
    "issue",
    "supplier_return",
    "customer_return",
    "undo",
    "undo",
)
REVALUED = (*IN_ORDER, "method", "standard")
LANDED = (*IN_ORDER, "landed")
EVERYTHING = (*REVALUED, "landed")

methods = st.sampled_from(list(CostMethod))
pool_methods = st.sampled_from([CostMethod.FIFO, CostMethod.AVERAGE, CostMethod.LOT])


@dataclass(frozen=True)
class Step:
    """One thing that may happen: `pick` chooses among the entries it can refer to."""

    kind: str
    qty: int
    amount: int
    pick: int
    lot_id: int | None
    method: CostMethod


def steps(kinds: Sequence[str], max_size: int = 25) -> st.SearchStrategy[list[Step]]:
    """Histories made of these kinds of steps."""
    step = st.builds(
        Step,
        kind=st.sampled_from(kinds),
        qty=st.integers(1, 40).map(lambda quarters: quarters * QTY),
        amount=st.one_of(st.integers(0, 9), st.integers(0, 100_000)),
        pick=st.integers(0, 30),
        lot_id=st.sampled_from([None, 7, 8]),
        method=methods,
    )
    return st.lists(step, max_size=max_size)


def opening(method: CostMethod) -> CostState:
    """An item without stock whose cost was known once."""
    return CostState(method, standard=1234 * 10**4, last_qty=3 * 10**6, last_value=1000)


@dataclass
class History:
    """Moves in order, made of steps."""

    moves: list[Move] = field(default_factory=list)
    left: dict[int, int] = field(default_factory=dict)

    def add(self, step: Step) -> None:
        """The step's move, or none where it would make no sense."""
        move = self._move(step, len(self.moves) + 1)
        if move is None:
            return
        self.moves.append(move)
        self.left[move.entry_id] = abs(move.qty)
        if move.link is not None:
            self._take_back(move.link, abs(move.qty))

    def _take_back(self, link: int | None, qty: int) -> None:
        while link is not None:
            self.left[link] -= qty
            link, qty = self.moves[link - 1].link, -qty

    def _move(self, step: Step, entry_id: int) -> Move | None:
        plain = Move(entry_id, lot_id=step.lot_id)
        match step.kind:
            case "receipt":
                return replace(plain, qty=step.qty, given=step.amount)
            case "found":
                return replace(plain, qty=step.qty)
            case "issue":
                return replace(plain, qty=-step.qty)
            case "method":
                return Move(entry_id, method=step.method, lot_qtys=lot_qtys(self.moves))
            case "standard":
                return Move(entry_id, standard=step.amount * 10**4)
        return self._referring(step, entry_id)

    def _referring(self, step: Step, entry_id: int) -> Move | None:
        candidates = [move for move in self.moves if self._can_refer(step.kind, move)]
        if not candidates:
            return None
        origin = candidates[step.pick % len(candidates)]
        if step.kind == "landed":
            return Move(entry_id, lot_id=origin.lot_id, given=step.amount, landed_on=origin.entry_id)
        left = self.left[origin.entry_id]
        qty = left if step.kind == "undo" else min(left, step.qty)
        is_incoming = origin.qty > 0
        return Move(
            entry_id,
            -qty if is_incoming else qty,
            lot_id=origin.lot_id,
            link=origin.entry_id,
            restore=step.kind == "undo" and not is_incoming,
        )

    def _can_refer(self, kind: str, move: Move) -> bool:
        is_first = move.link is None
        match kind:
            case "landed":
                return move.qty > 0 and move.given is not None
            case "supplier_return":
                return is_first and move.qty > 0 and self.left[move.entry_id] > 0
            case "customer_return":
                return is_first and move.qty < 0 and self.left[move.entry_id] > 0
        return move.qty != 0 and self.left[move.entry_id] > 0


def moves_of(drawn: list[Step]) -> list[Move]:
    """The moves of a history, numbered from 1 in order."""
    history = History()
    for step in drawn:
        history.add(step)
    return history.moves


def lot_qtys(moves: Sequence[Move]) -> tuple[tuple[int | None, int], ...]:
    """What each lot holds after these moves."""
    held: dict[int | None, int] = {}
    for move in moves:
        held[move.lot_id] = held.get(move.lot_id, 0) + move.qty
    return tuple(held.items())


@dataclass
class Ledger:
    """Books moves one by one, as posting does, and keeps what it needs to know about earlier ones."""

    state: CostState
    moves: dict[int, Move] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    def post(self, move: Move) -> Outcome:
        """Apply the move as the latest."""
        origin = None if move.link is None else self.origin(move.link)
        self.outcomes[move.entry_id] = apply(self.state, move, origin)
        self.moves[move.entry_id] = move
        return self.outcomes[move.entry_id]

    def origin(self, entry_id: int) -> Origin:
        """What is known of an entry when another one takes it back; landed cost included."""
        move, outcome = self.moves[entry_id], self.outcomes[entry_id]
        landed = sum(self.outcomes[one.entry_id].book for one in self.moves.values() if one.landed_on == entry_id)
        book = outcome.book + landed
        return Origin(move.qty, book, self.taken_back(entry_id), link=move.link, taken=outcome.taken)

    def taken_back(self, entry_id: int) -> int:
        """How much of an entry was taken back and not given again."""
        linked = [move for move in self.moves.values() if move.link == entry_id]
        return sum(abs(move.qty) - self.taken_back(move.entry_id) for move in linked)
