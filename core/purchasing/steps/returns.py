"""Goods that go back to the supplier: out of stock at their receipt's own cost, and a claim for the credit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select

from core import catalog, stock
from core.errors import InvalidInput, NotFound, Refused
from core.i18n import _
from core.purchasing.steps.claims import open_claim
from core.purchasing.types.claims import NewClaim, NewClaimLine
from core.purchasing.types.receipts import NewReturnLine, Returned
from core.stock import NewLine, NewPosting
from core.uow import UnitOfWork
from core.values import digits_of, from_micro, round_decimal
from db.enums import PostingKind as K
from db.purchasing import Claim, PurchaseReceipt, PurchaseReceiptLine
from db.sql import chunks
from db.stock import StockEntry, StockPosting

R, RL, E, P = PurchaseReceipt, PurchaseReceiptLine, StockEntry, StockPosting


@dataclass(frozen=True, slots=True)
class NewReturn:
    """A return as a person states it."""

    lines: tuple[NewReturnLine, ...]
    supplier_id: int
    document: str = ""
    note: str = ""
    at: datetime | None = None


def load_sources(uow: UnitOfWork, lines: Sequence[NewReturnLine]) -> dict[int, Any]:
    """What the lines of a return came in as, by the ledger's entry; of receipts' lines or of entries without any."""
    line_ids = {line.receipt_line_id for line in lines if line.receipt_line_id is not None}
    entry_ids = {line.entry_id for line in lines if line.entry_id is not None}
    found = {}
    for part in chunks(sorted(line_ids | entry_ids)):
        rows = uow.sql.execute(
            select(
                E.id, E.item_id, E.location_id, E.lot_id, E.qty, E.unit, E.unit_qty, E.given, P.supplier_id,
                RL.id.label("line_id"), RL.price, RL.is_free, RL.unit.label("line_unit"),
                R.id.label("receipt_id"), R.currency, R.rate,
            )
            .join(P, P.id == E.posting_id)
            .outerjoin(RL, RL.entry_id == E.id)
            .outerjoin(R, R.id == RL.receipt_id)
            .where(
                or_(RL.id.in_([one for one in part if one in line_ids]), E.id.in_([one for one in part if one in entry_ids])),
                E.kind == K.RECEIPT,
                E.is_reversal.is_(False),
            )
        )  # fmt: skip
        found.update({row.id: row for row in rows})
    return found


def return_places(uow: UnitOfWork, lines: Sequence[NewReturnLine]) -> tuple[NewLine, ...]:
    """The places goods would leave, as the ledger's lines; unknown sources are left out."""
    sources = load_sources(uow, lines)
    named = [NewLine(0, line.qty, location_id=line.location_id) for line in lines if line.location_id is not None]
    return (*named, *(NewLine(row.item_id, Decimal(1), location_id=row.location_id) for row in sources.values()))


def post_return(uow: UnitOfWork, new: NewReturn) -> Returned:
    """Send goods back and ask for the credit. Raises Refused when more goes back than came, NotFound, InvalidInput."""
    if not new.lines:
        raise InvalidInput(_("What goes back? Add a line."), field="lines")
    sources = load_sources(uow, new.lines)
    by_line = {row.line_id: row for row in sources.values() if row.line_id is not None}
    taken = [
        _source(new, line, number, sources.get(line.entry_id or 0) or by_line.get(line.receipt_line_id or 0))
        for number, line in enumerate(new.lines, start=1)
    ]
    lines = tuple(_stock_line(line, row, number) for number, (line, row) in enumerate(taken, start=1))
    posting = NewPosting(
        K.RETURN_TO_SUPPLIER, lines, new.at, new.supplier_id, new.document.strip(), note=new.note.strip()
    )
    posted = stock.post(uow, posting)
    claim_id = open_claim(uow, _claim(uow, new, taken, posted.posting_id))
    number = uow.sql.execute(select(Claim.number).where(Claim.id == claim_id)).scalar_one()
    return Returned(posted.posting_id, posted.number, claim_id, number, -posted.value)


def _source(new: NewReturn, line: NewReturnLine, number: int, row: Any) -> tuple[NewReturnLine, Any]:
    if row is None:
        raise NotFound(_("This line was not received. Choose a line of a receipt."), field="ref", row=number)
    if row.supplier_id is not None and row.supplier_id != new.supplier_id:
        raise Refused(_("It came from another supplier. Return it there."), field="supplier", row=number)
    if line.qty <= 0:
        raise InvalidInput(_("The quantity must be above zero."), field="qty", row=number)
    return line, row


def _stock_line(line: NewReturnLine, row: Any, number: int) -> NewLine:
    return NewLine(
        row.item_id, line.qty, line.unit or row.line_unit or row.unit,
        row.location_id if line.location_id is None else line.location_id,
        lot_id=(row.lot_id if line.lot_id is None else line.lot_id) or None,
        link_id=row.id, reason="", note=line.note.strip(), row=number,
    )  # fmt: skip


def _claim(uow: UnitOfWork, new: NewReturn, taken: Sequence[tuple[NewReturnLine, Any]], posting_id: int) -> NewClaim:
    currencies = {(row.currency or uow.site.currency, row.rate or Decimal(1)) for _line, row in taken}
    if len({currency for currency, _rate in currencies}) > 1:
        raise Refused(_("These goods were bought in several currencies. Return each on its own."), field="currency")
    currency, rate = max(currencies)
    tables = catalog.load_units(uow, {row.item_id for _line, row in taken})
    lines = []
    for line, row in taken:
        unit = line.unit or row.line_unit or row.unit
        amount = line.amount
        if amount is None:
            share = tables[row.item_id].to_base(line.qty, unit) / from_micro(row.qty)
            amount = round_decimal(_paid(uow, row) * share, digits_of(currency))
        lines.append(NewClaimLine(line.reason, row.item_id, line.qty, amount, unit, row.line_id, line.note))
    receipts = {row.receipt_id for _line, row in taken if row.receipt_id is not None}
    return NewClaim(
        new.supplier_id, tuple(lines), receipt_id=receipts.pop() if len(receipts) == 1 else None, return_id=posting_id,
        currency=currency, rate=rate, note=new.note,
    )  # fmt: skip


def _paid(uow: UnitOfWork, row: Any) -> Decimal:
    """What the whole line cost: by its price where one is known, else what the receipt says."""
    if row.is_free:
        return Decimal(0)
    return row.price * from_micro(row.unit_qty) if row.price is not None else uow.money(row.given or 0)
