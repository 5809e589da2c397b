"""A request being typed, beside the list: head, bar, lines; F9 sends it for approval."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from core import catalog, purchasing, stock
from core.devices import Scan
from core.errors import CoreError
from core.i18n import Text, _, _n
from core.purchasing import NewRequest, RequestCard
from core.words import LocationKind
from desktop.context import AppContext
from desktop.errors import ProgramFault
from desktop.purchasing.requests.drafting import RequestDraft
from desktop.purchasing.requests.entry import EntryBar
from desktop.purchasing.requests.lines import Lines, from_card
from desktop.shell.lines_form import LinesForm, lines_table
from desktop.theme import Meaning
from desktop.widgets import Choice, Column, DateEdit, Kind, TextEdit, local_time

HIGH_LINES = 190


class RequestForm(LinesForm):
    """Without a card a new request. `saved(purchase_request_id)`."""

    def __init__(self, context: AppContext, card: RequestCard | None = None) -> None:
        title = _("New request") if card is None else _("Change {number}", number=card.row.number)
        super().__init__(title, _("Type or scan an item, then the quantity; Enter adds the line."))
        self._context, self._card = context, card
        self._units: dict[str, str] = {}
        self.lines = Lines(self)
        self.bar = EntryBar(context, self.unit_words)
        self._fill_head()
        self.draft = RequestDraft(context, self) if card is None else None
        above = [] if self.draft is None else [self.draft.offer]
        table = lines_table(_COLUMNS, _("Nothing is asked for yet. Add an item."), HIGH_LINES)
        self.arrange(self.bar, self.lines, table, submit=_("Ask for approval"), above=above)
        self.bar.entered.connect(self.lines.put)
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
        self.take_as_saved()

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

    def _count_words(self, lines: Sequence[Any]) -> Text:
        return _n("{n} line", "{n} lines", len(lines))

    def forget_draft(self) -> None:
        """It is saved or thrown away."""
        if self.draft is not None:
            self.draft.box.clear()

    # --- saving

    def _send(self, values: dict[str, Any], *, is_submitted: bool) -> None:
        new = NewRequest(
            self.lines.given(), values["department"] or "", values["location"] or 0, values["needed_on"],
            values["note"] or "",
        )  # fmt: skip
        do = self._context.ops.do
        if self._card is None:
            request_id = self.draft.box.send() if self.draft is not None else ""
            do(
                self, purchasing.create_request, new=new, is_submitted=is_submitted, then=self.done,
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
            self.done(request_id)
            return
        self._context.ops.do(
            self, purchasing.submit_request, purchase_request_id=request_id,
            then=lambda _version: self.done(request_id), failed=self.show_error,
        )  # fmt: skip

    def done(self, answer: object) -> None:
        """It is saved; nothing is left to be offered again."""
        self.forget_draft()
        super().done(answer)

    def show_error(self, error: CoreError) -> None:
        """It was not saved: what was typed can be sent again."""
        if self.draft is not None and not isinstance(error, ProgramFault):
            self.draft.box.came_back()
        super().show_error(error)


_COLUMNS = (
    Column("name", _("Item"), 190, stretch=True, sortable=False),
    Column("qty", _("Quantity"), 120, kind=Kind.QTY, unit="unit_words", sortable=False),
    Column("supplier", _("Supplier wished"), 120, muted=True, sortable=False),
    Column("note", _("Note"), 110, muted=True, sortable=False),
)


def _base_of(card: RequestCard) -> NewRequest:
    lines = tuple(
        purchasing.NewRequestLine(line.item_id, line.qty, line.unit, line.supplier_id, line.note) for line in card.lines
    )
    return NewRequest(lines, card.row.department, card.location_id, card.row.needed_on, card.row.note)
