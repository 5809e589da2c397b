"""Invoices written straight into the tables, for what follows after their match."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count

from sqlalchemy import insert

from core.purchasing.rules.matching import plain_number
from db.columns import moment
from db.engine import open_engine, url_of
from db.enums import InvoiceKind, InvoiceState
from db.purchasing import Invoice

_numbers = count(1)


def book_invoice(site: str, supplier_id: int, gross: str, **over: object) -> int:
    """An approved invoice of a supplier; amounts as money with two decimals, a credit note below zero."""
    minor = int(Decimal(gross) * 100)
    number = str(over.pop("number", f"F-{next(_numbers):05d}"))
    values: dict[str, object] = {
        "own_number": f"IN-T-{next(_numbers):06d}",
        "kind": InvoiceKind.INVOICE if minor > 0 else InvoiceKind.CREDIT_NOTE,
        "state": InvoiceState.APPROVED,
        "supplier_id": supplier_id,
        "number": number,
        "plain_number": plain_number(number),
        "invoiced_on": date(2026, 2, 1),
        "received_on": date(2026, 2, 2),
        "due_on": date(2026, 3, 3),
        "currency": "CNY",
        "rate": Decimal(1),
        "net": minor,
        "tax": 0,
        "gross": minor,
        "taxes": {},
        "person_id": 1,
        "created_at": moment(1_770_000_000_000_000),
        **over,
    }
    engine = open_engine(url_of(site))
    try:
        with engine.begin() as sql:
            return int(sql.execute(insert(Invoice).values(**values).returning(Invoice.id)).scalar_one())
    finally:
        engine.dispose()
