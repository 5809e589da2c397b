"""What a person does with deliveries: receive them, take them back, return goods."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from core import stock
from core.errors import NotFound, Refused
from core.i18n import _
from core.purchasing.steps.receiving import receive
from core.purchasing.steps.returns import NewReturn, post_return, return_places
from core.purchasing.types.receipts import Delivery, NewDelivery, NewReturnLine, Returned
from core.registry import command
from core.stock import NewLine
from core.uow import UnitOfWork
from db.enums import Permission
from db.purchasing import PurchaseReceipt


@command(Permission.STOCK_RECEIVE)
def receive_delivery(uow: UnitOfWork, *, new: NewDelivery) -> Delivery:
    """Receive a delivery.

    Against one or several orders of a supplier, or none. What is taken in is posted at its price without recoverable tax
    and waits for the invoice; what is refused is kept with its reason. Raises InvalidInput, Refused, NotFound with the line
    as `row`; NeedsConfirmation for what is worth a question.
    """
    places = {line.location_id for line in new.lines}
    named = tuple(NewLine(0, Decimal(1), location_id=place) for place in places)
    stock.check_rights_at(uow, Permission.STOCK_RECEIVE, named)
    stock.check_backdating(uow, new.at)
    made = receive(uow, new)
    uow.note(number=made.number)
    return made


@command(Permission.STOCK_REVERSE)
def reverse_delivery(uow: UnitOfWork, *, receipt_id: int, note: str = "") -> int:
    """Take a delivery back.

    Its goods leave stock at their own value, its orders await them again, its claims end. Answers the reversal's
    posting. Raises NotFound; Refused when it was taken back already, all of it had been refused, an invoice is matched to
    it, or its goods are no longer there.
    """
    r = PurchaseReceipt
    row = uow.sql.execute(select(r.__table__).where(r.id == receipt_id).with_for_update()).first()
    if row is None:
        raise NotFound(_("There is no such receipt."), field="receipt")
    if row.posting_id is None:
        raise Refused(
            _("{number} took nothing in: there is nothing to take back. Give up its claim instead.", number=row.number),
            field="ref",
        )
    if row.reversal_id is not None:
        raise Refused(_("{number} was taken back already.", number=row.number), field="ref")
    desk = stock.Desk(uow)
    at = stock.moment_of_reversal(uow, row.posting_id)
    reversal_id = stock.post_reversal(uow, desk, posting_id=row.posting_id, at=at, note=note.strip())
    desk.close()
    uow.note(number=row.number)
    return reversal_id


@command(Permission.STOCK_RETURN)
def return_delivery(
    uow: UnitOfWork,
    *,
    lines: tuple[NewReturnLine, ...],
    supplier_id: int,
    document: str = "",
    note: str = "",
    at: datetime | None = None,
) -> Returned:
    """Return goods to the supplier and ask for the credit.

    Each line names the receipt it came with and leaves at that receipt's cost; a claim is opened for what was paid. Raises
    Refused when more goes back than came or is there, InvalidInput and NotFound with the line as `row`.
    """
    stock.check_rights_at(uow, Permission.STOCK_RETURN, return_places(uow, lines))
    stock.check_backdating(uow, at)
    made = post_return(uow, NewReturn(lines, supplier_id, document, note, at))
    uow.note(number=made.number, claim=made.claim_number)
    return made
