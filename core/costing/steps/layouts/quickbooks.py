"""QuickBooks Online: the CSV of its journal entry import.

Source of the form: Intuit's help, "Import journal entries in QuickBooks Online": JournalNo, JournalDate, AccountName,
Debits, Credits, Description, Name; lines of one entry share the number; dates as MM/DD/YYYY (United States); accounts are
known by name, with their numbers turned off, a sub-account as Parent:Sub; the account for payables wants a supplier's name;
the columns may be called otherwise and are matched on screen (the help of 2026 writes Journal No., Journal Date); classes
are taken where class tracking is on. UTF-8 without byte order mark, amounts without sign or separators, an empty cell on
the side that has none. Not every country's edition has this import.
"""

from __future__ import annotations

from core.costing.steps.layouts.shared import CSV, FORM_UNSURE, amount, named_file, rows_of, sheet_of
from core.costing.types.books import Journal, JournalFile
from core.documents import Kind, to_csv
from core.i18n import Language, Text, _, verbatim

COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("JournalNo", "text"),
    ("JournalDate", "text"),
    ("AccountName", "text"),
    ("Debits", "number"),
    ("Credits", "number"),
    ("Description", "text"),
    ("Name", "text"),
    ("Class", "text"),
)
_BOM = b"\xef\xbb\xbf"
NAME_NOTE = _(
    "QuickBooks knows accounts by name: names in the account map must be those of its chart, a sub-account as Parent:Sub. "
    "Turn account numbers off while it is read in."
)


def quickbooks_file(journal: Journal, language: Language) -> JournalFile:
    """One row a line; the department stands as class."""
    rows = (
        (
            f"{journal.month}-{voucher.number}",
            f"{voucher.day:%m/%d/%Y}",
            line.name or line.code,
            amount(line.debit),
            amount(line.credit),
            voucher.text.render(language),
            line.supplier_name,
            line.section,
        )
        for voucher, _place, line in rows_of(journal)
    )
    content = to_csv(sheet_of(journal, "journal", COLUMNS, rows), language).removeprefix(_BOM)
    codes = sorted({line.code for _voucher, _place, line in rows_of(journal) if not line.name})
    nameless = (_nameless(codes),) if codes else ()
    return named_file(journal, "-quickbooks.csv", (CSV, content), (*nameless, NAME_NOTE, FORM_UNSURE))


def _nameless(codes: list[str]) -> Text:
    return _(
        "QuickBooks knows accounts by name, and these have none: {codes}. Write their names in the account map.",
        codes=verbatim(", ".join(codes)),
    )
