"""Slow and dead stock: what lies there and is not used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core import stock
from core.documents import Cell, Sheet
from core.documents import Column as FileColumn
from core.i18n import Text, _
from core.words import Permission
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.stock.entry.handover import Handover, Prefill
from desktop.stock.lists.page import StockListPage
from desktop.stock.lists.why import ledger_entries, show_why
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, ChipSpec, Column, Kind, RowTable, WhyFigure, money_words

DAYS: tuple[tuple[int, Text], ...] = tuple((days, _("{n} days", n=days)) for days in (30, 60, 90, 180, 365))
USUAL = 90


class IdlePage(StockListPage):
    """In stock and not used for so many days, most value first; Enter opens the item's stock."""

    def __init__(self, context: AppContext, handover: Handover, *, days: int = USUAL) -> None:
        super().__init__(context, _("Idle stock"), _("In stock, but not used for a long time"))
        self._handover = handover
        self._rows: list[stock.IdleRow] = []
        self.table = RowTable(self._columns(), name=_("Idle stock"), key="stock.idle")
        self.set_list(self.table)
        self.add_search(lambda _text: self._show_rows(), _("Item or category"))
        self.chips.add(ChipSpec("days", _("Not used for"), DAYS))
        self.chips.add(ChipSpec("never", _("Never used")))
        self.chips.set_value("days", days)
        self.chips.changed.connect(self.reload)
        if self.may(Permission.STOCK_WASTE):
            self.set_primary(_("Waste"), self._waste, "waste")
        self.add_files()
        self.say_empty(_("Nothing lies idle"), _("Everything in stock was used lately."), icon_name="check")
        self.table.row_activated.connect(lambda row: context.shell.go("stock.on_hand", item_id=row.item_id))
        self.table.why_requested.connect(self._on_why)
        self.known.load_categories()
        self.known.changed.connect(self.table.retranslate)
        self.known.ready.connect(self.reload)
        context.hub.watch(self, ("stock", "item"), self.reload)
        self.start_loading()

    def reload(self) -> None:
        """Ask again."""
        if self.known.is_ready:
            days = self.chips.values()["days"] or USUAL
            self.context.ops.ask(self, stock.list_idle, days=days, then=self._on_idle)

    def is_narrowed(self) -> bool:
        return bool(self.head.search_text()) or bool(self.chips.values()["never"])

    def prepare_sheet(self) -> MakeSheet:
        rows, known = self._fitting(), self.known

        def cells() -> Iterator[tuple[Cell, ...]]:
            for row in rows:
                yield (
                    row.item_code, self.item_name(row), row.category, row.qty, row.unit, row.value, row.last_used_on,
                    row.idle_days,
                )  # fmt: skip

        columns = (
            FileColumn("item", _("Code")), FileColumn("name", _("Item")), FileColumn("category", _("Category")),
            FileColumn("qty", _("Quantity"), "qty"), FileColumn("unit", _("Unit")), FileColumn("value", _("Value"), "money"),
            FileColumn("last_used_on", _("Last used"), "date"), FileColumn("idle_days", _("Days without use"), "number"),
        )  # fmt: skip
        return lambda: Sheet(_("Idle stock"), columns, cells(), notation=known.notation())

    def _columns(self) -> list[Column]:
        return [
            Column("item_code", _("Code"), 112, muted=True),
            Column("item", _("Item"), 200, stretch=True, value=self.item_name),
            Column(
                "category",
                _("Category"),
                150,
                muted=True,
                wide_only=True,
                value=lambda row: self.known.category(row.category),
            ),
            Column("qty", _("On hand"), 130, kind=Kind.QTY, unit="unit", why=True),
            Column("value", _("Value"), 120, kind=Kind.MONEY, why=True),
            Column("last_used_on", _("Last used"), 120, kind=Kind.DATE),
            Column("idle_days", _("Days without use"), 130, kind=Kind.QTY),
            Column("state", _("State"), 140, kind=Kind.BADGE, value=_look, sortable=False),
        ]

    def _fitting(self) -> list[stock.IdleRow]:
        never, letters = self.chips.values()["never"], self.head.search_text().casefold()
        return [
            row
            for row in self._rows
            if (not never or row.last_used_on is None)
            and (
                not letters
                or letters in f"{row.item_code} {row.item_name} {row.item_name_en} {row.category}".casefold()
            )
        ]

    def _on_idle(self, rows: list[stock.IdleRow]) -> None:
        self._rows = [replace(row, unit=self.known.unit(row.unit)) for row in rows]
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self._fitting()
        value = sum((row.value for row in rows), Decimal(0))
        self.set_answer(_("{value} lie idle", value=money_words(value, sign=True)))
        self.table.set_rows(rows)

    def _waste(self) -> None:
        row = self.table.current_row()
        prefill = Prefill(item_code=row.item_code) if row is not None else Prefill()
        self._handover.go(self.context, "stock.waste", prefill)

    def _on_why(self, row: stock.IdleRow, key: str) -> None:
        is_money = key == "value"
        wanted = stock.LedgerFilter(item_id=row.item_id)
        amount = row.value if is_money else row.qty

        def show(why: stock.LedgerWhy) -> None:
            title = _("{figure} of {item}", figure=_("Value") if is_money else _("On hand"), item=self.item_name(row))
            figure = WhyFigure(title, amount, row.unit, is_money)
            show_why(self, self.context, figure, ledger_entries(why, self.known, is_money=is_money, unit=row.unit))

        self.context.ops.ask(self, stock.explain_ledger, wanted=wanted, key="why", then=show)


def _look(row: Any) -> BadgeLook:
    if row.last_used_on is None:
        return BadgeLook(_("Never used"), Meaning.DANGER)
    return BadgeLook(_("Dead"), Meaning.DANGER) if row.idle_days >= 180 else BadgeLook(_("Slow"), Meaning.SOON)
