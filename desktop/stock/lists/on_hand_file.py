"""The stock list as a file: every item the filters leave, with all columns however narrow the window is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core import stock
from core.documents import Cell, Fact, Sheet
from core.documents import Column as FileColumn
from core.i18n import _
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.stock.lists.known import Known
from desktop.stock.lists.looks import LEVELS

PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list: its filters and order, and whether amounts stand in it."""

    filters: stock.StockFilter
    sort: str
    descending: bool
    sees_cost: bool

    @property
    def is_now(self) -> bool:
        """Whether promises can be told: now, and of the whole site."""
        return self.filters.as_of is None and self.filters.location_id is None


def stock_sheet(context: AppContext, known: Known, wanted: Wanted) -> MakeSheet:
    """What makes the file, page by page, beside the window."""
    ask, moment = context.office.ask, wanted.filters.as_of or known.now()

    def rows(ids: Sequence[int]) -> Iterator[tuple[Cell, ...]]:
        for first in range(0, len(ids), PAGE):
            page = ask(stock.list_stock_page, ids=ids[first : first + PAGE], filters=wanted.filters)
            yield from file_rows(page, known, context.language, sees_cost=wanted.sees_cost, is_now=wanted.is_now)

    def make() -> Sheet:
        ids = ask(stock.list_stock_ids, filters=wanted.filters, sort=wanted.sort, descending=wanted.descending)
        columns = file_columns(sees_cost=wanted.sees_cost, is_now=wanted.is_now)
        facts = (Fact(_("As at"), moment, "instant"),)
        return Sheet(_("On hand"), columns, rows(ids), facts, notation=known.notation())

    return make


def file_columns(*, sees_cost: bool, is_now: bool) -> tuple[FileColumn, ...]:
    """The columns of the file, all of them however narrow the window is."""
    columns = [
        FileColumn("code", _("Code")), FileColumn("name", _("Item")), FileColumn("name_en", _("English name")),
        FileColumn("category", _("Category")), FileColumn("on_hand", _("On hand"), "qty"),
        FileColumn("unit", _("Unit")),
    ]  # fmt: skip
    if is_now:
        columns += [FileColumn("reserved", _("Reserved"), "qty"), FileColumn("available", _("Available"), "qty")]
    columns += [
        FileColumn("in_transit", _("In transit"), "qty"), FileColumn("level", _("State")),
        FileColumn("minimum", _("Minimum"), "qty"), FileColumn("expires_on", _("First expiry"), "date"),
    ]  # fmt: skip
    if sees_cost:
        columns += [FileColumn("unit_cost", _("Unit cost"), "cost"), FileColumn("value", _("Value"), "money")]
    return tuple(columns)


def file_rows(
    rows: Sequence[stock.StockRow], known: Known, language: str, *, sees_cost: bool, is_now: bool
) -> Iterator[tuple[Cell, ...]]:
    """The cells of these rows, in the order of the columns."""
    for row in rows:
        look = LEVELS[row.level]
        category = row.category_en if language == "en" else row.category
        yield (
            row.code, row.name, row.name_en, category, row.on_hand, known.unit(row.unit),
            *((row.reserved, row.available) if is_now else ()),
            row.in_transit, look.words if look else "", row.floor, row.expires_on,
            *((row.unit_cost, row.value) if sees_cost else ()),
        )  # fmt: skip
