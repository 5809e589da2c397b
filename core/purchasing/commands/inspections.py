"""Goods in quarantine: released, or rejected and claimed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from core.errors import InvalidInput, NotFound, Refused
from core.i18n import _
from core.purchasing.rules.states import INSPECTION, state_after
from core.purchasing.steps.claims import open_claim
from core.purchasing.steps.returns import NewReturn, post_return
from core.purchasing.types.claims import NewClaim, NewClaimLine
from core.purchasing.types.receipts import NewReturnLine
from core.purchasing.types.states import Event
from core.registry import command
from core.stock import open_quantities
from core.uow import UnitOfWork
from core.values import digits_of, from_micro, round_decimal
from db.enums import ClaimKind, InspectionState, Permission
from db.purchasing import PurchaseReceipt, PurchaseReceiptLine
from db.stock import Lot, StockEntry

R, RL = PurchaseReceipt, PurchaseReceiptLine


@command(Permission.LOT_EDIT)
def release_inspection(uow: UnitOfWork, *, receipt_line_ids: tuple[int, ...], note: str = "") -> int:
    """Release goods from quarantine.

    Their lots may be used again, unless another delivery of the same lot is still held. Answers how many lots were
    released. Raises NotFound, Refused for goods that are not in quarantine.
    """
    lines = _held(uow, receipt_line_ids, Event.RELEASE)
    _move(uow, lines, InspectionState.ACCEPTED, note)
    lots = {line.lot_id for line in lines if line.lot_id}
    waiting = select(RL.lot_id).join(R, R.id == RL.receipt_id)
    still = waiting.where(
        RL.lot_id.in_(lots), RL.inspection != InspectionState.ACCEPTED, RL.qty > 0, R.reversal_id.is_(None)
    )
    free = lots - set(uow.sql.execute(still).scalars())
    uow.sql.execute(
        update(Lot).where(Lot.id.in_(free)).values(is_blocked=False, note=note.strip(), version=Lot.version + 1)
    )
    return len(free)


@command(Permission.LOT_EDIT)
def reject_inspection(
    uow: UnitOfWork,
    *,
    receipt_line_ids: tuple[int, ...],
    reason: ClaimKind = ClaimKind.QUALITY,
    note: str = "",
    send_back: bool = False,
) -> int:
    """Reject goods in quarantine.

    They stay blocked and are claimed from the supplier; with `send_back` what is left of them goes back at once. Answers
    the claim's id. Raises NotFound; Refused for goods that are not in quarantine or came without a supplier.
    """
    lines = _held(uow, receipt_line_ids, Event.REJECT)
    suppliers = {line.supplier_id for line in lines}
    if None in suppliers or len(suppliers) != 1:
        raise Refused(_("Reject goods of one supplier at a time; without a supplier nothing can be claimed."))
    _move(uow, lines, InspectionState.REJECTED, note)
    if send_back:
        uow.require(Permission.STOCK_RETURN)
        left = open_quantities(uow, [line.entry_id for line in lines])
        back = tuple(_back(line, left[line.entry_id], reason, note) for line in lines if left[line.entry_id] > 0)
        return post_return(uow, NewReturn(back, suppliers.pop(), note=note)).claim_id
    first = lines[0]
    claimed = tuple(
        NewClaimLine(reason, line.item_id, line.qty, _worth(line), line.unit, line.id, note) for line in lines
    )
    receipts = {line.receipt_id for line in lines}
    return open_claim(
        uow,
        NewClaim(
            suppliers.pop(), claimed, receipt_id=receipts.pop() if len(receipts) == 1 else None,
            currency=first.currency, rate=first.rate, note=note,
        ),
    )  # fmt: skip


def _held(uow: UnitOfWork, line_ids: Sequence[int], event: Event) -> list[Any]:
    """The lines, kept for us, each of which this may happen to. Raises NotFound, InvalidInput, Refused."""
    if not line_ids:
        raise InvalidInput(_("Which goods? Choose lines in quarantine."), field="lines")
    rows = uow.sql.execute(
        select(RL.__table__, R.number, R.supplier_id, R.currency, R.rate, R.reversal_id, StockEntry.qty.label("micro"))
        .join(R, R.id == RL.receipt_id)
        .join(StockEntry, StockEntry.id == RL.entry_id)
        .where(RL.id.in_(sorted(set(line_ids))))
        .order_by(RL.id)
        .with_for_update(of=PurchaseReceiptLine)
    ).all()
    if len(rows) != len(set(line_ids)):
        raise NotFound(_("There is no such line of a receipt."), field="lines")
    for row in rows:
        if row.reversal_id is not None:
            raise Refused(_("{number} was taken back already.", number=row.number), field="ref")
        state_after(INSPECTION, InspectionState(row.inspection), event, row.number)
    if len({row.currency for row in rows}) > 1:
        raise Refused(_("These goods were bought in several currencies. Take each on its own."), field="currency")
    return list(rows)


def _move(uow: UnitOfWork, lines: Sequence[Any], state: InspectionState, note: str) -> None:
    values: dict[str, object] = {"inspection": str(state)}
    if note.strip():
        values["note"] = note.strip()[:200]
    uow.sql.execute(update(RL).where(RL.id.in_([line.id for line in lines])).values(**values))
    receipts = {line.receipt_id for line in lines}
    uow.sql.execute(update(R).where(R.id.in_(receipts)).values(version=R.version + 1))
    uow.note(receipts=sorted({line.number for line in lines}))


def _back(line: Any, left: Decimal, reason: ClaimKind, note: str) -> NewReturnLine:
    """The rest of a line as goods that go back: whole as it came, else in base units."""
    whole = left == from_micro(line.micro)
    qty = line.qty if whole else left
    return NewReturnLine(
        qty, line.id, unit=line.unit if whole else "", reason=reason, lot_id=line.lot_id or None, note=note
    )


def _worth(line: Any) -> Decimal:
    digits = digits_of(line.currency)
    return Decimal(0) if line.is_free or line.price is None else round_decimal(line.qty * line.price, digits)
