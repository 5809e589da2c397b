"""What stands on the waste screen, and what has come for it; what the person does there is in `waste_pad.py`."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core import stock
from core.errors import CoreError
from core.i18n import Text, _
from desktop.context import AppContext
from desktop.stock.entry.finder import Finder
from desktop.stock.entry.places import held_by_place, place_options, proposed_place
from desktop.stock.entry.waste_day import WasteDayPanel, total_words
from desktop.stock.entry.waste_item import WasteItem
from desktop.stock.entry.waste_log import LeftOver, Sending, WasteLog
from desktop.stock.entry.waste_rules import WasteDay
from desktop.stock.entry.waste_tiles import WasteTiles
from desktop.stock.entry.waste_why import WasteWhy
from desktop.theme import Meaning
from desktop.widgets import Button, Label, StatusLine
from desktop.widgets.offer import Offer

LOW = 470


class WasteScreen(QWidget):
    """Tiles or today's list at the left, the item in the middle, why at the right. `loaded` once everything has come."""

    loaded = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.finder = Finder(context, self)
        self.log = WasteLog(context, self.finder, self)
        self.tiles, self.item, self.why = (
            WasteTiles(context, self.finder),
            WasteItem(context, self.finder),
            WasteWhy(context),
        )
        self.notice = Offer()
        self.offer = Offer(Meaning.ACCENT)
        self.status = StatusLine()
        self.list = WasteDayPanel(context, self.finder, self.why.reason_word)
        self._left = QStackedWidget()
        self._by = Label("", "muted")
        self._today = Button("", self.show_list, icon_name="history", kind="quiet")
        self._waits = {"units", "reasons", "day"}
        self._ways: list[Button] = []
        self._is_low = False
        self._lay_out()
        self._connect_log()

    def _connect_log(self) -> None:
        self.finder.ready.connect(self._on_ready)
        self.list.close_requested.connect(self.show_list)
        self.list.undo_pressed.connect(lambda row: self.log.undo(row.posting_id))
        self.log.reasons_came.connect(self._on_reasons)
        self.log.goods_changed.connect(self.tiles.show_recent)
        self.log.day_changed.connect(self._on_day)
        self.log.posted.connect(self._on_posted)
        self.log.undone.connect(self._on_undone)
        self.log.failed.connect(self.show_error)
        self.log.left_over.connect(self._on_left_over)
        self.why.place.changed.connect(lambda: self.finder.use_place("out", self.why.place.value()))

    @property
    def day(self) -> WasteDay:
        """Today's waste."""
        return self.log.day

    def reload(self) -> None:
        """Ask again; what is typed stays."""
        self.log.reload()

    def is_loaded(self) -> bool:
        """Whether all of it has come."""
        return not self._waits

    def _on_reasons(self, rows: list[stock.ReasonRow]) -> None:
        if [row.code for row in rows] != [code for code, _word in self.why.reasons()]:
            self.why.set_reasons(rows)
        self.item.keypad.digits = self.why.digits()
        self._arrived("reasons")

    def _on_day(self, day: WasteDay) -> None:
        self._today.set_words(total_words(day))
        self.tiles.show_day(day)
        self.list.show_day(day)
        self._arrived("day")

    def _arrived(self, what: str) -> None:
        was_loaded = self.is_loaded()
        self._waits.discard(what)
        if self.is_loaded() and not was_loaded:
            self.log.look_for_left_over()
            self.loaded.emit()

    def show_list(self) -> None:
        """Today's list with Undo in the place of the tiles, and back."""
        is_shown = self._left.currentWidget() is self.list
        self._left.setCurrentWidget(self.tiles if is_shown else self.list)

    def start(self) -> None:
        """The keyboard goes where the next item is found."""
        self._left.setCurrentWidget(self.tiles)
        self.tiles.focus_search()

    def _on_posted(self, text: Text, posting_id: int) -> None:
        self.status.say(text, [(_("Undo"), lambda: self.log.undo(posting_id))])

    def _on_undone(self, number: str) -> None:
        self.status.say(_("Taken back by {number}.", number=number))

    def show_error(self, error: CoreError) -> None:
        """A failure that has no field."""
        self.notice.say(error.text, Meaning.DANGER)

    def _on_left_over(self, found: LeftOver) -> None:
        if not found.entries:
            self.offer.say(found.words)
            return
        choices = (
            (_("Post again"), lambda: self._answer_offer(found.entries)),
            (_("Throw away"), lambda: self._answer_offer(())),
        )
        self.offer.offer(found.words, choices)

    def _answer_offer(self, entries: Sequence[Sending]) -> None:
        self.log.drop_left_over()
        for one in entries:
            self.log.send(one)

    def _on_ready(self) -> None:
        actor = self.finder.actor
        self._by.set_words(_("By {name}", name=actor.name) if actor else "")
        self._show_places()
        self._arrived("units")
        self.reload()

    def _show_places(self) -> None:
        goods = self.item.goods
        unit = self.finder.unit_word(goods.base_unit) if goods else ""
        self.why.place.set_options(place_options(self.finder, self.item.held, unit))
        wanted = (self.why.place.value(), self.finder.last_place("out"))
        self.why.place.set_value(proposed_place(self.finder, held_by_place(self.item.held), wanted))

    def add_way(self, button: Button) -> None:
        """A button for the foot, for a page whose head had to give way."""
        self._ways.append(button)
        self._foot.insertWidget(1, button)
        button.hide()

    def show_ways(self, are_shown: bool) -> None:
        """Show or hide the ways in the foot."""
        for button in self._ways:
            button.setVisible(are_shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_low(event.size().height() < LOW)

    def _set_low(self, is_low: bool) -> None:
        if is_low == self._is_low:
            return
        self._is_low = is_low
        for part in (self.tiles, self.item, self.why):
            part.set_low(is_low)
        self._by.setVisible(not is_low)

    def _lay_out(self) -> None:
        parts = QHBoxLayout()
        parts.setSpacing(16)
        self._left.addWidget(self.tiles)
        self._left.addWidget(self.list)
        parts.addWidget(self._left, 34)
        parts.addWidget(self.item, 30)
        parts.addWidget(self.why, 36)
        foot = self._foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.status, 1)
        foot.addWidget(self._by)
        foot.addWidget(self._today)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.offer)
        column.addWidget(self.notice)
        column.addLayout(parts, 1)
        column.addLayout(foot)
