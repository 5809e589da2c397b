"""Where orders stand after goods came, or a receipt was taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select, update

from core.purchasing.rules.states import order_state_from_lines
from core.purchasing.steps.orders.awaited import L, O, S, received_by_line
from core.purchasing.types.states import LineProgress
from core.uow import UnitOfWork
from core.values import from_micro
from db.enums import OrderState
from db.prepared import Prepared
from db.sql import chunks

FOLLOWS = frozenset(
    {OrderState.APPROVED, OrderState.SENT, OrderState.CONFIRMED, OrderState.PART_RECEIVED, OrderState.RECEIVED}
)


_ORDERS = Prepared(
    select(O.c.id, O.c.number, O.c.state, O.c.confirmed_at, O.c.sent_at, S.c.short_tolerance)
    .join(S, S.c.id == O.c.supplier_id)
    .where(O.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(O.c.id)
)


def after_delivery(
    uow: UnitOfWork, order_ids: Iterable[int], known: Mapping[int, list[LineProgress]] | None = None
) -> dict[int, OrderState]:
    """Set the state of these orders anew from what came of their lines; answers where each of them stands.

    What the supplier may deliver short still counts as all. Drafts, closed and cancelled orders stay as they are. `known`
    is how far their lines have come, for who has just counted it.
    """
    found: dict[int, OrderState] = {}
    for part in chunks(sorted(set(order_ids))):
        rows = _ORDERS.rows(uow.sql, ids=part)
        progress = line_progress(uow, part) if known is None else known
        for row in rows:
            found[row.id] = _state_of(row, progress[row.id])
            if found[row.id] != row.state:
                values = {"state": str(found[row.id]), "version": O.c.version + 1}
                uow.sql.execute(update(O).where(O.c.id == row.id).values(**values))
    return found


def line_progress(uow: UnitOfWork, order_ids: list[int]) -> dict[int, list[LineProgress]]:
    """How far the lines of these orders have come, by order."""
    received = received_by_line(uow, L.c.order_id.in_(order_ids))
    found: dict[int, list[LineProgress]] = defaultdict(list)
    listed = select(L.c.id, L.c.order_id, L.c.base_qty, L.c.is_closed).where(L.c.order_id.in_(order_ids))
    for row in uow.sql.execute(listed.order_by(L.c.order_id, L.c.line)):
        came = from_micro(received.get(row.id, 0))
        found[row.order_id].append(LineProgress(from_micro(row.base_qty), came, bool(row.is_closed)))
    return found


def _state_of(row: Any, lines: list[LineProgress]) -> OrderState:
    state = OrderState(row.state)
    if state not in FOLLOWS:
        return state
    tolerance: Decimal = row.short_tolerance
    return order_state_from_lines(
        state, lines, row.number, is_confirmed=row.confirmed_at is not None, short_tolerance=tolerance,
        is_sent=row.sent_at is not None,
    )  # fmt: skip
