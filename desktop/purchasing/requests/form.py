"""A request being typed, beside the list: head, bar, lines; F9 sends it for approval."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QSizePolicy

from core import catalog, purchasing, stock
from core.devices import Scan
from core.errors import Conflict, CoreError, NeedsConfirmation
from core.i18n import _, _n
from core.purchasing import NewRequest, RequestCard
from core.words import LocationKind
from desktop.context import AppContext
from desktop.errors import ProgramFault
from desktop.purchasing.requests.drafting import RequestDraft
from desktop.purchasing.requests.entry import EntryBar
from desktop.purchasing.requests.lines import FormLine, Lines, from_card
from desktop.theme import Meaning
from desktop.widgets import (
    Button,
    Choice,
    Column,
    DateEdit,
    DetailPanel,
    Form,
    Kind,
    Notice,
    RowTable,
    TextEdit,
    local_time,
    reveal,
)

HIGH_LINES = 190


class _Head(Form):
    """The head; lines that are not saved count as typing."""

    def __init__(self, has_more: Callable[[], bool]) -> None:
        super().__init__()
        self._has_more = has_more

    def has_typing(self) -> bool:
        return super().has_typing() or self._has_more()

    def typed(self) -> dict[str, Any]:
        """What stands in the fields; None where nothing does or it cannot be read."""
        found: dict[str, Any] = {}
        keys = self.keys()
        for key in keys:
            try:
                found[key] = self.editor(key).value()
            except CoreError:
                found[key] = None
        return found


class RequestForm(DetailPanel):
    """Without a card a new request. `saved(purchase_request_id)`, `cancelled`."""

    saved = Signal(int)
    cancelled = Signal()

    def __init__(self, context: AppContext, card: RequestCard | None = None) -> None:
        title = _("New request") if card is None else _("Change {number}", number=card.row.number)
        super().__init__(title, _("Type or scan an item, then the quantity; Enter adds the line."))
        self._context, self._card = context, card
        self._units: dict[str, str] = {}
        self._is_sending = False
        self.lines = Lines(self)
        self._first: tuple[FormLine, ...] = ()
        self.notice = Notice()
        self.notice.hide()
        self.bar = EntryBar(context, self.unit_words)
        self.form = _Head(self._has_lines_typed)
        self._fill_head()
        self.table = self._make_table()
        self.draft = RequestDraft(context, self) if card is None else None
        offers = [] if self.draft is None else [self.draft.offer]
        for widget in (*offers, self.notice, self.form, self.bar, self.table):
            self.add_widget(widget)
        self._send_button = self.add_action(
            Button(_("Ask for approval"), self.submit, kind="primary", icon_name="check", key="F9")
        )
        self.add_action(Button(_("Save as draft"), self.save_draft, icon_name="save"))
        self.add_action(Button(_("Cancel"), self.cancelled.emit))
        self.bar.entered.connect(self.lines.put)
        self.lines.changed.connect(self._show_lines)
        if self.draft is not None:
            self.lines.changed.connect(self.draft.touch)
            self.form.changed.connect(self.draft.touch)
        self._ask()

    # --- what it is made of

    def _fill_head(self) -> None:
        today = lambda: local_time(self._context.office.clock.now()).date()  # noqa: E731
        self.department = TextEdit(placeholder=_("Kitchen, bar, shop…"), most=80)
        self.place = Choice(empty=_("none"))
        self.form.add("department", _("Department"), self.department)
        self.form.add("needed_on", _("Needed on"), DateEdit(today=today))
        self.form.add("location", _("For place"), self.place)
        self.form.add("note", _("Note"), TextEdit(most=400))

    def _make_table(self) -> RowTable:
        table = RowTable(
            [
                Column("name", _("Item"), 190, stretch=True, sortable=False),
                Column("qty", _("Quantity"), 120, kind=Kind.QTY, unit="unit_words", sortable=False),
                Column("supplier", _("Supplier wished"), 120, muted=True, sortable=False),
                Column("note", _("Note"), 110, muted=True, sortable=False),
            ],
            name=_("Lines"),
        )
        table.set_empty(_("Nothing is asked for yet. Add an item."))
        table.set_rows([])
        table.setMinimumHeight(HIGH_LINES)
        table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        table.row_activated.connect(self.bar.load)
        return table

    def _ask(self) -> None:
        ask = self._context.ops.ask
        ask(self, catalog.list_units, then=self._on_units)
        ask(self, catalog.list_suppliers, then=self.bar.set_suppliers, failed=lambda _error: None)
        ask(self, stock.list_locations, then=self._on_places, failed=lambda _error: None)
        ask(self, purchasing.list_departments, then=self._on_departments, failed=lambda _error: None)

    def unit_words(self, unit: str) -> str:
        """A unit in the person's language."""
        return self._units.get(unit, unit)

    def _on_units(self, rows: list[catalog.UnitRow]) -> None:
        language = self._context.language
        self._units = {
            row.code: row.code if row.dimension and row.code.isascii() else row.title(language) or row.code
            for row in rows
        }
        if self._card is not None and not self.lines.all():
            self._take_card(self._card)

    def _take_card(self, card: RequestCard) -> None:
        values: dict[str, Any] = {
            "department": card.row.department, "needed_on": card.row.needed_on, "note": card.row.note,
            "location": card.location_id or None,
        }  # fmt: skip
        for key, value in values.items():
            self.form.editor(key).set_value(value)
        self.lines.set(from_card(card.lines, self._units, self._context.language))
        self._first = tuple(self.lines.all())
        self.form.mark_unchanged()

    def _on_places(self, rows: list[stock.LocationRow]) -> None:
        english = self._context.language == "en"
        self.place.set_options(
            [
                (row.location_id, (row.name_en or row.name) if english else row.name)
                for row in rows
                if row.kind is not LocationKind.TRANSIT
            ]
        )
        if self._card is not None and self._card.location_id:
            self.place.set_value(self._card.location_id)
        self.form.mark_unchanged()

    def _on_departments(self, names: list[str]) -> None:
        completer = QCompleter(names, self.department)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.department.field().setCompleter(completer)
        if self._card is None and names and not self.department.text():
            self.department.set_value(names[0])
            self.form.mark_unchanged()

    # --- typing

    def begin(self) -> None:
        """The keyboard goes where typing begins, once the form has its place on screen."""
        self.bar.begin()
        QTimer.singleShot(0, self.bar, lambda: reveal(self.bar))

    def scan(self, scan: Scan) -> bool:
        """A scan begins a line."""
        self.bar.take_scan(scan, partial(self._unknown, scan))
        return True

    def _unknown(self, scan: Scan) -> None:
        if not self._context.unknown_code(scan, lambda: self.scan(scan)):
            words = _("No item has the code {code}. Type its name instead.", code=scan.code[:40])
            self.notice.say(words, Meaning.SOON)

    def add_item(self, item_id: int) -> None:
        """Begin a line with an item that another page hands over."""

        def come(rows: list[catalog.ItemRow]) -> None:
            for row in rows:
                self.bar.take_item(row)

        self._context.ops.ask(self, catalog.list_items_page, ids=[item_id], then=come)

    def _show_lines(self) -> None:
        self.table.set_rows(self.lines.all())
        count = len(self.lines.all())
        self.set_title(self._title.words(), _n("{n} line", "{n} lines", count) if count else self._subtitle.words())

    def _has_lines_typed(self) -> bool:
        return tuple(self.lines.all()) != self._first or self.bar.has_typing()

    def forget_draft(self) -> None:
        """It is saved or thrown away."""
        if self.draft is not None:
            self.draft.box.clear()

    def has_unsaved(self) -> bool:
        """Whether something typed here is not saved."""
        return self.form.has_typing()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.table.current_row()
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and row is not None:
            self.lines.remove(row.id)
        else:
            super().keyPressEvent(event)

    # --- saving

    def submit(self) -> None:
        """Save it and send it for approval (F9)."""
        self._save(is_submitted=True)

    def save_draft(self) -> None:
        """Save it, to go on later."""
        self._save(is_submitted=False)

    def _save(self, *, is_submitted: bool) -> None:
        if self._is_sending:
            return
        if self.bar.has_typing():
            self.bar.enter()
            if self.bar.has_typing():
                return
        values = self.form.read()
        if values is None:
            return
        new = NewRequest(
            self.lines.given(), values["department"] or "", values["location"] or 0, values["needed_on"],
            values["note"] or "",
        )  # fmt: skip
        self._is_sending = True
        self.setEnabled(False)
        do = self._context.ops.do
        if self._card is None:
            request_id = self.draft.box.send() if self.draft is not None else ""
            do(
                self, purchasing.create_request, new=new, is_submitted=is_submitted, then=self._done,
                failed=self.show_error, request_id=request_id,
            )  # fmt: skip
            return
        key = self._card.row.id
        do(
            self, purchasing.update_request, purchase_request_id=key, version=self._card.row.version, new=new,
            base=_base_of(self._card), then=lambda _version: self._after_update(key, is_submitted),
            failed=self.show_error,
        )  # fmt: skip

    def _after_update(self, request_id: int, is_submitted: bool) -> None:
        if not is_submitted:
            self._done(request_id)
            return
        self._context.ops.do(
            self, purchasing.submit_request, purchase_request_id=request_id,
            then=lambda _version: self._done(request_id), failed=self.show_error,
        )  # fmt: skip

    def _done(self, request_id: int) -> None:
        self._is_sending = False
        self.setEnabled(True)
        self._first = tuple(self.lines.all())
        self.form.mark_unchanged()
        self.forget_draft()
        self.saved.emit(request_id)

    def show_error(self, error: CoreError) -> None:
        """It was not saved: say why at its field or line; what is typed stays."""
        self._is_sending = False
        self.setEnabled(True)
        if self.draft is not None and not isinstance(error, ProgramFault):
            self.draft.box.came_back()
        lines = self.lines.all()
        if isinstance(error, NeedsConfirmation):
            return
        if isinstance(error, Conflict):
            self.notice.say(
                _("Somebody else changed this meanwhile. Close the form and look at it again."), Meaning.SOON
            )
        elif error.row and error.row <= len(lines):
            self.bar.load(lines[error.row - 1])
            if not self.bar.show_field_error(error.field or "", error):
                self.notice.say(error.text, Meaning.DANGER)
        elif (error.field or "") in set(self.form.keys()):
            self.form.show_error(error)
        else:
            self.notice.say(error.text, Meaning.DANGER)


def _base_of(card: RequestCard) -> NewRequest:
    lines = tuple(
        purchasing.NewRequestLine(line.item_id, line.qty, line.unit, line.supplier_id, line.note) for line in card.lines
    )
    return NewRequest(lines, card.row.department, card.location_id, card.row.needed_on, card.row.note)
