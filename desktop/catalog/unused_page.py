"""Unused items: nothing in stock and nothing posted for long. They are retired here, one or many."""

from __future__ import annotations

from core import catalog, stock
from core.documents import Column as FileColumn
from core.documents import Sheet
from core.i18n import _, _n
from core.stock import UnusedRow
from core.words import Permission
from desktop.catalog.page import CatalogPage
from desktop.catalog.parts import follow_rows
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.widgets import ChipSpec, Column, Kind, RowTable

DAYS = (30, 90, 180, 365, 730)
USUAL = 180


class UnusedPage(CatalogPage):
    """The items nobody seems to need. The chosen ones are retired by F2."""

    def __init__(self, context: AppContext, *, days: int = USUAL) -> None:
        super().__init__(
            context, _("Unused items"), _("Nothing in stock and nothing posted for long. Retire what is not needed.")
        )
        language = context.language
        columns = [
            Column("item_code", _("Code"), 130, muted=True),
            Column(
                "item_name", _("Item"), 240, stretch=True,
                value=lambda row: (row.item_name_en or row.item_name) if language == "en" else row.item_name,
            ),
            Column("last_posted_on", _("Last posted"), 140, kind=Kind.DATE),
            Column("never", _("Remark"), 180, muted=True, sortable=False, value=_never),
        ]  # fmt: skip
        self.table = RowTable(columns, name=_("Unused items"), key="catalog.unused")
        self.set_table(self.table)
        options = tuple((number, _("for {n} days", n=number)) for number in DAYS)
        self.chips.add(ChipSpec("days", _("Unused"), options))
        self.chips.set_value("days", days)
        self.chips.changed.connect(self.reload)
        if self.may(Permission.ITEM_EDIT):
            self.set_primary(_("Retire the chosen"), self.retire, "trash")
        self.add_more(_("Choose all"), self.table.selectAll, "check", "Ctrl+A")
        self.add_files()
        self.say_empty(_("Nothing is unused"), _("Every item has stock or was posted lately."), (), "check")
        follow_rows(self, self.table, lambda row: self.desk.follow(row.item_id))
        context.hub.watch(self, ("item", "stock"), self.reload)
        self.known.ready.connect(self.reload)
        self.start_loading()

    def reload(self) -> None:
        """Ask again which items are unused."""
        if self.known.is_ready:
            self.context.ops.ask(self, stock.list_unused, days=self._days(), then=self.table.set_rows)

    def retire(self) -> None:
        """Retire the chosen rows."""
        ids = [row.item_id for row in self.table.selected_rows()]
        if not ids:
            self.context.shell.say(_("Choose rows first: Shift or Ctrl with a click, Ctrl+A for all."))
            return

        def then(number: int) -> None:
            self.close_panel()
            self.context.shell.say(_n("{n} item was retired.", "{n} items were retired.", number))

        self.context.ops.do(self, catalog.retire_items, item_ids=ids, then=then)

    def is_narrowed(self) -> bool:
        return False

    def prepare_sheet(self) -> MakeSheet:
        ask, days = self.context.office.ask, self._days()
        columns = (
            FileColumn("code", _("Code")), FileColumn("name", _("Item")), FileColumn("name_en", _("English name")),
            FileColumn("last", _("Last posted"), "date"),
        )  # fmt: skip

        def make() -> Sheet:
            rows = ask(stock.list_unused, days=days)
            cells = ((row.item_code, row.item_name, row.item_name_en, row.last_posted_on) for row in rows)
            return Sheet(_("Unused items"), columns, cells)

        return make

    def _days(self) -> int:
        return int(self.chips.values()["days"] or USUAL)


def _never(row: UnusedRow) -> object:
    return _("nothing was ever posted") if row.last_posted_on is None else ""
