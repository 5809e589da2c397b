"""One item beside the stock list: where it lies, who waits for it, what happened last, what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import catalog, stock
from core.errors import CoreError
from core.i18n import Text, _
from core.words import Permission, word
from desktop.context import AppContext
from desktop.stock.entry.handover import Handover, Prefill
from desktop.stock.lists.known import Known
from desktop.stock.lists.looks import expiry_meaning, expiry_words, level_look
from desktop.widgets import (
    Badge,
    Button,
    Column,
    DetailPanel,
    Facts,
    Kind,
    Label,
    Notice,
    RowTable,
    Sparkline,
    Words,
    money_words,
    number_words,
    small_table,
)

P = Permission
LAST = 8
ACTS: tuple[tuple[str, Text, str, Permission], ...] = (
    ("purchasing.receive", _("Receive"), "receive", P.STOCK_RECEIVE),
    ("stock.waste", _("Waste"), "waste", P.STOCK_WASTE),
    ("stock.transfer", _("Transfer"), "transfer", P.STOCK_TRANSFER),
    ("stock.adjust", _("Adjust"), "adjust", P.STOCK_ADJUST),
)


class StockPanel(DetailPanel):
    """Asks for one item, now or at a past moment. `why_wanted(row, key)` from its figures."""

    why_wanted = Signal(object, str)

    def __init__(
        self, context: AppContext, known: Known, handover: Handover, item_id: int, as_of: datetime | None = None
    ) -> None:
        super().__init__("…")
        self.item_id = item_id
        self._context, self._known, self._handover, self.as_of = context, known, handover, as_of
        self.row: stock.StockRow | None = None
        self._notice = Notice()
        self._notice.hide()
        self.add_widget(self._notice)
        self._parts: dict[str, QVBoxLayout] = {}
        for key in ("facts", "places", "promised", "entries", "prices"):
            self._parts[key] = self._add_part()
        self._has_buttons = False
        context.hub.watch(self, ("stock", "lot", "reservation", "item"), self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask again for everything about the item."""
        ask, item_id = self._context.ops.ask, self.item_id
        filters = stock.StockFilter(as_of=self.as_of)
        ask(self, stock.list_stock_page, ids=[item_id], filters=filters, then=self._on_row)
        ask(self, stock.list_on_hand, item_id=item_id, as_of=self.as_of, then=self._on_places)
        ledger = stock.LedgerFilter(item_id=item_id, end=self.as_of)
        ask(self, stock.list_ledger, wanted=ledger, limit=LAST, newest_first=True, then=self._on_entries)
        if self.as_of is None:
            ask(self, stock.list_reservations, item_id=item_id, then=self._on_promises)
        if self._context.shell.may(P.COST_VIEW):
            ask(self, catalog.list_prices, item_id=item_id, limit=30, then=self._on_prices)

    def show_error(self, error: CoreError) -> None:
        """Said on top of the panel."""
        self._notice.say(error.text)

    # --- parts

    def _add_part(self) -> QVBoxLayout:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.add_widget(holder)
        return column

    def _fill(self, key: str, title: Words, *widgets: QWidget) -> None:
        column = self._parts[key]
        while (item := column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if title and widgets:
            column.addWidget(Label(title, "strong"))
        for widget in widgets:
            column.addWidget(widget)

    def _on_row(self, rows: list[stock.StockRow]) -> None:
        if not rows:
            return
        row = replace(rows[0], unit=self._known.unit(rows[0].unit))
        self.row = row
        self.set_title(row.title(self._context.language), " · ".join(part for part in (row.code, row.spec) if part))
        facts = Facts()
        look = level_look(row.level)
        if look is not None:
            facts.add(_("State"), Badge(look))
        self._add_figures(facts, row)
        if row.floor is not None:
            facts.add(_("Minimum"), f"{number_words(row.floor)} {row.unit}")
        if row.expires_on is not None:
            facts.add(_("First expiry"), expiry_words(row.expires_on, self._known.today()))
        self._fill("facts", "", facts)
        if not self._has_buttons:
            self._has_buttons = True
            self._add_buttons(row)

    def _add_figures(self, facts: Facts, row: stock.StockRow) -> None:
        figures: list[tuple[str, Text, Decimal | None, bool]] = [
            ("on_hand", _("On hand"), row.on_hand, False),
            ("reserved", _("Reserved"), row.reserved, False),
            ("available", _("Available"), row.available, False),
            ("in_transit", _("In transit"), row.in_transit or None, False),
            ("value", _("Value"), row.value, True),
            ("unit_cost", _("Unit cost"), row.unit_cost, True),
        ]
        for key, title, amount, is_money in figures:
            if amount is not None:
                said = money_words(amount, sign=True) if is_money else f"{number_words(amount)} {row.unit}"
                facts.add(title, self._why_button(key, said))

    def _why_button(self, key: str, said: str) -> Button:
        why = Button(said, lambda: self.why_wanted.emit(self.row, key), kind="link")
        why.setStyleSheet("padding: 0")
        why.setToolTip(self._context.words(_("Why this figure")))
        return why

    def _add_buttons(self, row: stock.StockRow) -> None:
        shell = self._context.shell
        if self.as_of is None:
            for route, words, icon, right in ACTS:
                if shell.may(right) and shell.can_go(route):
                    go = lambda route=route: self._hand_over(route, row.code)  # noqa: E731
                    self.add_action(Button(words, go, icon_name=icon))
            if shell.may(P.STOCK_RESERVE):
                reserve = lambda: shell.go("stock.reservations", item_id=self.item_id)  # noqa: E731
                self.add_action(Button(_("Reserve"), reserve, icon_name="pin"))
        self.add_action(Button(_("Ledger"), self._open_ledger, icon_name="history"))
        if self.as_of is None and shell.can_go("stock.odd"):
            trace = lambda: shell.go("stock.odd", item_id=self.item_id)  # noqa: E731
            self.add_action(Button(_("Trace the difference"), trace, icon_name="search"))
        if shell.can_go("catalog.item"):
            card = lambda: shell.go("catalog.item", item_id=self.item_id)  # noqa: E731
            self.add_action(Button(_("Item card"), card, icon_name="item"))

    def _hand_over(self, route: str, code: str) -> None:
        if route.startswith("stock."):
            self._handover.go(self._context, route, Prefill(item_code=code))
        else:
            self._context.shell.go(route, item_code=code)

    def _open_ledger(self) -> None:
        self._context.shell.go("stock.ledger", item_id=self.item_id)

    def _on_places(self, rows: list[stock.OnHandRow]) -> None:
        if not rows:
            self._fill("places", _("Where it lies"), Label(_("Nothing is there."), "muted"))
            return
        is_english = self._context.language == "en"
        today = self._known.today()
        has_lots = any(row.lot for row in rows)
        place = lambda row: (row.location_name_en or row.location_name) if is_english else row.location_name  # noqa: E731
        columns = [Column("place", _("Place"), 110, stretch=True, value=place, sortable=False)]
        if has_lots:
            columns.append(Column("lot", _("Lot"), 92, sortable=False))
            meaning = lambda row: expiry_meaning(row.expires_on, today)  # noqa: E731
            columns.append(Column("expires_on", _("Expires"), 92, kind=Kind.DATE, meaning=meaning, sortable=False))
        columns.append(Column("qty", _("Quantity"), 112, kind=Kind.QTY, unit="unit", sortable=False))
        named = [replace(row, unit=self._known.unit(row.unit)) for row in rows]
        self._fill("places", _("Where it lies"), small_table(columns, named, _("Where it lies")))

    def _on_promises(self, rows: list[stock.ReservationRow]) -> None:
        if not rows:
            self._fill("promised", "")
            return
        columns = [
            Column("purpose", _("For"), 120, stretch=True, sortable=False),
            Column("needed_on", _("Needed on"), 96, kind=Kind.DATE, sortable=False),
            Column("qty", _("Quantity"), 112, kind=Kind.QTY, unit="unit", sortable=False),
        ]
        named = [replace(row, unit=self._known.unit(row.unit)) for row in rows]
        self._fill("promised", _("Promised"), small_table(columns, named, _("Promised")))

    def _on_entries(self, rows: list[stock.EntryRow]) -> None:
        if not rows:
            self._fill("entries", _("Last entries"), Label(_("Nothing was posted yet."), "muted"))
            return
        columns = [
            Column("at", _("When"), 124, kind=Kind.INSTANT, muted=True, sortable=False),
            Column("kind", _("Kind"), 100, stretch=True, value=lambda row: word(row.kind), sortable=False),
            Column("qty", _("Quantity"), 112, kind=Kind.QTY, unit="unit", sortable=False),
        ]
        named = [replace(row, unit=self._known.unit(row.unit)) for row in rows]
        table: RowTable = small_table(columns, named, _("Last entries"))
        table.row_activated.connect(lambda row: self._context.shell.go("stock.posting", posting_id=row.posting_id))
        self._fill("entries", _("Last entries"), table)

    def _on_prices(self, rows: Sequence[catalog.PriceRow]) -> None:
        if not rows:
            self._fill("prices", "")
            return
        newest = rows[0]
        words = _("Last {price} from {supplier}", price=money_words(newest.price, sign=True), supplier=newest.supplier)
        if not newest.supplier:
            words = _("Last {price}", price=money_words(newest.price, sign=True))
        said = Label(words, "muted", wrap=True)
        line = Sparkline([row.price for row in reversed(rows)])
        line.setFixedHeight(40)
        self._fill("prices", _("Purchase prices"), *((line, said) if len(rows) > 1 else (said,)))
