"""What the layouts have in common: one row a line, with the voucher it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from core.costing.types.books import Journal, JournalFile, JournalLine, JournalVoucher
from core.documents import Cell, Column, Kind, Notation, Sheet
from core.i18n import Text, _, join, verbatim
from core.words import word

CSV, XLSX, TXT, ZIP = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text/plain",
    "application/zip",
)
PROVISIONAL = _("The month is not closed: this journal is provisional. Hand it over after the closing.")
FORM_UNSURE = _(
    "The program that reads this could not be tried here. Its columns are those of published templates: read a copy in first, "
    "or compare it with the template of your version."
)


def rows_of(journal: Journal) -> Iterator[tuple[JournalVoucher, int, JournalLine]]:
    """Every line with its voucher and its place there."""
    for voucher in journal.vouchers:
        for place, line in enumerate(voucher.lines, start=1):
            yield voucher, place, line


def sheet_of(
    journal: Journal, title: str, columns: Sequence[tuple[str, Kind]], rows: Iterator[tuple[Cell, ...]]
) -> Sheet:
    """A list under the very headings a program looks for."""
    made = tuple(Column(f"c{place}", verbatim(name), kind) for place, (name, kind) in enumerate(columns))
    return Sheet(verbatim(title), made, rows, notation=Notation(journal.currency, journal.digits))


def amount(value: Decimal) -> Decimal | None:
    """An amount, or an empty cell on the side that has none."""
    return value or None


def named_file(journal: Journal, ending: str, content: tuple[str, bytes], notes: tuple[Text, ...] = ()) -> JournalFile:
    """The file with its name and what to know before it is read in."""
    state = () if journal.is_final else (PROVISIONAL,)
    hints = (_suggested(journal),) if journal.suggested else ()
    name = f"journal-{journal.month}{'' if journal.is_final else '-provisional'}{ending}"
    return JournalFile(name, content[0], content[1], journal.is_final, journal.suggested, (*state, *hints, *notes))


def _suggested(journal: Journal) -> Text:
    """Which uses have no account that anybody set."""
    return _(
        "Nobody has set the accounts of: {uses}. The usual ones are suggested here; set them in the account map before this is "
        "read in.",
        uses=join([word(use) for use in journal.suggested], ", "),
    )
