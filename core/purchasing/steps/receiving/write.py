"""What purchasing keeps of deliveries beyond the ledger: a fixed number of statements however many lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update

from core import catalog
from core.catalog import NewPrice
from core.i18n import _
from core.purchasing.rules.arrivals import is_warm
from core.purchasing.steps.receiving.facts import Facts
from core.purchasing.steps.receiving.lines import net_price
from core.purchasing.types.arrivals import Arrived, Terms
from core.purchasing.types.receipts import NewDelivery
from core.uow import UnitOfWork
from db.enums import InspectionState
from db.prepared import Prepared, insert_into
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
_LINES = Prepared(insert_into(PurchaseReceiptLine))
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
    _LINES.run_many(uow.sql, lines)
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


def _line(one: Arrived, number: int, receipt_id: int) -> dict[str, Any]:
    new = one.new
    inspection = new.inspection if one.is_kept else InspectionState.REJECTED
    return {
        "receipt_id": receipt_id, "line": number, "order_line_id": one.awaited.id if one.awaited is not None else None,
        "entry_id": one.entry_id, "item_id": one.item.id, "instead_of_id": new.instead_of_id, "qty": new.qty,
        "rejected_qty": new.rejected_qty, "unit": one.unit, "factor": one.factor, "base_qty": one.counted,
        "price": one.price, "is_priced": new.is_priced, "tax_rate": one.tax_rate,
        "accrued": one.accrued if one.is_kept else 0, "is_free": new.is_free, "location_id": one.location_id,
        "lot_id": one.lot_id, "expires_on": one.expires_on, "inspection": str(inspection),
        "reject_reason": new.reject_reason if new.rejected_qty else "", "price_reason": new.price_reason.strip(),
        "temperature": new.temperature, "note": new.note.strip(),
    }  # fmt: skip


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
    prices = [
        NewPrice(line.item.id, one.new.supplier_id, price, one.new.at or uow.now, PAID, one.terms.currency)
        for one in received
        for line in one.arrived
        if line.is_kept and line.new.is_priced and not line.new.is_free and (price := net_price(line, one.terms))
    ]
    catalog.record_prices(uow, prices)


def learn_codes(uow: UnitOfWork, received: Sequence[Received]) -> None:
    """How the supplier calls its goods, where somebody said so."""
    for one in received:
        for line in one.arrived:
            code = line.new.supplier_code.strip()
            if code and one.new.supplier_id is not None:
                catalog.learn_supplier_code(uow, one.new.supplier_id, line.item.id, code)
