"""Invoices as they are stored: entered, changed, cancelled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, exists, insert, or_, select, update

from core import documents
from core.errors import Conflict, CoreError, NotFound
from core.i18n import _
from core.purchasing.rules.states import INVOICE, state_after
from core.purchasing.steps.invoices.ready import Question, Ready, Values
from core.purchasing.types.invoices import InvoiceDocument
from core.purchasing.types.states import Event
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import InvoiceState
from db.purchasing import Invoice, InvoiceCharge, InvoiceLine, InvoiceMatch
from db.sql import CHUNK, chunks

PREFIX = "IN"
OWNER = "invoice"
I, L = table_of(Invoice), table_of(InvoiceLine)  # noqa: E741


def load_invoice(uow: UnitOfWork, invoice_id: int, version: int | None = None) -> Any:
    """The stored row, held. Raises NotFound, Conflict when it is not in the version that was seen."""
    row = uow.sql.execute(select(I).where(I.c.id == invoice_id).with_for_update()).first()
    if row is None:
        raise NotFound(_("This invoice is not there any more."), field="invoice")
    if version is not None and row.version != version:
        raise Conflict(
            _("Somebody else changed {name} meanwhile. Look at it again.", name=row.own_number),
            base={}, mine={}, theirs={},
        )  # fmt: skip
    return row


def move_invoice(uow: UnitOfWork, row: Any, event: Event, **values: object) -> None:
    """Bring a loaded invoice where an event takes it. Raises Refused."""
    after = state_after(INVOICE, InvoiceState(row.state), event, row.own_number)
    uow.sql.execute(update(I).where(I.c.id == row.id).values(state=str(after), version=row.version + 1, **values))
    uow.note(number=row.own_number, changes={"state": [row.state, str(after)]})


def ask(uow: UnitOfWork, questions: Iterable[Question]) -> None:
    """Ask what nobody answered yet. Raises NeedsConfirmation with the row of the line."""
    for question in questions:
        try:
            uow.confirm(question.key, question.text, field=question.field)
        except CoreError as asked:
            asked.row = question.row
            raise


def insert_invoices(uow: UnitOfWork, readies: Sequence[Ready], source: str = "typed") -> list[int]:
    """Store invoices to be matched; their ids in the order given. A fixed number of statements for 5,000 lines."""
    if not readies:
        return []
    numbers = documents.next_numbers(uow, PREFIX, uow.now, len(readies))
    rows = [
        {
            **ready.head, "own_number": number, "state": str(InvoiceState.TO_MATCH), "paid": 0, "source": source,
            "sha256": "", "verdict": "", "person_id": uow.actor.person_id, "created_at": uow.now, "version": 1,
        }
        for ready, number in zip(readies, numbers, strict=True)
    ]  # fmt: skip
    for part in chunks(rows, CHUNK):
        uow.sql.execute(insert(I), part)
    ids: dict[str, int] = {}
    for few in chunks(numbers):
        found = uow.sql.execute(select(I.c.own_number, I.c.id).where(I.c.own_number.in_(few)))
        ids.update({row.own_number: row.id for row in found})
    made = [ids[number] for number in numbers]
    insert_lines(uow, [(key, ready.lines) for key, ready in zip(made, readies, strict=True)])
    return made


def insert_lines(uow: UnitOfWork, lines: Iterable[tuple[int, Sequence[Values]]]) -> None:
    """Store the lines of invoices."""
    rows = [{**line, "invoice_id": key} for key, own in lines for line in own]
    for part in chunks(rows, CHUNK):
        uow.sql.execute(insert(L), part)


def replace_invoice(uow: UnitOfWork, row: Any, ready: Ready) -> None:
    """Store an invoice anew under its own number. Its matches must have been taken back; lines that ever had one stay as
    replaced, so that what was not invoiced on an earlier day can still be told."""
    mine = L.c.invoice_id == row.id
    matched = select(InvoiceMatch.invoice_line_id).where(InvoiceMatch.invoice_line_id == L.c.id)
    charged = select(InvoiceCharge.invoice_line_id).where(InvoiceCharge.invoice_line_id == L.c.id)
    was_used = or_(exists(matched), exists(charged))
    uow.sql.execute(update(L).where(mine, was_used).values(is_replaced=True))
    uow.sql.execute(delete(L).where(mine, L.c.is_replaced.is_(False)))
    values = {**ready.head, "state": str(InvoiceState.TO_MATCH), "verdict": "", "version": I.c.version + 1}
    uow.sql.execute(update(I).where(I.c.id == row.id).values(**values, matched_at=None))
    insert_lines(uow, [(row.id, ready.lines)])


def keep_document(uow: UnitOfWork, invoice_id: int, document: InvoiceDocument) -> None:
    """Attach the file an invoice came as. Raises InvalidInput as attaching does."""
    documents.attach_file(uow, owner_kind=OWNER, owner_id=invoice_id, name=document.name, content=document.content)
    digest = sha256(document.content).hexdigest()
    uow.sql.execute(update(I).where(I.c.id == invoice_id).values(sha256=digest, source=document.source))
