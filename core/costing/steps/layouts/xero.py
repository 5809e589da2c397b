"""Xero: the CSV template of manual journals.

Source of the form: Xero's help, "Import multiple draft manual journals": Narration, Date, Description, AccountCode, TaxRate,
Amount (above zero a debit, below zero a credit), two tracking categories; lines of one journal share narration and date;
dates as dd/mm/yyyy; at most 300 lines a file. A longer journal is handed over as several files in one ZIP; no voucher is
parted unless it is longer than that by itself. TaxRate is the name of a rate as the organisation has it: it is "Tax Exempt"
here and differs from country to country, so it must be looked through before the import. An asterisk marks a column that
must be filled, as in the template; UTF-8 without byte order mark, amounts without separators.
"""

from __future__ import annotations

import io
import zipfile

from core.costing.steps.layouts.shared import CSV, FORM_UNSURE, ZIP, named_file, sheet_of
from core.costing.types.books import Journal, JournalFile, JournalLine, JournalVoucher
from core.documents import Cell, Kind, to_csv
from core.i18n import Language, _

COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("*Narration", "text"),
    ("*Date", "text"),
    ("Description", "text"),
    ("*AccountCode", "text"),
    ("*TaxRate", "text"),
    ("*Amount", "number"),
    ("TrackingName1", "text"),
    ("TrackingOption1", "text"),
    ("TrackingName2", "text"),
    ("TrackingOption2", "text"),
)
MOST_LINES = 300
_TAX = "Tax Exempt"
_BOM = b"\xef\xbb\xbf"
TAX_NOTE = _(
    "Xero knows tax rates by their names in your organisation. The file says “Tax Exempt” on every line: replace it where "
    "yours is called otherwise."
)


def xero_file(journal: Journal, language: Language) -> JournalFile:
    """One CSV, or a ZIP of several when there are more than 300 lines."""
    parts = [_csv(journal, part, language) for part in _parts(journal)]
    notes = (TAX_NOTE, FORM_UNSURE)
    if len(parts) == 1:
        return named_file(journal, "-xero.csv", (CSV, parts[0]), notes)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(parts, start=1):
            fixed = zipfile.ZipInfo(f"journal-{journal.month}-{number}.csv", (1980, 1, 1, 0, 0, 0))
            archive.writestr(fixed, content, zipfile.ZIP_DEFLATED)
    return named_file(journal, "-xero.zip", (ZIP, target.getvalue()), notes)


def _parts(journal: Journal) -> list[list[JournalVoucher]]:
    """Vouchers by file: as many as 300 lines hold."""
    found: list[list[JournalVoucher]] = [[]]
    used = 0
    for voucher in journal.vouchers:
        if used + len(voucher.lines) > MOST_LINES and found[-1]:
            found.append([])
            used = 0
        found[-1].append(voucher)
        used += len(voucher.lines)
    return found


def _csv(journal: Journal, vouchers: list[JournalVoucher], language: Language) -> bytes:
    rows = (_row(journal, voucher, line, language) for voucher in vouchers for line in voucher.lines)
    return to_csv(sheet_of(journal, "journal", COLUMNS, iter(rows)), language).removeprefix(_BOM)


def _row(journal: Journal, voucher: JournalVoucher, line: JournalLine, language: Language) -> tuple[Cell, ...]:
    narration = f"{journal.settings.voucher_word}-{voucher.number} {voucher.text.render(language)}"
    about = " ".join(one for one in (line.name, line.supplier_name) if one)
    section = ("Department", line.section) if line.section else ("", "")
    amount = line.debit - line.credit
    return (narration, f"{voucher.day:%d/%m/%Y}", about, line.code, _TAX, amount, *section, "", "")
