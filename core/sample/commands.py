"""What only the making of a sample does: many master data and many days' documents at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from core import catalog, stock
from core.catalog import NewItem, NewPrice, NewSupplier
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
    K.RETURN_TO_SUPPLIER: Permission.STOCK_RETURN,
}
PAID = "receipt"
MOST_TOLD = 60


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

    Each needs the right its kind needs; prices paid are kept. Answers the postings' ids, none for more than MOST_TOLD.
    Raises CoreError: nothing is posted then.
    """
    for kind in dict.fromkeys(new.kind for new in slips):
        uow.require(NEEDED[kind])
    posted = stock.post_all(uow, slips.postings)
    _keep_prices(uow, [new for new in slips if new.kind is K.RECEIPT])
    return tuple(one.posting_id for one in posted) if len(posted) <= MOST_TOLD else ()


def _keep_prices(uow: UnitOfWork, receipts: Sequence[NewPosting]) -> None:
    lines = [(new, line) for new in receipts for line in new.lines]
    units = catalog.load_units(uow, {line.item_id for _new, line in lines if line.unit})

    def price(line: NewLine) -> Decimal:
        base_qty = units[line.item_id].to_base(line.qty, line.unit) if line.unit else line.qty
        return round(_value(line) / base_qty, 6)

    paid = [NewPrice(line.item_id, new.supplier_id, price(line), new.at or uow.now, PAID) for new, line in lines]
    catalog.record_prices(uow, paid)


def _value(line: NewLine) -> Decimal:
    if line.value is not None:
        return line.value
    return line.qty * (line.unit_cost or Decimal(0))
