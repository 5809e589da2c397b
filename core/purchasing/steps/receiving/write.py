"""What purchasing keeps of deliveries beyond the ledger: a fixed number of statements however many lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select, update

from core import catalog
from core.catalog import NewPrice
from core.i18n import _
from core.purchasing.rules.arrivals import is_warm
from core.purchasing.steps.receiving.facts import Facts
from core.purchasing.steps.receiving.lines import ONE, net_price
from core.purchasing.types.arrivals import Arrived, Terms
from core.purchasing.types.receipts import NewDelivery
from core.uow import UnitOfWork
from core.values import MICRO
from db.enums import InspectionState
from db.prepared import Prepared, insert_into, names_of
from db.purchasing import DeliveryCheck, PurchaseReceipt, PurchaseReceiptLine
from db.sql import chunks
from db.stock import Lot

PAID = "receipt"
_RECEIPTS = Prepared(insert_into(PurchaseReceipt))
_IDS = Prepared(
    select(PurchaseReceipt.id, PurchaseReceipt.number).where(
        PurchaseReceipt.number.in_(bindparam("numbers", expanding=True))
    )
)
_LINE_NAMES = tuple(name for name in names_of(PurchaseReceiptLine) if name != "id")
_LINES = Prepared(insert_into(PurchaseReceiptLine, as_stored=True))
_CHECKS = Prepared(insert_into(DeliveryCheck))
_HOLD = Prepared(
    update(Lot)
    .where(Lot.id == bindparam("lot_id"))
    .values(is_blocked=True, note=bindparam("why"), version=Lot.version + 1)
)
_NAME = Prepared(update(Lot).where(Lot.id == bindparam("lot_id")).values(number=bindparam("fresh")))


@dataclass(frozen=True, slots=True)
class Received:
    """A delivery that stands in the ledger (or was refused as a whole) and has its number."""

    new: NewDelivery
    terms: Terms
    arrived: list[Arrived]
    posting_id: int | None
    number: str


def write_receipts(uow: UnitOfWork, facts: Facts, received: Sequence[Received]) -> list[int]:
    """Write receipts, lines and temperatures; the receipts' ids in the order given."""
    _RECEIPTS.run_many(uow.sql, [_head(uow, one) for one in received])
    ids: dict[str, int] = {}
    for part in chunks([one.number for one in received]):
        ids.update({row.number: row.id for row in _IDS.rows(uow.sql, numbers=part)})
    lines = [
        _line(line, number, ids[one.number]) for one in received for number, line in enumerate(one.arrived, start=1)
    ]
    _LINES.run_rows(uow.sql, _LINE_NAMES, lines)
    _CHECKS.run_many(uow.sql, [row for one in received for row in _checks(facts, one, ids[one.number])])
    return [ids[one.number] for one in received]


def _head(uow: UnitOfWork, one: Received) -> dict[str, Any]:
    new, terms = one.new, one.terms
    return {
        "number": one.number, "posting_id": one.posting_id, "reversal_id": None, "supplier_id": new.supplier_id,
        "document": new.document.strip(), "currency": terms.currency, "rate": terms.rate,
        "is_tax_incl": terms.is_tax_incl, "received_at": new.at or uow.now, "person_id": uow.actor.person_id,
        "note": new.note.strip(), "version": 1,
    }  # fmt: skip


def _line(one: Arrived, number: int, receipt_id: int) -> tuple[Any, ...]:
    """A line as it is stored, its values in the order of the table's columns."""
    new, awaited, expires_on = one.new, one.awaited, one.expires_on
    is_kept, is_base = one.qty > 0, one.factor is ONE
    inspection = new.inspection if is_kept else InspectionState.REJECTED
    return (
        receipt_id, number, None if awaited is None else awaited.id, one.entry_id, one.item.id, new.instead_of_id,
        one.qty if is_base else micro(new.qty), micro(new.rejected_qty), one.unit,
        MICRO if is_base else micro(one.factor), one.counted, micro(one.price), new.is_priced, micro(one.tax_rate),
        one.accrued if is_kept else 0, new.is_free, one.location_id, one.lot_id,
        None if expires_on is None else expires_on.isoformat(), str(inspection),
        new.reject_reason if new.rejected_qty else "", new.price_reason.strip(),
        None if new.temperature is None else micro(new.temperature), new.note.strip(),
    )  # fmt: skip


def micro(number: Decimal) -> int:
    """A number of at most six decimals as it is stored."""
    return int(number * MICRO) if number else 0


def _checks(facts: Facts, one: Received, receipt_id: int) -> list[dict[str, Any]]:
    limits = facts.rules.limits
    return [
        {
            "receipt_id": receipt_id, "storage_kind": str(check.storage_kind), "reading": check.reading,
            "highest": limits.get(check.storage_kind), "note": check.note.strip(),
            "is_ok": not is_warm(check.storage_kind, check.reading, limits),
        }
        for check in one.new.checks
    ]  # fmt: skip


def hold_lots(uow: UnitOfWork, received: Sequence[Received]) -> None:
    """Block the lots in quarantine; one made for it gets the number of the receipt and the line."""
    held, named = [], []
    for one in received:
        for number, line in enumerate(one.arrived, start=1):
            if line.lot_id and line.new.inspection is InspectionState.QUARANTINE:
                why = _("In quarantine since receipt {number}", number=one.number).render(uow.site.language)
                held.append({"lot_id": line.lot_id, "why": line.new.note.strip() or why})
                if line.new.lot.startswith("~"):
                    named.append({"lot_id": line.lot_id, "fresh": f"{one.number}-{number}"})
    _HOLD.run_many(uow.sql, held)
    _NAME.run_many(uow.sql, named)


def keep_prices(uow: UnitOfWork, received: Sequence[Received]) -> None:
    """Prices that were stated and paid stand in the history: of one base unit, without tax, in the delivery's currency."""
    foreign: list[NewPrice] = []
    for one in received:
        supplier_id, at, currency = one.new.supplier_id, one.new.at or uow.now, one.terms.currency
        paid = [
            (line.item.id, price)
            for line in one.arrived
            if line.qty and line.new.is_priced and not line.new.is_free and (price := net_price(line, one.terms))
        ]
        if currency == uow.site.currency:
            catalog.record_paid_prices(uow, posting_lines=paid, supplier_id=supplier_id, at=at)
        else:
            foreign += [NewPrice(item_id, supplier_id, price, at, PAID, currency) for item_id, price in paid]
    catalog.record_prices(uow, foreign)


def learn_codes(uow: UnitOfWork, received: Sequence[Received]) -> None:
    """How the supplier calls its goods, where somebody said so."""
    for one in received:
        for line in one.arrived:
            code = line.new.supplier_code.strip()
            if code and one.new.supplier_id is not None:
                catalog.learn_supplier_code(uow, one.new.supplier_id, line.item.id, code)
