"""QuickBooks Online: the CSV of its journal entry import.

Source of the form: Intuit's help, "Import journal entries in QuickBooks Online": JournalNo, JournalDate, AccountName,
Debits, Credits, Description, Name; lines of one entry share the number; dates as MM/DD/YYYY (United States); accounts are
known by name, with their numbers turned off, a sub-account as Parent:Sub; the account for payables wants a supplier's name.
"""

from __future__ import annotations

from core.costing.steps.layouts.shared import CSV, FORM_UNSURE, amount, named_file, rows_of, sheet_of
from core.costing.types.books import Journal, JournalFile
from core.documents import Kind, to_csv
from core.i18n import Language, _

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
    return named_file(journal, "-quickbooks.csv", (CSV, content), (NAME_NOTE, FORM_UNSURE))
