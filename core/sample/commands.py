"""What only the making of a sample does: many master data and many days' documents at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from core import catalog, stock
from core.catalog import NewItem, NewSupplier
from core.registry import command
from core.stock import NewLine, NewLocation, NewPosting
from core.uow import UnitOfWork
from db.enums import Permission
from db.enums import PostingKind as K

NEEDED = {
    K.OPENING: Permission.STOCK_ADJUST,
    K.RECEIPT: Permission.STOCK_RECEIVE,
    K.ISSUE: Permission.STOCK_ISSUE,
    K.WASTE: Permission.STOCK_WASTE,
    K.TRANSFER: Permission.STOCK_TRANSFER,
    K.ADJUSTMENT: Permission.STOCK_ADJUST,
    K.COUNT: Permission.COUNT_APPROVE,
    K.PRODUCTION_IN: Permission.STOCK_PRODUCE,
    K.RETURN_FROM_CUSTOMER: Permission.STOCK_RETURN,
}


class Slips:
    """Documents posted together; the journal keeps how many they were."""

    def __init__(self, postings: Sequence[NewPosting]) -> None:
        self.postings = tuple(postings)

    def __iter__(self) -> Iterator[NewPosting]:
        return iter(self.postings)

    def __str__(self) -> str:
        return f"{len(self.postings)}"


class Sheet:
    """Master data made together; the journal keeps how many they were."""

    def __init__(
        self,
        items: Sequence[NewItem] = (),
        suppliers: Sequence[NewSupplier] = (),
        places: Sequence[NewLocation] = (),
    ) -> None:
        self.items, self.suppliers, self.places = tuple(items), tuple(suppliers), tuple(places)

    def __str__(self) -> str:
        return f"{len(self.items) + len(self.suppliers) + len(self.places)}"


@command(Permission.IMPORT_RUN)
def add_sample_masters(uow: UnitOfWork, *, sheet: Sheet) -> tuple[int, ...]:
    """Add master data of the sample.

    Places, suppliers and items at once; answers their ids in this order. Raises Rejected.
    """
    for permission in (Permission.ITEM_EDIT, Permission.SUPPLIER_EDIT, Permission.LOCATION_EDIT):
        uow.require(permission)
    places = stock.create_locations(uow, sheet.places) if sheet.places else []
    suppliers = catalog.create_suppliers_bulk(uow, sheet.suppliers) if sheet.suppliers else []
    items = catalog.create_items_bulk(uow, sheet.items) if sheet.items else []
    return (*places, *suppliers, *items)


@command(Permission.STOCK_VIEW)
def post_sample_day(uow: UnitOfWork, *, slips: Slips) -> tuple[int, ...]:
    """Post documents of the sample.

    Each needs the right its kind needs; prices paid are kept. Answers the postings' ids. Raises CoreError: nothing is
    posted then.
    """
    for kind in dict.fromkeys(new.kind for new in slips):
        uow.require(NEEDED[kind])
    posted = stock.post_all(uow, slips.postings)
    for new in slips:
        if new.kind is K.RECEIPT:
            _keep_prices(uow, new)
    return tuple(one.posting_id for one in posted)


def _keep_prices(uow: UnitOfWork, new: NewPosting) -> None:
    units = catalog.load_units(uow, [line.item_id for line in new.lines])
    paid = []
    for line in new.lines:
        base_qty = units[line.item_id].to_base(line.qty, line.unit)
        paid.append((line.item_id, round(_value(line) / base_qty, 6)))
    catalog.record_paid_prices(uow, posting_lines=paid, supplier_id=new.supplier_id, at=new.at or uow.now)


def _value(line: NewLine) -> Decimal:
    if line.value is not None:
        return line.value
    return line.qty * (line.unit_cost or Decimal(0))
