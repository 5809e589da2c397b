"""What waits for invoices, summed up by receipt or by supplier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import Name, Text, _, _n
from core.purchasing import OpenReceiptRow
from desktop.widgets import language

RECEIPT, SUPPLIER = "receipt", "supplier"
GROUPS: dict[str, Text] = {RECEIPT: _("By receipt"), SUPPLIER: _("By supplier")}


@dataclass(frozen=True, slots=True)
class WaitingSum:
    """Lines of one receipt, or of all receipts of a supplier (`posting_id` None); it waits as long as its oldest line."""

    id: str
    rows: tuple[OpenReceiptRow, ...]
    posting_id: int | None
    number: str
    document: str
    order_number: str
    unit: str = ""
    open_qty: Decimal | None = None

    @property
    def supplier_id(self) -> int:
        """Whose goods these are."""
        return self.rows[0].supplier_id

    @property
    def supplier(self) -> Name:
        """The supplier's name."""
        return self.rows[0].supplier

    @property
    def received_on(self) -> date:
        """The day the oldest of them came."""
        return min(row.received_on for row in self.rows)

    @property
    def days(self) -> int:
        """How long the oldest of them has waited."""
        return max(row.days for row in self.rows)

    @property
    def name(self) -> Name:
        """How many lines it sums up, where a line has its item."""
        count = _n("{n} line", "{n} lines", len(self.rows))
        return Name(count.render("zh"), count.render("en"))

    @property
    def not_invoiced(self) -> Decimal:
        """What is owed for them by estimate."""
        return sum((row.not_invoiced for row in self.rows), Decimal(0))


def sums_of(rows: Sequence[OpenReceiptRow], group: str) -> list[WaitingSum]:
    """The sums of these lines, in the order their first line stands in."""
    found: dict[int, list[OpenReceiptRow]] = {}
    for row in rows:
        found.setdefault(row.posting_id if group == RECEIPT else row.supplier_id, []).append(row)
    return [_sum_of(f"{group}.{key}", mine, is_receipt=group == RECEIPT) for key, mine in found.items()]


def _sum_of(key: str, rows: list[OpenReceiptRow], *, is_receipt: bool) -> WaitingSum:
    first = rows[0]
    receipts = len({row.posting_id for row in rows})
    number = first.number if is_receipt else _n("{n} receipt", "{n} receipts", receipts).render(language())
    orders = ", ".join(dict.fromkeys(row.order_number for row in rows if row.order_number))
    return WaitingSum(
        key, tuple(rows), first.posting_id if is_receipt else None, number, first.document if is_receipt else "", orders
    )
