"""What a person may do with an order as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.purchasing.rules.orders import AWAITED
from core.purchasing.rules.states import ORDER, can
from core.purchasing.types.states import Event
from db.enums import OrderState, Permission

P = Permission
WAYS: Mapping[str, tuple[Event, Permission]] = {
    "approve": (Event.APPROVE, P.PURCHASE_ORDER),
    "withdraw": (Event.WITHDRAW, P.PURCHASE_ORDER),
    "send": (Event.SEND, P.PURCHASE_ORDER),
    "confirm": (Event.CONFIRM, P.PURCHASE_ORDER),
    "close": (Event.CLOSE, P.PURCHASE_ORDER),
    "reopen": (Event.REOPEN, P.PURCHASE_ORDER),
    "cancel": (Event.CANCEL, P.PURCHASE_ORDER),
    "edit": (Event.REVISE, P.PURCHASE_ORDER),
    "receive": (Event.PART_ARRIVED, P.STOCK_RECEIVE),
}


def order_ways(
    state: OrderState, revision: int, may: Callable[[Permission], bool], *, is_own_approval: bool = False
) -> frozenset[str]:
    """The names of what is possible: those of `WAYS`, and copy and close_line.

    Who orders approves too, up to the limit that is set; over it the command asks for the role. A draft is sent at once
    (it is approved with it, or somebody stands in). An approval is taken back only before anything was sent, one's own by
    who orders, somebody else's by who approves purchases.
    """
    found = {name for name, (event, right) in WAYS.items() if can(ORDER, state, event) and may(right)}
    if state is OrderState.DRAFT and may(P.PURCHASE_ORDER):
        found |= {"edit", "send"}
    if revision or not (is_own_approval or may(P.PURCHASE_APPROVE)):
        found.discard("withdraw")
    if may(P.PURCHASE_ORDER):
        found.add("copy")
        found |= {"close_line"} if state in (*AWAITED, OrderState.RECEIVED) else set()
    if state is OrderState.RECEIVED:
        found.discard("receive")
    return frozenset(found)
