"""What the pictures of this room show."""

from __future__ import annotations

from typing import Any

from core import purchasing
from core.purchasing import InvoiceFilter
from core.words import InvoiceKind, InvoiceState


def some_invoice(office: Any) -> int | None:
    """The newest invoice with differences, else the newest of all."""
    kind = InvoiceKind.INVOICE
    for wanted in (InvoiceFilter(states=(InvoiceState.DIFFERENCES,), kind=kind), InvoiceFilter(kind=kind)):
        rows = office.ask(purchasing.list_invoices, wanted=wanted)
        if rows:
            return int(rows[0].id)
    return None


def some_credit_note(office: Any) -> int | None:
    """The newest credit note."""
    rows = office.ask(purchasing.list_invoices, wanted=InvoiceFilter(kind=InvoiceKind.CREDIT_NOTE))
    return rows[0].id if rows else None


def some_open_invoice(office: Any) -> int | None:
    """The newest invoice that may still be corrected."""
    open_states = (InvoiceState.TO_MATCH, InvoiceState.DIFFERENCES, InvoiceState.MATCHED)
    rows = office.ask(purchasing.list_invoices, wanted=InvoiceFilter(states=open_states))
    return rows[0].id if rows else None


def some_waiting(office: Any) -> Any:
    """A receipt's line that waits for an invoice."""
    rows = office.ask(purchasing.list_not_invoiced)
    return rows[0] if rows else None
