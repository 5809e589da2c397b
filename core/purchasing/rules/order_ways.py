"""What a person may do with an order as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.purchasing.rules.orders import AWAITED
from core.purchasing.rules.states import ORDER, can
from core.purchasing.types.states import Event
from db.enums import OrderState, Permission

P = Permission
WAYS: Mapping[str, tuple[Event, Permission]] = {
    "approve": (Event.APPROVE, P.PURCHASE_APPROVE),
    "withdraw": (Event.WITHDRAW, P.PURCHASE_APPROVE),
    "send": (Event.SEND, P.PURCHASE_ORDER),
    "confirm": (Event.CONFIRM, P.PURCHASE_ORDER),
    "close": (Event.CLOSE, P.PURCHASE_ORDER),
    "reopen": (Event.REOPEN, P.PURCHASE_ORDER),
    "cancel": (Event.CANCEL, P.PURCHASE_ORDER),
    "edit": (Event.REVISE, P.PURCHASE_ORDER),
    "receive": (Event.PART_ARRIVED, P.STOCK_RECEIVE),
}


def order_ways(state: OrderState, revision: int, may: Callable[[Permission], bool]) -> frozenset[str]:
    """The names of what is possible: those of `WAYS`, and copy and close_line. A draft is sent too (it is approved with
    it, or somebody stands in); an approval is taken back only before anything was sent."""
    found = {name for name, (event, right) in WAYS.items() if can(ORDER, state, event) and may(right)}
    if state is OrderState.DRAFT and may(P.PURCHASE_ORDER):
        found |= {"edit", "send"}
    if revision:
        found.discard("withdraw")
    if may(P.PURCHASE_ORDER):
        found.add("copy")
        found |= {"close_line"} if state in (*AWAITED, OrderState.RECEIVED) else set()
    if state is OrderState.RECEIVED:
        found.discard("receive")
    return frozenset(found)
