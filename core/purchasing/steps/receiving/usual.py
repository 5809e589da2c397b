"""How much of an item usually comes from a supplier, for deliveries nobody ordered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, func, select

from core.uow import UnitOfWork
from db.prepared import Prepared
from db.purchasing import PurchaseReceipt, PurchaseReceiptLine
from db.sql import chunks

R, RL = PurchaseReceipt, PurchaseReceiptLine
SHOWN = 5
_IDS: Any = bindparam("ids", expanding=True)
_PLACE = func.row_number().over(partition_by=(RL.item_id, R.supplier_id), order_by=RL.id.desc())
_CAME = (
    select(RL.item_id, R.supplier_id, RL.base_qty, _PLACE.label("place"))
    .join(R, R.id == RL.receipt_id)
    .where(
        RL.item_id.in_(_IDS),
        R.supplier_id.in_(bindparam("suppliers", expanding=True)),
        R.reversal_id.is_(None),
        RL.base_qty > 0,
        RL.instead_of_id.is_(None),
        RL.is_free.is_(False),
    )
    .subquery()
)
_USUAL = Prepared(
    select(_CAME.c.item_id, _CAME.c.supplier_id, _CAME.c.base_qty)
    .where(_CAME.c.place <= SHOWN)
    .order_by(_CAME.c.item_id, _CAME.c.supplier_id, _CAME.c.place)
)
Usual = dict[tuple[int, int], list[int]]


def usual_quantities(uow: UnitOfWork, pairs: Iterable[tuple[int, int]]) -> Usual:
    """The last five quantities by item and supplier, newest first, in millionths of the base unit; what was reversed, came
    free or stood in for something else is left out. One statement for 500 items."""
    wanted = set(pairs)
    suppliers = sorted({supplier_id for _item, supplier_id in wanted})
    found: Usual = {}
    for part in chunks(sorted({item_id for item_id, _supplier in wanted})):
        for item_id, supplier_id, qty in _USUAL.rows(uow.sql, ids=part, suppliers=suppliers):
            found.setdefault((item_id, supplier_id), []).append(qty)
    return found
