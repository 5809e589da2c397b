"""The board of deliveries: what is late, what comes today, what comes later; and what to say on the phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import catalog, purchasing
from core.errors import CoreError
from core.i18n import Text, _, _n, join
from core.purchasing import DueBoard, DueRow, OpenLineRow
from core.words import Permission
from desktop.context import AppContext
from desktop.purchasing.orders.columns import due_columns
from desktop.purchasing.orders.looks import due_look, named
from desktop.widgets import (
    Button,
    DetailPanel,
    ErrorState,
    Label,
    RowTable,
    date_words,
    local_time,
    money_words,
    number_words,
)

OpenPanel = Callable[..., object]
UnitWord = Callable[[str], str]
WIDE = 400


class DuePart(QWidget):
    """Late ones first. Enter shows what is missing, the phone, and words to say."""

    def __init__(self, context: AppContext, open_panel: OpenPanel, close_panel: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._open_panel, self._close_panel = context, open_panel, close_panel
        self._board: DueBoard | None = None
        self._units: dict[str, catalog.UnitRow] = {}
        self._languages: dict[int, str] = {}
        self._text = ""
        self._says = Label("", "muted")
        self._says.setContentsMargins(16, 8, 16, 8)
        sees_cost = context.shell.may(Permission.COST_VIEW)
        columns = due_columns(self.today, sees_cost=sees_cost)
        self.table = RowTable(columns, name=_("Expected deliveries"), key="purchasing.due")
        self.table.set_empty(
            _("Nothing is expected. Orders that were approved or sent stand here until they are here.")
        )
        self.table.row_activated.connect(self.open_row)
        self._error = ErrorState()
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._says)
        column.addWidget(self.table, 1)
        column.addWidget(self._error, 1)

    def today(self) -> date:
        """The day of the board."""
        return self._board.today if self._board else local_time(self._context.office.clock.now()).date()

    def reload(self) -> None:
        """Ask again what is expected."""
        ask = self._context.ops.ask
        ask(self, catalog.list_units, key="units", then=self._take_units, failed=_quiet)
        ask(self, catalog.list_suppliers, key="suppliers", is_active=None, then=self._take_suppliers, failed=_quiet)
        ask(self, purchasing.list_due_board, key="due", then=self._take, failed=self.show_error)

    def show_error(self, error: CoreError) -> None:
        """It could not be read."""
        self._error.say(error.text, self.reload)
        self.table.hide()
        self._error.show()

    def narrow(self, text: str) -> None:
        """Only what fits these words."""
        self._text = text.casefold()
        self._show()

    def open_row(self, row: DueRow) -> None:
        """What of this delivery is missing, and whom to ask."""
        self._context.ops.ask(
            self, purchasing.list_open_lines, supplier_id=row.supplier_id, key="lines",
            then=lambda lines: self._show_row(row, _of(lines, row)),
        )  # fmt: skip

    def _show_row(self, row: DueRow, lines: list[OpenLineRow]) -> None:
        said = self._languages.get(row.supplier_id, self._context.language)
        text = call_words(row, lines, lambda unit: self._unit(unit, said)).render("en" if said == "en" else "zh")
        told = [_line_words(line, lambda unit: self._unit(unit, self._context.language)) for line in lines]
        panel = DuePanel(self._context, row, (text, _lines(lines, told)), self.today())
        self._open_panel(panel, WIDE)

    def _unit(self, unit: str, said: str) -> str:
        row = self._units.get(unit)
        return row.title(said) or unit if row is not None and not (row.dimension and unit.isascii()) else unit

    def _take_units(self, rows: list[catalog.UnitRow]) -> None:
        self._units = {row.code: row for row in rows}

    def _take_suppliers(self, rows: list[catalog.SupplierRow]) -> None:
        self._languages = {row.id: row.language for row in rows}

    def _take(self, board: DueBoard) -> None:
        self._board = board
        self._error.hide()
        self.table.show()
        self._show()

    def _show(self) -> None:
        board = self._board
        if board is None:
            return
        rows = [row for row in (*board.late, *board.due_today, *board.later, *board.undated) if self._fits(row)]
        self.table.set_rows(rows)
        late, today = len(board.late), len(board.due_today)
        parts = [
            _n("{n} late delivery", "{n} late deliveries", late),
            _n("{n} delivery today", "{n} deliveries today", today),
            _n("{n} later", "{n} later", len(board.later) + len(board.undated)),
        ]
        self._says.set_words(join(parts, " · "))

    def _fits(self, row: DueRow) -> bool:
        names = " ".join(f"{one.zh} {one.en}" for one in row.first_items)
        words = f"{row.number} {row.supplier.zh} {row.supplier.en} {row.phone} {names}"
        return self._text in words.casefold()


def _of(lines: list[OpenLineRow], row: DueRow) -> list[OpenLineRow]:
    return [line for line in lines if line.order_id == row.order_id and line.due_on == row.due_on]


class DuePanel(DetailPanel):
    """One delivery: what is missing of it, the supplier's phone, and a text in the supplier's language to read out or to
    send. `told` is that text, and the lines as the person reads them."""

    def __init__(self, context: AppContext, row: DueRow, told: tuple[str, QWidget], today: date) -> None:
        super().__init__(named(row.supplier), row.number, due_look(row, today))
        self._context, self.row = context, row
        facts: list[tuple[Text, str | Text]] = [(_("Phone"), row.phone or _("No phone number is entered"))]
        if row.due_on is not None:
            words = _("Promised for") if row.is_promised else _("Wanted on")
            facts.append((words, date_words(row.due_on)))
        if row.value is not None:
            facts.append((_("Value"), money_words(row.value, sign=True)))
        self.add_facts([*facts])
        self.text, lines = told
        self.add_section(_("What is awaited"), lines)
        said = Label(self.text, wrap=True)
        self.add_section(_("To read out or to send"), said)
        self.add_widget(Button(_("Copy the text"), self.copy, icon_name="copy", kind="link"))
        go = context.shell.go
        self.add_action(
            Button(_("Open the order"), partial(go, "purchasing.order", order_id=row.order_id), kind="primary")
        )
        if context.shell.may(Permission.PURCHASE_ORDER):
            remind = partial(go, "purchasing.order", order_id=row.order_id, task="remind", message=self.text)
            self.add_action(Button(_("Remind by e-mail"), remind, icon_name="mail"))
        if context.shell.can_go("purchasing.receive"):
            receive = partial(go, "purchasing.receive", order_ids=(row.order_id,))
            self.add_action(Button(_("Receive"), receive, icon_name="receive"))

    def copy(self) -> None:
        """Put the text where it can be pasted into a message."""
        QGuiApplication.clipboard().setText(self.text)
        self._context.shell.say(_("The text was copied."))


def call_words(row: DueRow, lines: list[OpenLineRow], unit_word: UnitWord) -> Text:
    """What to say on the phone: the order, the day, what is missing."""
    goods = join([_line_words(line, unit_word) for line in lines], ", ")
    if row.days_late:
        return _("Our order {number} was due on {day}. Still missing: {goods}. When will it come?",
                 number=row.number, day=row.due_on, goods=goods)  # fmt: skip
    if row.due_on is None:
        return _("Our order {number}: {goods}. On which day will it come?", number=row.number, goods=goods)
    return _("Our order {number} for {day}: {goods}. Will it come as agreed?",
             number=row.number, day=row.due_on, goods=goods)  # fmt: skip


def _line_words(line: OpenLineRow, unit_word: UnitWord) -> Text:
    return _("{item} {qty} {unit}", item=line.name, qty=number_words(line.outstanding), unit=unit_word(line.unit))


def _lines(lines: list[OpenLineRow], told: list[Text]) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for line, words in zip(lines, told, strict=True):
        column.addWidget(Label(words, wrap=True))
        if line.received:
            came = _("{came} of {ordered} came", came=number_words(line.received), ordered=number_words(line.ordered))
            column.addWidget(Label(came, "small"))
    return box


def _quiet(_error: CoreError) -> None:
    """The board itself says what went wrong."""
