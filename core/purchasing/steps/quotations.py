"""Requests for quotation as they are stored, and their answers as they are compared."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from core import catalog
from core.errors import Conflict, CoreError, InvalidInput, NotFound
from core.i18n import _
from core.purchasing.rules.comparison import landed_offers
from core.purchasing.rules.states import RFQ, state_after
from core.purchasing.types.quotations import AnswerHead, Landed, NewRfqLine, Offered
from core.purchasing.types.states import Event
from core.uow import UnitOfWork
from core.values import digits_of
from db.base import table_of
from db.enums import RfqState
from db.purchasing import PurchaseRules, Rfq, RfqAnswer, RfqLine, RfqSupplier

R, L, S, A = table_of(Rfq), table_of(RfqLine), table_of(RfqSupplier), table_of(RfqAnswer)
MOST_LINES = 300


def held_rfq(uow: UnitOfWork, rfq_id: int, version: int | None = None) -> Any:
    """A request for quotation, held until the end. Raises NotFound, Conflict."""
    row = uow.sql.execute(select(R).where(R.c.id == rfq_id).with_for_update()).first()
    if row is None:
        raise NotFound(_("This request for quotation is not there any more."), field="rfq")
    if version is not None and row.version != version:
        raise Conflict(
            _("Somebody else changed {number} meanwhile. Look at it again.", number=row.number),
            base={}, mine={}, theirs={},
        )  # fmt: skip
    return row


def move_rfq(uow: UnitOfWork, row: Any, event: Event, **values: object) -> int:
    """Bring a request where an event takes it; answers its new version. Raises Refused."""
    after = state_after(RFQ, RfqState(row.state), event, row.number)
    uow.sql.execute(update(R).where(R.c.id == row.id).values(state=str(after), version=row.version + 1, **values))
    uow.note(number=row.number, changes={"state": [row.state, str(after)]})
    return int(row.version) + 1


def asked_lines(uow: UnitOfWork, lines: Sequence[NewRfqLine]) -> list[dict[str, Any]]:
    """The stored values of lines asked for. Raises InvalidInput or NotFound with the row."""
    if not lines:
        raise InvalidInput(_("Nothing is asked for yet. Add an item."), field="lines")
    if len(lines) > MOST_LINES:
        raise InvalidInput(_("At most {n} lines fit on one paper.", n=MOST_LINES), field="lines")
    facts, tables = catalog.load_item_facts(uow, [line.item_id for line in lines])
    found: list[dict[str, Any]] = []
    for number, line in enumerate(lines, start=1):
        try:
            if line.item_id not in facts:
                raise NotFound(_("There is no such item ({item_id}).", item_id=line.item_id), field="item")
            if line.qty <= 0:
                raise InvalidInput(_("The quantity must be above zero."), field="qty")
            table = tables[line.item_id]
            unit = table.unit(line.unit or table.purchase)
            table.to_base(line.qty, unit)
            note = line.note.strip()[:200]
        except CoreError as fault:
            raise fault.in_row(number) from None
        found.append(
            {
                "line": number, "item_id": line.item_id, "qty": line.qty, "unit": unit, "factor": table.factor(unit),
                "note": note,
            }
        )  # fmt: skip
    return found


def stored_lines(uow: UnitOfWork, rfq_id: int) -> list[Any]:
    """The lines of a request, in order."""
    return list(uow.sql.execute(select(L).where(L.c.rfq_id == rfq_id).order_by(L.c.line)))


def compared(uow: UnitOfWork, lines: Sequence[Any], suppliers: Sequence[Any]) -> tuple[list[Any], tuple[Landed, ...]]:
    """The stored offers of these suppliers' rows, and what each comes to."""
    by_id = {row.id: row for row in suppliers if row.answered_at is not None and not row.is_declined}
    wanted = {line.id: line.qty * line.factor for line in lines}
    rows = list(
        uow.sql.execute(
            select(A).where(A.c.rfq_supplier_id.in_(sorted(by_id)), A.c.price.is_not(None)).order_by(A.c.id)
        )
    )
    offers = [
        Offered(
            row.rfq_line_id, by_id[row.rfq_supplier_id].supplier_id, wanted[row.rfq_line_id], row.factor, row.price,
            row.tax_rate, row.minimum_qty,
        )
        for row in rows
    ]  # fmt: skip
    heads = {row.supplier_id: _head(row) for row in by_id.values()}
    is_recoverable = uow.sql.execute(select(PurchaseRules.is_tax_recoverable)).scalar_one_or_none()
    found = landed_offers(
        offers, heads, site_digits=uow.site.digits, is_recoverable=True if is_recoverable is None else is_recoverable
    )
    return rows, found


def _head(row: Any) -> AnswerHead:
    digits = digits_of(row.currency)
    return AnswerHead(row.supplier_id, row.currency, digits, row.rate, row.is_tax_incl, row.freight or Decimal(0))
