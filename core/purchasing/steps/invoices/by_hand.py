"""One match a person made: checked, reckoned, the item and the supplier's code learned."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select, update

from core import catalog
from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.purchasing.rules.by_hand import accrued_for, check_price_credit, invoiced_for, most_of
from core.purchasing.rules.invoice_pairing import decide
from core.purchasing.steps.accruals import ReceivedFacts, invoices_from, not_invoiced
from core.purchasing.steps.invoices.claiming import tie_to_returns
from core.purchasing.steps.invoices.matching import count_returned
from core.purchasing.steps.invoices.work import L, Work, check_matchable, load_work
from core.purchasing.types.standing import Held, Standing
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import Ground, InvoiceLineKind, MatchDecision
from db.purchasing import Claim


def load_line(uow: UnitOfWork, line_id: int) -> tuple[Work, Standing]:
    """The invoice of a line and the line, to be changed. Raises NotFound, Refused."""
    invoice_id = uow.sql.execute(
        select(L.c.invoice_id).where(L.c.id == line_id, L.c.is_replaced.is_(False))
    ).scalar_one_or_none()
    if invoice_id is None:
        raise NotFound(_("This line is not there any more. Look at the invoice again."), field="line")
    work = load_work(uow, [invoice_id])
    check_matchable(work.heads[invoice_id])
    return work, next(line for line in work.lines[invoice_id] if line.id == line_id)


def load_received(uow: UnitOfWork, work: Work, line: Standing, entry_id: int) -> ReceivedFacts:
    """The receipt's entry a line is to stand against. Raises InvalidInput when it cannot."""
    if line.kind is not InvoiceLineKind.GOODS:
        raise InvalidInput(_("Only lines of goods are matched. Spread a charge over receipts instead."), field="line")
    found = not_invoiced(uow, entry_ids=[entry_id])
    is_awaited = bool(found) and found[0].at >= invoices_from(uow)
    if not is_awaited or found[0].received.supplier_id != line.supplier_id:
        raise InvalidInput(_("This supplier has no such receipt that waits for an invoice."), field="entry_id")
    return found[0]


def learn_item(uow: UnitOfWork, work: Work, line: Standing, item_id: int) -> Standing:
    """A line nobody knew the item of gets that of the receipt; how the supplier calls it is kept for the next time."""
    if line.item_id is not None:
        return line
    row = uow.sql.execute(select(L).where(L.c.id == line.id)).one()
    table = catalog.load_item_facts(uow, [item_id])[1][item_id]
    unit = table.unit(row.unit or table.purchase)
    line.item_id, line.qty = item_id, table.to_micro(row.qty, unit)
    values: dict[str, Any] = {"item_id": item_id, "unit": unit, "factor": table.factor(unit), "base_qty": line.qty}
    uow.sql.execute(update(L).where(L.c.id == line.id).values(**values))
    if row.supplier_code:
        catalog.learn_supplier_code(uow, line.supplier_id, item_id, row.supplier_code)
    return line


def hold(uow: UnitOfWork, work: Work, line: Standing, one: ReceivedFacts, qty: int | None) -> Held:
    """A match of `qty` (millionths, unsigned; None: as much as goes) of a line. Raises Refused, InvalidInput."""
    received = one.received
    sign = -1 if line.is_credit else 1
    signed = most_of(line, received) if qty is None else sign * qty
    if abs(signed) > abs(line.open_qty):
        raise InvalidInput(_("The line has not so much left that is not matched."), field="qty")
    accrued = accrued_for(received, signed)
    held = Held(line.id, received.line_id, signed, accrued, invoiced_for(line, signed), Ground.PERSON)
    count_returned(uow, work, [held], [one])
    decide([line], [held], work.tolerances)
    tie_to_returns(uow, [held])
    return held


def lower_price(line: Standing, one: ReceivedFacts, amount: int) -> Held:
    """A credit on the price of goods that stay: booked at once, because who chose the receipt decided."""
    invoiced = check_price_credit(line, amount)
    held = Held(line.id, one.received.line_id, 0, 0, invoiced, Ground.PERSON)
    return replace(held, decision=MatchDecision.ACCEPTED)


def claim_row(uow: UnitOfWork, claim_id: int, supplier_id: int) -> Any:
    """A claim to this supplier. Raises NotFound."""
    claim = table_of(Claim)
    row = uow.sql.execute(select(claim).where(claim.c.id == claim_id, claim.c.supplier_id == supplier_id)).first()
    if row is None:
        raise NotFound(_("There is no such claim to this supplier."), field="claim_id")
    return row
