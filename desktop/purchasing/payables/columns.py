"""Columns and badges of debts, proposals and statements."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import Text, _, _n
from core.purchasing import STANDINGS, Due, PayableRow, ProposalRow, Standing, StatementFinding, StatementRow
from core.values import digits_of
from core.words import InvoiceKind, InvoiceState, ProposalState, word
from desktop.theme import Meaning
from desktop.widgets import Align, BadgeLook, Column, Kind, language

AGES: dict[Due, Text] = {
    Due.NOT_DUE: _("Not due yet"),
    Due.TO_30: _("1 to 30 days late"),
    Due.TO_60: _("31 to 60 days late"),
    Due.TO_90: _("61 to 90 days late"),
    Due.OVER_90: _("Over 90 days late"),
}
_STATES = {
    InvoiceState.APPROVED: Meaning.GOOD,
    InvoiceState.MATCHED: Meaning.ACCENT,
    InvoiceState.DIFFERENCES: Meaning.SOON,
}
_PROPOSALS = {
    ProposalState.DRAFT: Meaning.PLAIN,
    ProposalState.EXPORTED: Meaning.SOON,
    ProposalState.PAID: Meaning.GOOD,
}
_STANDINGS = {
    Standing.AGREES: Meaning.GOOD,
    Standing.AMOUNT: Meaning.DANGER,
    Standing.NOT_WITH_US: Meaning.DANGER,
    Standing.PAID: Meaning.SOON,
    Standing.NOT_WITH_THEM: Meaning.SOON,
}


def said(amount: Decimal, currency: str) -> str:
    """An amount in its own currency: 1,234.50 EUR."""
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    return f"{sign}{abs(amount):,.{digits_of(currency)}f} {currency}"


def invoice_look(row: PayableRow) -> BadgeLook:
    """Where the invoice stands on its way to be paid."""
    if row.proposal:
        return BadgeLook(_("In {proposal}", proposal=row.proposal), Meaning.ACCENT)
    return BadgeLook(word(row.state), _STATES.get(row.state, Meaning.PLAIN))


def late_words(row: PayableRow) -> Text | None:
    """How many days late."""
    return _n("{n} day late", "{n} days late", row.days_late) if row.days_late else None


def proposal_look(row: ProposalRow) -> BadgeLook:
    """How far a proposal has come."""
    return BadgeLook(word(row.state), _PROPOSALS[row.state])


def standing_look(finding: StatementFinding) -> BadgeLook:
    """How a line of a statement stands to the books."""
    return BadgeLook(STANDINGS[finding.standing], _STANDINGS[finding.standing])


def statement_look(row: StatementRow) -> BadgeLook:
    """Whether a statement agrees, or its differences are cleared up."""
    if row.is_settled:
        return BadgeLook(_("Settled"), Meaning.GOOD)
    return BadgeLook(_("Differs"), Meaning.DANGER) if row.difference else BadgeLook(_("Agrees"), Meaning.GOOD)


DEBTS = (
    Column("supplier", _("Supplier"), 170, stretch=True, value=lambda row: row.supplier.render(language())),
    Column("number", _("Invoice"), 140),
    Column("kind", _("Kind"), 110, muted=True, wide_only=True, value=lambda row: word(row.kind)),
    Column("due_on", _("Due date"), 106, kind=Kind.DATE),
    Column(
        "days_late", _("Overdue by"), 110, value=late_words,
        meaning=lambda row: Meaning.DANGER if row.age is not Due.TO_30 else Meaning.SOON,
    ),
    Column(
        "open", _("Still open"), 136, Align.RIGHT, value=lambda row: said(row.open, row.currency), sortable=False,
    ),
    Column("open_site", _("In the site's currency"), 144, kind=Kind.MONEY, wide_only=True),
    Column("state", _("State"), 168, kind=Kind.BADGE, value=invoice_look, sortable=False),
)  # fmt: skip
PROPOSALS = (
    Column("number", _("Number"), 150),
    Column("pay_on", _("Pay on"), 110, kind=Kind.DATE),
    Column("total", _("Total"), 150, Align.RIGHT, value=lambda row: said(row.total, row.currency), sortable=False),
    Column("lines", _("Invoices"), 84, kind=Kind.QTY),
    Column("suppliers", _("Suppliers"), 84, kind=Kind.QTY, wide_only=True),
    Column("by", _("Made by"), 110, stretch=True, muted=True),
    Column("state", _("State"), 130, kind=Kind.BADGE, value=proposal_look, sortable=False),
)
STATEMENTS = (
    Column("supplier", _("Supplier"), 190, stretch=True, value=lambda row: row.supplier.render(language())),
    Column("until", _("Until"), 110, kind=Kind.DATE),
    Column(
        "balance", _("Balance of the statement"), 172, Align.RIGHT, value=lambda row: said(row.balance, row.currency)
    ),
    Column("ours", _("Balance of the books"), 160, Align.RIGHT, value=lambda row: said(row.ours, row.currency)),
    Column("difference", _("Difference"), 120, kind=Kind.MONEY, why=True),
    Column("state", _("State"), 110, kind=Kind.BADGE, value=statement_look, sortable=False),
)
FINDINGS = (
    Column("number", _("Invoice"), 130, stretch=True),
    Column("theirs", _("Statement"), 104, kind=Kind.MONEY),
    Column("ours", _("Books"), 104, kind=Kind.MONEY),
    Column("standing", _("Result"), 190, kind=Kind.BADGE, value=standing_look),
)
PROPOSED = (
    Column("supplier", _("Supplier"), 130, stretch=True, value=lambda line: line.supplier.render(language())),
    Column("number", _("Invoice"), 120),
    Column("due_on", _("Due date"), 100, kind=Kind.DATE),
    Column("amount", _("Amount"), 110, kind=Kind.MONEY),
)


def is_credit(row: PayableRow) -> bool:
    """Whether the supplier owes it to us."""
    return row.kind is InvoiceKind.CREDIT_NOTE
