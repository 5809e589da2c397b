"""What the cost rules work on: moves, what they did to the value of the stock, and the layers that are still there.

Whole numbers only: quantities in millionths of the base unit, money in minor units of the site's currency. A standard
cost is minor units times 10^6 per base unit, so a quantity at standard is `qty * standard / 10^12`, rounded half up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from math import gcd

from core.values import MICRO, from_micro, round_half_up
from db.enums import CostMethod

STANDARD_SCALE = 10**12


@dataclass(slots=True)  # not frozen, though never changed: every line that is posted makes one
class Move:
    """One entry of an item's ledger, as far as cost is concerned.

    `qty` is signed; 0 for landed cost and revaluation. `given` is the total value its document states (not negative for
    goods coming in, signed for landed cost), None: at the method's cost. `link` is the entry this one takes back wholly
    or in part: the receipt of a supplier return, the issue of a customer return, whatever a reversal reverses.
    `restore`: a reversal of goods that left, they go back to the front of the queue. `landed_on`: the receipt a landed
    cost belongs to (`lot_id` is then the receipt's); `is_late`: it stands after its receipt, because that lies in a closed
    period, and what left until then stays as it was. `method` and `standard`: a revaluation, valid from here on.
    `lot_qtys`: what each lot holds at this moment; needed when the method becomes the one by lot.
    """

    entry_id: int
    qty: int = 0
    lot_id: int | None = None
    given: int | None = None
    link: int | None = None
    restore: bool = False
    landed_on: int | None = None
    method: CostMethod | None = None
    standard: int | None = None
    lot_qtys: tuple[tuple[int | None, int], ...] | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Goods taken from one FIFO layer, named by the entry that made it; `entry_id` None: goods that were not there."""

    entry_id: int | None
    qty: int
    value: int


@dataclass(slots=True)  # not frozen, though never changed: every line that is posted makes one
class Outcome:
    """What an entry did to the value of the stock, and what it booked besides, in minor units.

    `value`: signed change of the stock's value. `settled`: cost of goods already gone, expensed by this entry (negative
    stock that arrives; the difference between a return's own cost and what the layers held). `variance`: difference to
    standard cost, and what a revaluation writes up (negative) or off (positive). `taken`: under FIFO, of goods that
    left, where they came from, in that order; a reversal puts them back there.
    """

    value: int
    settled: int = 0
    variance: int = 0
    taken: tuple[Part, ...] = ()

    @property
    def book(self) -> int:
        """The amount of the document: value + settled + variance. Of a receipt exactly what was given."""
        return self.value + self.settled + self.variance


@dataclass(slots=True)
class Layer:
    """Goods that cost the same, first brought by `entry_id`. Quantity and value are below zero for stock that is owed.

    `lot_id` matters under the method by lot alone and is None under the others.
    """

    position: int
    entry_id: int
    lot_id: int | None
    qty: int
    value: int


@dataclass(frozen=True, slots=True)
class Origin:
    """The entry that a linked one takes back.

    `qty` and `value` are signed as posted; `value` is the book amount including landed cost posted so far.
    `returned_qty` and `returned_value` are what linked entries took back already (absolute, and less what was undone
    again); the share of the next one follows from `returned_qty`. `link`: what this entry itself takes back, if
    anything. `taken`: its outcome's, None when it is not known any more.
    """

    qty: int
    value: int
    returned_qty: int = 0
    returned_value: int = 0
    link: int | None = None
    taken: tuple[Part, ...] | None = None


@dataclass(slots=True)
class CostState:
    """Where one item's cost stands: method, standard cost (0: none), layers in order, last known cost as a ratio.

    A last known cost of 0/0 is not known: the standard cost serves instead if there is one, else goods cost nothing.
    """

    method: CostMethod
    standard: int = 0
    layers: list[Layer] = field(default_factory=list)
    last_qty: int = 0
    last_value: int = 0

    @property
    def qty(self) -> int:
        """Quantity on hand in millionths."""
        return sum([layer.qty for layer in self.layers])

    @property
    def value(self) -> int:
        """Value of the stock in minor units."""
        return sum([layer.value for layer in self.layers])

    def last_cost(self, qty: int) -> int:
        """The cost of `qty` at what was last known, in minor units."""
        if self.last_qty:
            return round_half_up(self.last_value * qty, self.last_qty)
        return value_at_standard(qty, self.standard)

    def copy(self) -> CostState:
        """The same state to work on, layers included."""
        layers = [Layer(one.position, one.entry_id, one.lot_id, one.qty, one.value) for one in self.layers]
        return CostState(self.method, self.standard, layers, self.last_qty, self.last_value)

    def key(self) -> tuple[object, ...]:
        """All that later costs depend on: equal keys, equal future. Positions count by their order only.

        Under FIFO the order of the layers and the entries that made them matter; the pools of lots have no order.
        """
        layers = [
            (one.entry_id if self.method is CostMethod.FIFO else 0, one.lot_id, one.qty, one.value)
            for one in self.layers
        ]
        if self.method is CostMethod.LOT:
            layers.sort(key=lambda layer: (layer[1] is not None, layer[1] or 0))
        common = gcd(self.last_qty, self.last_value) or 1
        return (self.method, self.standard, self.last_qty // common, self.last_value // common, *layers)


def value_at_standard(qty: int, standard: int) -> int:
    """The value of `qty` at standard cost, in minor units, rounded half away from zero."""
    return round_half_up(qty * standard, STANDARD_SCALE)


def unit_cost(qty: int, value: int, digits: int) -> Decimal | None:
    """Cost of one base unit in money, at most six decimals: to be shown, never to be reckoned with. None without stock.

    `digits` are the minor digits of the currency (2 for CNY).
    """
    if qty == 0:
        return None
    return from_micro(round_half_up(value * MICRO * MICRO, qty * 10**digits))
