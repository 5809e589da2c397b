"""The columns of claims, and how their states look."""

from __future__ import annotations

from core.i18n import Text, _, _n
from core.purchasing import ClaimLineRow, ClaimRow
from core.values import CURRENCY_SIGNS
from core.words import ClaimState, word
from desktop.purchasing.receive.finding import Finder
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, local_time, money_words, number_words

LONG_DAYS = 30
_MEANINGS = {
    ClaimState.OPEN: Meaning.SOON,
    ClaimState.SENT: Meaning.WATCH,
    ClaimState.CREDITED: Meaning.GOOD,
    ClaimState.WRITTEN_OFF: Meaning.PLAIN,
}


def claim_look(row: ClaimRow) -> BadgeLook:
    """Where a claim stands."""
    return BadgeLook(word(row.state), _MEANINGS[row.state])


def amount_words(row: ClaimRow, amount: object) -> str:
    """An amount in the claim's currency."""
    return "" if amount is None else f"{CURRENCY_SIGNS.get(row.currency, row.currency)}{money_words(amount)}"  # type: ignore[arg-type]


def waits_words(row: ClaimRow) -> Text | str:
    """How long it has waited."""
    return _n("{n} day", "{n} days", row.days) if row.days else ""


def claim_columns(language: str, *, sees_cost: bool) -> list[Column]:
    """The list of claims."""
    columns = [
        Column("number", _("Number"), 132),
        Column("created_at", _("Opened"), 104, kind=Kind.DATE, value=lambda row: local_time(row.created_at).date()),
        Column("supplier", _("Supplier"), 190, stretch=True, value=lambda row: row.supplier_title(language)),
        Column("receipt_number", _("Receipt"), 132, muted=True, wide_only=True),
        Column("lines", _("Lines"), 64, kind=Kind.QTY, wide_only=True),
        Column("days", _("Waited"), 80, value=waits_words, sortable=False,
               meaning=lambda row: Meaning.SOON if row.days > LONG_DAYS else None),
        Column("credit_note", _("Credit note"), 116, muted=True, wide_only=True),
        Column("state", _("State"), 120, kind=Kind.BADGE, value=claim_look, sortable=False),
    ]  # fmt: skip
    if sees_cost:
        columns[5:5] = [
            Column("asked", _("Asked"), 104, value=lambda row: amount_words(row, row.asked), sortable=False),
            Column("expected", _("Still expected"), 112, value=lambda row: amount_words(row, row.expected or None),
                   sortable=False),
        ]  # fmt: skip
    return columns


def line_columns(finder: Finder, *, sees_cost: bool) -> list[Column]:
    """The lines of a claim in its panel."""
    language = finder.context.language
    columns = [
        Column("item", _("Item"), 120, stretch=True, value=lambda line: line.title(language), sortable=False),
        Column("kind", _("What for"), 116, value=lambda line: word(line.kind), sortable=False),
        Column("qty", _("Quantity"), 96, value=lambda line: qty_words(finder, line), sortable=False),
    ]
    if sees_cost:
        columns.append(Column("amount", _("Amount"), 84, kind=Kind.MONEY, sortable=False))
    return columns


def qty_words(finder: Finder, line: ClaimLineRow) -> str:
    """A quantity with its unit."""
    return f"{number_words(line.qty)} {finder.unit_word(line.unit)}"
