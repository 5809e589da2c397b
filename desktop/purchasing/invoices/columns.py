"""Columns and badges of invoices, of what is to be settled on them, and of goods that wait for one."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import Text, _, _n
from core.purchasing import DifferenceRow, FindingKind, InvoiceRow, OpenReceiptRow
from core.values import digits_of
from core.words import InvoiceKind, InvoiceState, Verdict, word
from desktop.theme import Meaning
from desktop.widgets import Align, BadgeLook, Column, Kind, language, number_words, percent_words

LONG_DAYS = 30
STATES: dict[InvoiceState, Meaning] = {
    InvoiceState.DRAFT: Meaning.PLAIN,
    InvoiceState.TO_MATCH: Meaning.SOON,
    InvoiceState.DIFFERENCES: Meaning.DANGER,
    InvoiceState.MATCHED: Meaning.ACCENT,
    InvoiceState.APPROVED: Meaning.GOOD,
    InvoiceState.PAID: Meaning.PLAIN,
    InvoiceState.CANCELLED: Meaning.PLAIN,
}
VERDICTS: dict[Verdict, Meaning] = {
    Verdict.PAY: Meaning.GOOD,
    Verdict.WAIT: Meaning.SOON,
    Verdict.EXCEPTION: Meaning.DANGER,
}
KINDS: dict[FindingKind, Text] = {
    FindingKind.PRICE: _("Price"),
    FindingKind.NOT_RECEIVED: _("Not received yet"),
    FindingKind.MORE_THAN_RECEIVED: _("More than received"),
    FindingKind.UNKNOWN: _("Unknown item"),
    FindingKind.NOT_RETURNED: _("Not sent back"),
    FindingKind.PRICE_CREDIT: _("Credit on a price"),
    FindingKind.CHARGE: _("Charge not spread"),
    FindingKind.TAX: _("Tax"),
    FindingKind.DUPLICATE: _("There twice"),
}
OVER = frozenset({InvoiceState.PAID, InvoiceState.CANCELLED})


def said(amount: Decimal, currency: str) -> str:
    """An amount in its own currency: 1,234.50 EUR."""
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    return f"{sign}{abs(amount):,.{digits_of(currency)}f} {currency}"


def state_look(row: InvoiceRow) -> BadgeLook:
    """How far an invoice has come."""
    return BadgeLook(word(row.state), STATES[row.state])


def verdict_look(row: InvoiceRow) -> BadgeLook | None:
    """What the match says, while it matters."""
    if row.verdict is None or row.state in OVER:
        return None
    return BadgeLook(word(row.verdict), VERDICTS[row.verdict])


def due_meaning(row: InvoiceRow) -> Meaning | None:
    """An invoice that is late is red."""
    return Meaning.DANGER if row.is_overdue else None


def difference_meaning(difference: Decimal) -> Meaning | None:
    """Dearer than received is red, cheaper green."""
    if not difference:
        return None
    return Meaning.DANGER if difference > 0 else Meaning.GOOD


def waits_meaning(row: OpenReceiptRow) -> Meaning | None:
    """Goods that have waited for long."""
    return Meaning.SOON if row.days > LONG_DAYS else None


def percent_said(row: DifferenceRow) -> str:
    """By how much the invoice is off, with its sign."""
    if row.percent is None:
        return ""
    sign = "+" if row.percent > 0 else ""
    return f"{sign}{percent_words(row.percent / 100)}"


def qty_said(qty: Decimal, unit: str) -> str:
    """A quantity with its unit; empty for none."""
    return f"{number_words(qty)} {unit}".strip() if qty else ""


INVOICES = (
    Column("invoiced_on", _("Invoice date"), 98, kind=Kind.DATE),
    Column("supplier", _("Supplier"), 170, stretch=True, value=lambda row: row.supplier.render(language())),
    Column("number", _("Number"), 120),
    Column("own_number", _("Our number"), 128, muted=True, wide_only=True),
    Column(
        "kind", _("Kind"), 100, muted=True, wide_only=True,
        value=lambda row: word(row.kind) if row.kind is InvoiceKind.CREDIT_NOTE else "",
    ),
    Column("due_on", _("Due date"), 98, kind=Kind.DATE, meaning=due_meaning),
    Column("gross", _("With tax"), 128, Align.RIGHT, value=lambda row: said(row.gross, row.currency), sortable=False),
    Column(
        "difference", _("Difference"), 88, kind=Kind.MONEY, why=True,
        meaning=lambda row: difference_meaning(row.difference),
    ),
    Column("verdict", _("Verdict"), 146, kind=Kind.BADGE, value=verdict_look, sortable=False),
    Column("state", _("State"), 146, kind=Kind.BADGE, value=state_look, sortable=False),
)  # fmt: skip
DIFFERENCES = (
    Column("invoiced_on", _("Invoice date"), 106, kind=Kind.DATE, wide_only=True),
    Column("supplier", _("Supplier"), 150, value=lambda row: row.supplier.render(language())),
    Column("number", _("Invoice"), 116),
    Column("item", _("Item"), 150, value=lambda row: row.name.render(language()) or row.code),
    Column("kind", _("What for"), 132, value=lambda row: KINDS[row.kind]),
    Column("text", _("What differs"), 220, stretch=True, muted=True, sortable=False),
    Column("percent", _("By how much"), 92, Align.RIGHT, value=percent_said, sortable=False),
    Column(
        "difference", _("At stake"), 110, kind=Kind.MONEY, meaning=lambda row: difference_meaning(row.difference)
    ),
)  # fmt: skip
WAITING = (
    Column("received_on", _("Received on"), 106, kind=Kind.DATE),
    Column("days", _("Waits"), 86, value=lambda row: _n("{n} day", "{n} days", row.days), meaning=waits_meaning,
           sortable=False),
    Column("supplier", _("Supplier"), 150, stretch=True, value=lambda row: row.supplier.render(language())),
    Column("number", _("Receipt"), 128),
    Column("document", _("Delivery note"), 116, muted=True, wide_only=True),
    Column("order_number", _("Order"), 124, muted=True, wide_only=True),
    Column("item", _("Item"), 150, value=lambda row: row.name.render(language())),
    Column("open_qty", _("Not invoiced"), 108, kind=Kind.QTY, unit="unit"),
    Column("not_invoiced", _("Owed by estimate"), 124, kind=Kind.MONEY, why=True),
)  # fmt: skip
