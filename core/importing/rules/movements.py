"""What a row of a movements file says, and which rows make one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.importing.rules.cells import word_of
from core.values import amount_of
from db.enums import PostingKind as K

PRODUCTION = frozenset({K.PRODUCTION_IN, K.PRODUCTION_OUT})
WITHOUT_ITEM = frozenset({K.LANDED_COST, K.REVERSAL})
NEEDS_REF = WITHOUT_ITEM
STATES_COST = frozenset({K.RECEIPT, K.OPENING, K.PRODUCTION_IN})
RETURNS = frozenset({K.RETURN_TO_SUPPLIER, K.RETURN_FROM_CUSTOMER})
COMING_IN = frozenset(
    {K.RECEIPT, K.OPENING, K.RETURN_FROM_CUSTOMER, K.PRODUCTION_IN, K.COUNT, K.ADJUSTMENT, K.TRANSFER, K.REVERSAL}
)
TYPES: dict[str, K] = {
    **{str(kind): kind for kind in K if kind not in (K.REVALUATION, K.OPENING)},
    "收货": K.RECEIPT, "入库": K.RECEIPT, "采购入库": K.RECEIPT, "goods_receipt": K.RECEIPT, "purchase": K.RECEIPT,
    "领用": K.ISSUE, "领料": K.ISSUE, "出库": K.ISSUE, "internal_issue": K.ISSUE,
    "报损": K.WASTE, "损耗": K.WASTE, "wastage": K.WASTE,
    "调拨": K.TRANSFER, "移库": K.TRANSFER,
    "调整": K.ADJUSTMENT, "库存调整": K.ADJUSTMENT, "stock_adjustment": K.ADJUSTMENT,
    "盘点": K.COUNT, "stock_take": K.COUNT,
    "采购退货": K.RETURN_TO_SUPPLIER, "supplier_return": K.RETURN_TO_SUPPLIER,
    "销售退货": K.RETURN_FROM_CUSTOMER, "客户退货": K.RETURN_FROM_CUSTOMER, "customer_return": K.RETURN_FROM_CUSTOMER,
    "生产入库": K.PRODUCTION_IN, "加工入库": K.PRODUCTION_IN, "生产领料": K.PRODUCTION_OUT, "加工领料": K.PRODUCTION_OUT,
    "费用分摊": K.LANDED_COST, "运费分摊": K.LANDED_COST,
    "冲销": K.REVERSAL, "红冲": K.REVERSAL,
}  # fmt: skip


@dataclass(slots=True)
class Movement:
    """One row. Quantities are in `unit`, money in the site's currency; None where the file says nothing."""

    row: int
    kind: K
    at: datetime | None
    item_id: int | None
    location_id: int | None = None
    to_location_id: int | None = None
    qty: Decimal | None = None
    unit: str = ""
    unit_cost: Decimal | None = None
    value: Decimal | None = None
    lot: str = ""
    expires_on: date | None = None
    reason: str = ""
    supplier_id: int | None = None
    document: str = ""
    ref: str = ""
    note: str = ""


def other_amount(movement: Movement, digits: int) -> Decimal | None:
    """The amount that unit cost and quantity make where it contradicts the value beside it; None when both agree.

    A unit cost is written rounded, so half of its last decimal for each unit is no contradiction.
    """
    if movement.value is None or movement.unit_cost is None or movement.qty is None or movement.kind not in STATES_COST:
        return None
    reckoned = amount_of(movement.qty, movement.unit_cost, digits)
    exponent = movement.unit_cost.as_tuple().exponent
    rounded = Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)
    allowed = abs(movement.qty) * rounded + Decimal(1).scaleb(-digits)
    return None if abs(reckoned - movement.value) <= allowed else reckoned


def type_of(text: str) -> K | None:
    """The kind of movement a word names, in either language; None for any other word."""
    return TYPES.get(word_of(text))


def documents_of(movements: Iterable[Movement]) -> Iterator[list[Movement]]:
    """Rows that belong together, in order: one after the other with the same document, type, time and supplier. What went
    into a batch and what came out of it are one document."""
    group: list[Movement] = []
    for movement in movements:
        if group and _key(group[-1]) == _key(movement) and movement.document and movement.kind is not K.REVERSAL:
            group.append(movement)
            continue
        if group:
            yield group
        group = [movement]
    if group:
        yield group


def _key(movement: Movement) -> tuple[object, ...]:
    kind = "production" if movement.kind in PRODUCTION else movement.kind
    return movement.document, kind, movement.at, movement.supplier_id
