"""The lines of a journal and of the account map, and their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.costing import AccountRow, Journal, JournalLine, JournalVoucher
from core.i18n import Text, _
from core.words import word
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, Words, language


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """A line of a voucher; `words` stand on its first line only."""

    id: int
    number: str
    day: date
    words: Words
    line: JournalLine
    voucher: JournalVoucher


def voucher_lines(journal: Journal) -> list[VoucherLine]:
    """All lines, voucher by voucher."""
    found: list[VoucherLine] = []
    for voucher in journal.vouchers:
        number = f"{journal.settings.voucher_word}-{voucher.number}"
        for line in voucher.lines:
            found.append(VoucherLine(len(found), number, voucher.day, voucher.text, line, voucher))
    return found


def line_columns() -> list[Column]:
    """Columns of the journal."""
    return [
        Column("number", _("Voucher"), 72, sortable=False),
        Column("day", _("Day"), 108, kind=Kind.DATE, muted=True, sortable=False),
        Column("words", _("Text"), 170, stretch=True, sortable=False),
        Column("code", _("Account code"), 92, value=lambda row: row.line.code, sortable=False),
        Column("name", _("Account name"), 160, value=lambda row: row.line.name, sortable=False),
        Column("supplier", _("Supplier or department"), 164, muted=True, wide_only=True, value=_beside, sortable=False),
        Column("debit", _("Debit"), 100, kind=Kind.MONEY, value=lambda row: row.line.debit, sortable=False),
        Column("credit", _("Credit"), 100, kind=Kind.MONEY, value=lambda row: row.line.credit, sortable=False),
    ]


def _beside(row: VoucherLine) -> str:
    return row.line.supplier_name or row.line.section


def balance_words(journal: Journal) -> Text:
    """How many vouchers, and that their debits are their credits."""
    debit = sum((line.debit for voucher in journal.vouchers for line in voucher.lines), Decimal(0))
    credit = sum((line.credit for voucher in journal.vouchers for line in voucher.lines), Decimal(0))
    facts = {"n": f"{len(journal.vouchers):,}", "debit": f"{debit:,}", "credit": f"{credit:,}"}
    if debit != credit:
        return _("{n} vouchers: debits {debit}, credits {credit}. They do not balance.", **facts)
    if journal.is_final:
        return _("{n} vouchers, debits = credits = {debit}. Kept as it was handed over: it does not change.", **facts)
    return _(
        "{n} vouchers, debits = credits = {debit}. Provisional until the month is closed and the journal exported.",
        **facts,
    )


def is_balanced(journal: Journal) -> bool:
    """Whether every voucher's debits are its credits."""
    return all(
        sum((line.debit - line.credit for line in voucher.lines), Decimal(0)) == 0 for voucher in journal.vouchers
    )


# --- accounts

SET = BadgeLook(_("Set"), Meaning.GOOD)
USUAL = BadgeLook(_("Usual one, not confirmed"), Meaning.WATCH)


def account_columns() -> list[Column]:
    """Columns of the account map."""
    return [
        Column("use", _("Use"), 230, value=lambda row: word(row.use), sortable=False),
        Column("about", _("Only for"), 150, stretch=True, value=only_for, sortable=False, muted=True),
        Column("code", _("Account code"), 130, sortable=False),
        Column("name", _("Account name"), 240, sortable=False),
        Column(
            "state",
            _("State"),
            200,
            kind=Kind.BADGE,
            value=lambda row: USUAL if row.is_suggestion else SET,
            sortable=False,
        ),
    ]


def only_for(row: AccountRow) -> str:
    """What narrows an account."""
    about = (row.about_en or row.about) if language() == "en" else row.about
    return about or row.key


def suggested(rows: Sequence[AccountRow]) -> int:
    """How many nobody has confirmed."""
    return sum(row.is_suggestion for row in rows)
