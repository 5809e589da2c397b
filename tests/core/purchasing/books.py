"""Receipts, returns and invoices for tests, through the office."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

from sqlalchemy import update

from core import purchasing, stock
from core.office import Office
from core.purchasing import InvoiceOutcome, NewInvoice, NewInvoiceLine
from core.registry import command
from core.stock import NewLine
from core.uow import UnitOfWork
from db.enums import InvoiceKind, InvoiceLineKind
from db.purchasing import PurchaseRules

TODAY = date(2026, 3, 4)


@command(None)
def set_rules_for_test(uow: UnitOfWork, *, values: dict[str, Any]) -> None:
    """Set rules of purchasing for a test."""
    uow.sql.execute(update(PurchaseRules).values(**values))


def await_invoices(office: Office, **rules: Any) -> None:
    """Invoices are awaited from long before the test's first receipt on."""
    office.do(set_rules_for_test, values={"invoices_from": date(2025, 1, 1)} | rules)


def receive(office: Office, supplier: int, *lines: tuple[int, str, str], document: str = "") -> tuple[int, list[int]]:
    """Goods from a supplier: (item, quantity, value) each; answers the posting and its entries."""
    posted = office.do(
        stock.receive_goods,
        lines=tuple(NewLine(item, D(qty), value=D(value)) for item, qty, value in lines),
        supplier_id=supplier,
        document=document,
    )
    return posted.posting_id, [
        line.entry_id for line in office.ask(stock.get_posting, posting_id=posted.posting_id).lines
    ]


def send_back(office: Office, supplier: int, item: int, qty: str, entry: int) -> int:
    """Goods that go back to the supplier."""
    line = NewLine(item, D(qty), link_id=entry)
    return int(office.do(stock.return_to_supplier, lines=(line,), supplier_id=supplier).posting_id)


def goods(item: int | None, qty: str | None, amount: str, **over: Any) -> NewInvoiceLine:
    """A line of goods with its amount."""
    return NewInvoiceLine(item_id=item, qty=None if qty is None else D(qty), amount=D(amount), **over)


def charge(amount: str, **over: Any) -> NewInvoiceLine:
    """A line of freight."""
    return NewInvoiceLine(kind=InvoiceLineKind.CHARGE, amount=D(amount), description="运费", **over)


def new_invoice(supplier: int, number: str, *lines: NewInvoiceLine, **over: Any) -> NewInvoice:
    """An invoice of today."""
    return NewInvoice(supplier, number, over.pop("invoiced_on", TODAY), lines, **over)


def invoice(office: Office, supplier: int, number: str, *lines: NewInvoiceLine, **over: Any) -> InvoiceOutcome:
    """An invoice entered and matched."""
    confirmed = frozenset(over.pop("confirmed", ()))
    new = new_invoice(supplier, number, *lines, **over)
    return office.do(purchasing.enter_invoice, invoice=new, confirmed=confirmed)


def credit(office: Office, supplier: int, number: str, *lines: NewInvoiceLine, **over: Any) -> InvoiceOutcome:
    """A credit note entered and matched."""
    return invoice(office, supplier, number, *lines, kind=InvoiceKind.CREDIT_NOTE, **over)


def owed(office: Office, entry: int) -> D:
    """What is not invoiced of a receipt's entry."""
    return sum((row.not_invoiced for row in office.ask(purchasing.list_not_invoiced) if row.entry_id == entry), D(0))


def booked(office: Office, entry: int) -> D:
    """What the ledger says a receipt's entry, its landed cost and its linked returns amount to."""
    rows = office.ask(stock.list_ledger, wanted=stock.LedgerFilter())
    value = D(0)
    for row in rows:
        if row.entry_id == entry:
            value += (row.value or 0) + (row.settled or 0) + (row.variance or 0)
    return value


def worth(office: Office, item: int) -> tuple[D, D]:
    """Quantity and value of an item on hand."""
    rows = office.ask(stock.list_values, item_id=item)
    return (rows[0].qty, rows[0].value) if rows else (D(0), D(0))
