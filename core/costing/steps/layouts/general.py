"""General CSV: every fact of every line under plain headings, for whatever reads columns."""

from __future__ import annotations

from core.costing.steps.layouts.shared import CSV, amount, named_file, rows_of
from core.costing.types.books import Journal, JournalFile
from core.documents import Column, Notation, Sheet, to_csv
from core.i18n import Language, _


def journal_sheet(journal: Journal) -> Sheet:
    """The journal as a list: one row a line, debit and credit each in a column, an empty one where there is none."""
    columns = (
        Column("voucher", _("Voucher"), "number"),
        Column("date", _("Date"), "date"),
        Column("line", _("Line number"), "number"),
        Column("text", _("Text")),
        Column("account", _("Account code")),
        Column("account_name", _("Account name")),
        Column("debit", _("Debit"), "number"),
        Column("credit", _("Credit"), "number"),
        Column("supplier", _("Supplier code")),
        Column("supplier_name", _("Supplier")),
        Column("department", _("Department")),
        Column("document", _("Document")),
    )
    rows = (
        (
            voucher.number,
            voucher.day,
            place,
            voucher.text,
            line.code,
            line.name,
            amount(line.debit),
            amount(line.credit),
            line.supplier_code,
            line.supplier_name,
            line.section,
            voucher.document,
        )
        for voucher, place, line in rows_of(journal)
    )
    notation = Notation(journal.currency, journal.digits)
    return Sheet(_("Journal of {month}", month=journal.month), columns, rows, notation=notation)


def general_file(journal: Journal, language: Language) -> JournalFile:
    """CSV in UTF-8 with byte order mark, commas and CRLF (RFC 4180)."""
    return named_file(journal, ".csv", (CSV, to_csv(journal_sheet(journal), language)))
