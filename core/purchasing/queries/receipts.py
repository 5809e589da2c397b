"""Deliveries that were received: the list, one with its lines, and what of it can still go back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from core import stock
from core.clock import day_ends_at, day_starts_at
from core.errors import NotFound
from core.i18n import _
from core.purchasing.steps.orders import received_by_line
from core.purchasing.types.receipts import CheckRow, ReceiptCard, ReceiptFilter, ReceiptLine, ReceiptRow
from core.registry import query
from core.uow import UnitOfWork
from core.values import from_micro, plain, round_decimal
from db.base import table_of
from db.catalog import Item, Supplier
from db.enums import InspectionState, Permission, StorageKind
from db.identity import Person
from db.purchasing import Claim, DeliveryCheck, PurchaseOrder, PurchaseOrderLine, PurchaseReceipt, PurchaseReceiptLine
from db.sql import MOST_IN_LIST, chunks, total
from db.stock import Location, Lot

R, RL, PO, L = PurchaseReceipt, PurchaseReceiptLine, PurchaseOrder, PurchaseOrderLine


@query(Permission.STOCK_VIEW)
def list_receipts(uow: UnitOfWork, *, filters: ReceiptFilter | None = None) -> list[ReceiptRow]:
    """Deliveries, the newest first. Four statements."""
    filters = filters or ReceiptFilter()
    listed = _heads().where(*_conditions(uow, filters)).order_by(R.received_at.desc(), R.id.desc())
    return _rows(uow, uow.sql.execute(listed.limit(min(filters.limit, MOST_IN_LIST))).all())


@query(Permission.STOCK_VIEW)
def find_receipt(uow: UnitOfWork, *, number: str) -> int | None:
    """The delivery with this number, or the newest of this delivery note; None when there is none."""
    wanted = number.strip().casefold()
    named = select(R.id).where(or_(func.lower(R.number) == wanted, func.lower(R.document) == wanted))
    found = uow.sql.execute(named.order_by(func.lower(R.number) != wanted, R.id.desc()).limit(1)).scalar()
    return None if found is None or not wanted else int(found)


@query(Permission.STOCK_VIEW)
def find_receipt_of(uow: UnitOfWork, *, posting_id: int) -> int | None:
    """The delivery of a posting in the ledger; None when it was posted without purchasing."""
    return uow.sql.execute(select(R.id).where(R.posting_id == posting_id)).scalar()


@query(Permission.STOCK_VIEW)
def get_receipt(uow: UnitOfWork, *, receipt_id: int) -> ReceiptCard:
    """A delivery with its lines, temperatures and claims. Raises NotFound."""
    head = uow.sql.execute(_heads().where(R.id == receipt_id)).first()
    if head is None:
        raise NotFound(_("There is no such receipt."), field="receipt")
    claims = uow.sql.execute(select(Claim.id, Claim.number).where(Claim.receipt_id == receipt_id).order_by(Claim.id))
    check = DeliveryCheck
    checks = uow.sql.execute(select(check.__table__).where(check.receipt_id == receipt_id).order_by(check.id))
    return ReceiptCard(
        _rows(uow, [head])[0],
        head.rate,
        bool(head.is_tax_incl),
        _lines(uow, receipt_id),
        tuple(
            CheckRow(StorageKind(one.storage_kind), one.reading, one.highest, bool(one.is_ok), one.note)
            for one in checks
        ),
        tuple((row.id, row.number) for row in claims),
    )


def _heads() -> Any:
    return (
        select(table_of(R), Supplier.name, Supplier.name_en, Person.name.label("by"))
        .join(Person, Person.id == R.person_id)
        .outerjoin(Supplier, Supplier.id == R.supplier_id)
    )


def _conditions(uow: UnitOfWork, wanted: ReceiptFilter) -> list[ColumnElement[bool]]:
    zone, hour = uow.site.zone, uow.site.day_start_hour
    found: list[ColumnElement[bool]] = []
    if wanted.supplier_id is not None:
        found.append(R.supplier_id == wanted.supplier_id)
    if wanted.since is not None:
        found.append(R.received_at >= day_starts_at(wanted.since, zone, hour))
    if wanted.until is not None:
        found.append(R.received_at <= day_ends_at(wanted.until, zone, hour))
    mine = RL.receipt_id == R.id
    if wanted.item_id is not None:
        found.append(exists().where(mine, RL.item_id == wanted.item_id))
    if wanted.order_id is not None:
        found.append(exists().where(mine, RL.order_line_id == L.id, L.order_id == wanted.order_id))
    if wanted.in_quarantine:
        held = and_(mine, RL.inspection == InspectionState.QUARANTINE, RL.qty > 0)
        found += [R.reversal_id.is_(None), exists().where(held)]
    if wanted.text.strip():
        found.append(_says(wanted.text.strip()))
    return found


def _says(text: str) -> ColumnElement[bool]:
    """The text is in a number, delivery note, supplier, order or item of the delivery."""
    part = text.casefold()

    def within(column: Any) -> ColumnElement[bool]:
        return func.lower(column).contains(part, autoescape=True)

    of_item = exists().where(
        RL.receipt_id == R.id, Item.id == RL.item_id, or_(within(Item.code), within(Item.name), within(Item.name_en))
    )
    of_order = exists().where(RL.receipt_id == R.id, L.id == RL.order_line_id, PO.id == L.order_id, within(PO.number))
    names = (within(R.number), within(R.document), within(Supplier.name), within(Supplier.name_en))
    return or_(*names, of_item, of_order)


def _rows(uow: UnitOfWork, heads: Sequence[Any]) -> list[ReceiptRow]:
    ids = [head.id for head in heads]
    sums: dict[int, Any] = {}
    orders: dict[int, list[str]] = defaultdict(list)
    claims: dict[int, list[str]] = defaultdict(list)
    is_rejected, is_held = RL.rejected_qty > 0, and_(RL.inspection == InspectionState.QUARANTINE, RL.qty > 0)
    for part in chunks(ids):
        counted = select(
            RL.receipt_id, func.count().label("n"), total(RL.accrued).label("value"),
            func.count().filter(is_rejected).label("rejected"), func.count().filter(is_held).label("held"),
        )  # fmt: skip
        rows = uow.sql.execute(counted.where(RL.receipt_id.in_(part)).group_by(RL.receipt_id))
        sums.update({row.receipt_id: row for row in rows})
        named = select(RL.receipt_id, PO.number).join(L, L.id == RL.order_line_id).join(PO, PO.id == L.order_id)
        for row in uow.sql.execute(named.where(RL.receipt_id.in_(part)).distinct().order_by(PO.number)):
            orders[row.receipt_id].append(row.number)
        told = select(Claim.receipt_id, Claim.number).where(Claim.receipt_id.in_(part)).order_by(Claim.id)
        for claim in uow.sql.execute(told):
            claims[claim.receipt_id or 0].append(claim.number)
    sees = uow.may(Permission.COST_VIEW)
    return [_row(uow, head, sums[head.id], orders[head.id], claims[head.id], sees_cost=sees) for head in heads]


def _row(uow: UnitOfWork, head: Any, sums: Any, orders: list[str], claims: list[str], *, sees_cost: bool) -> ReceiptRow:
    return ReceiptRow(
        id=head.id, version=head.version, number=head.number, posting_id=head.posting_id,
        reversal_id=head.reversal_id, at=head.received_at, supplier_id=head.supplier_id, supplier=head.name or "",
        supplier_en=head.name_en or "", document=head.document, lines=int(sums.n), rejected_lines=int(sums.rejected),
        quarantine_lines=0 if head.reversal_id is not None else int(sums.held),
        value=uow.money(int(sums.value)) if sees_cost else None, currency=head.currency, orders=tuple(orders),
        claims=tuple(claims), by=head.by, note=head.note,
    )  # fmt: skip


def _lines(uow: UnitOfWork, receipt_id: int) -> tuple[ReceiptLine, ...]:
    instead = aliased(Item)
    rows = uow.sql.execute(
        select(
            table_of(RL), Item.code, Item.name, Item.name_en, Item.base_unit, instead.name.label("instead"),
            instead.name_en.label("instead_en"), Location.name.label("place"), Location.name_en.label("place_en"),
            Lot.number.label("lot"), L.order_id, L.base_qty.label("ordered"), L.is_closed, PO.number.label("order"),
        )
        .join(Item, Item.id == RL.item_id)
        .outerjoin(instead, instead.id == RL.instead_of_id)
        .outerjoin(Location, Location.id == RL.location_id)
        .outerjoin(Lot, Lot.id == RL.lot_id)
        .outerjoin(L, L.id == RL.order_line_id)
        .outerjoin(PO, PO.id == L.order_id)
        .where(RL.receipt_id == receipt_id)
        .order_by(RL.line)
    ).all()  # fmt: skip
    left = stock.open_quantities(uow, [row.entry_id for row in rows if row.entry_id is not None])
    orders = {row.order_id for row in rows if row.order_id is not None}
    received = received_by_line(uow, L.order_id.in_(orders)) if orders else {}
    sees = uow.may(Permission.COST_VIEW)
    return tuple(_line(uow, row, left, received.get(row.order_line_id, 0), sees_cost=sees) for row in rows)


def _line(uow: UnitOfWork, row: Any, left: dict[int, Decimal], received: int, *, sees_cost: bool) -> ReceiptLine:
    def shown(base: Decimal) -> Decimal:
        return plain(round_decimal(base / row.factor, 6))

    back = row.qty * row.factor - left[row.entry_id] if row.entry_id in left else Decimal(0)
    awaited = None
    if row.ordered is not None:
        awaited = Decimal(0) if row.is_closed else shown(from_micro(max(row.ordered - received, 0)))
    return ReceiptLine(
        id=row.id, line=row.line, entry_id=row.entry_id, order_line_id=row.order_line_id, order_id=row.order_id,
        order_number=row.order or "", item_id=row.item_id, code=row.code, name=row.name, name_en=row.name_en,
        instead_of=row.instead or "", instead_of_en=row.instead_en or "", qty=row.qty, rejected_qty=row.rejected_qty,
        returned=shown(max(back, Decimal(0))), ordered=None if row.ordered is None else shown(from_micro(row.ordered)),
        outstanding=awaited, unit=row.unit, factor=row.factor, base_unit=row.base_unit,
        price=row.price if sees_cost else None, is_priced=bool(row.is_priced), tax_rate=row.tax_rate,
        accrued=uow.money(row.accrued) if sees_cost else None, is_free=bool(row.is_free), location_id=row.location_id,
        place=row.place or "", place_en=row.place_en or "", lot_id=row.lot_id, lot=row.lot or "",
        expires_on=row.expires_on, inspection=InspectionState(row.inspection), reject_reason=row.reject_reason,
        price_reason=row.price_reason, temperature=row.temperature, note=row.note,
    )  # fmt: skip
