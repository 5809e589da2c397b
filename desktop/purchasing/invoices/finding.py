"""Invoices for the palette, by their number or ours."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core import purchasing
from core.purchasing import InvoiceFilter, InvoiceRow
from core.words import word
from desktop.context import AppContext
from desktop.purchasing.invoices.columns import said
from desktop.shell.registry import Found, Hit

LEAST, MOST = 3, 6
SURE, LIKELY = 95.0, 60.0


def find_invoices(context: AppContext, owner: QWidget, text: str, found: Found) -> None:
    """Ask for invoices whose number holds what was typed."""
    typed = text.strip()
    if len(typed) < LEAST or not any(letter.isdigit() for letter in typed):
        found([])
        return

    def take(rows: list[InvoiceRow]) -> None:
        wanted = typed.casefold()
        mine = [row for row in rows if wanted in f"{row.number} {row.own_number}".casefold()]
        found([_hit(context, row, wanted) for row in mine[:MOST]])

    context.ops.ask(
        owner, purchasing.list_invoices, then=take, failed=lambda _error: found([]), key="purchasing.find_invoices",
        wanted=InvoiceFilter(text=typed),
    )  # fmt: skip


def _hit(context: AppContext, row: InvoiceRow, wanted: str) -> Hit:
    is_it = wanted in (row.number.casefold(), row.own_number.casefold())
    return Hit(
        f"{row.number} · {row.supplier.render(context.language)}",
        lambda: context.shell.go("purchasing.invoice", invoice_id=row.id),
        note=f"{row.own_number} · {said(row.gross, row.currency)}",
        icon="file",
        group=context.words(word(row.kind)),
        score=SURE if is_it else LIKELY,
    )
