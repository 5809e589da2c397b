"""Bringing a file in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core import documents, stock
from core.i18n import _
from core.importing.rules.columns import COUNT, FIELDS
from core.importing.steps.budgets import make_budgets
from core.importing.steps.invoices import make_invoices
from core.importing.steps.items import make_items
from core.importing.steps.locations import make_locations
from core.importing.steps.mapping import columns_of, remember
from core.importing.steps.masters import Made
from core.importing.steps.movements import post_movements
from core.importing.steps.openings import post_opening_stock
from core.importing.steps.purchase_orders import make_purchase_orders
from core.importing.steps.reading import read_table
from core.importing.steps.receipts import receive_deliveries
from core.importing.steps.rows import Rows, check_faults
from core.importing.steps.runs import earlier_run, record_run
from core.importing.steps.supplier_prices import make_supplier_prices
from core.importing.steps.suppliers import make_suppliers
from core.importing.types import ImportFile, ImportOptions, ImportResult, Rehearsed
from core.registry import command
from core.uow import UnitOfWork
from db.enums import ImportKind, Permission

UPDATABLE = frozenset({ImportKind.LOCATIONS, ImportKind.SUPPLIERS, ImportKind.ITEMS})
MOST_SHOWN = 1_000
POSTS_TWICE = frozenset({ImportKind.OPENING_STOCK, ImportKind.MOVEMENTS})
ASKS_TWICE = POSTS_TWICE | {ImportKind.PURCHASE_ORDERS, ImportKind.RECEIPTS}
PLAIN_OPTIONS = ImportOptions()


@dataclass(frozen=True, slots=True)
class _Done:
    made: Made
    posted: Sequence[stock.Posted] = ()


@command(Permission.IMPORT_RUN)
def import_file(
    uow: UnitOfWork, *, kind: ImportKind, content: ImportFile, options: ImportOptions = PLAIN_OPTIONS
) -> ImportResult:
    """Bring in a file.

    All rows or none; with `is_update` rows of codes that are there change them by their filled cells. Raises FileRejected
    with an error for each wrong row (row 1 is the first under the headings, the field is the column's heading);
    InvalidInput for a file that cannot be read; NeedsConfirmation when stock from this very file was posted before or
    prices move far; Rehearsed at the end of a rehearsal, with what would have come of it.
    """
    kind = ImportKind(kind)
    uow.note(file=content.name, kind=str(kind))
    if kind in ASKS_TWICE and not options.is_rehearsal:
        _confirm_again(uow, kind, content)
    table = read_table(kind, content)
    is_update = options.is_update and kind in UPDATABLE
    columns = columns_of(uow, kind, table.header, options.columns, is_update=is_update)
    rows = Rows(table, columns, is_update=is_update)
    done = MAKERS[kind](uow, rows)
    check_faults(rows)
    result = _result(kind, rows, done)
    if options.is_rehearsal:
        raise Rehearsed(replace(result, questions=tuple(question for _key, question in done.made.questions)))
    for key, question in done.made.questions:
        uow.confirm(key, question)
    if options.columns is not None:
        remember(uow, kind, table.header, rows.columns)
    return replace(result, run_id=record_run(uow, kind, content, len(table.rows), done.made))


def _confirm_again(uow: UnitOfWork, kind: ImportKind, file: ImportFile) -> None:
    before = earlier_run(uow, kind, file)
    if before is not None:
        when = documents.format_instant(before, uow.site.zone)
        uow.confirm("import.again", _("This file was brought in already on {when}. Bring it in once more?", when=when))


def _result(kind: ImportKind, rows: Rows, done: _Done) -> ImportResult:
    header = rows.table.header
    ignored = tuple(heading for number, heading in enumerate(header) if number not in rows.columns and heading)
    totals = (("value", sum((one.value for one in done.posted), Decimal(0))),) if kind in POSTS_TWICE else ()
    count = len(rows.table.rows)
    made = done.made
    return ImportResult(
        0, kind, count, count - made.unchanged, made.unchanged, made.changed, tuple(made.changes[:MOST_SHOWN]), totals, ignored
    )  # fmt: skip


def _posts(post: Callable[[UnitOfWork, Rows], list[stock.Posted]]) -> Callable[[UnitOfWork, Rows], _Done]:
    def run(uow: UnitOfWork, rows: Rows) -> _Done:
        posted = post(uow, rows)
        return _Done(Made({"postings": [one.posting_id for one in posted]}), posted)

    return run


def _makes(make: Callable[[UnitOfWork, Rows], Made]) -> Callable[[UnitOfWork, Rows], _Done]:
    return lambda uow, rows: _Done(make(uow, rows))


MAKERS: dict[ImportKind, Callable[[UnitOfWork, Rows], _Done]] = {
    ImportKind.LOCATIONS: _makes(make_locations),
    ImportKind.SUPPLIERS: _makes(make_suppliers),
    ImportKind.ITEMS: _makes(make_items),
    ImportKind.SUPPLIER_PRICES: _makes(make_supplier_prices),
    ImportKind.PURCHASE_ORDERS: _makes(make_purchase_orders),
    ImportKind.RECEIPTS: _makes(receive_deliveries),
    ImportKind.INVOICES: _makes(make_invoices),
    ImportKind.BUDGETS: _makes(make_budgets),
    ImportKind.OPENING_STOCK: _posts(post_opening_stock),
    ImportKind.MOVEMENTS: _posts(post_movements),
}
assert set(MAKERS) == set(FIELDS) - {COUNT}
