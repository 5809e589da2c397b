"""The fast waste screen: find it, how much, why, done; one page, no scrolling. Also shown over the whole screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from PySide6.QtGui import QKeyEvent

from core import stock
from core.devices import Scan
from core.errors import CoreError, NeedsConfirmation
from core.i18n import Text, _
from desktop.context import AppContext
from desktop.stock.entry.finder import Picked
from desktop.stock.entry.lines import EntryLine
from desktop.stock.entry.places import held_by_place, places_with, with_stock
from desktop.stock.entry.waste_log import Sending
from desktop.stock.entry.waste_screen import WasteScreen
from desktop.theme import Meaning
from desktop.widgets import Found, money_words

SHORT = ("qty", "lot")


class WastePad(WasteScreen):
    """All of the screen but its frame. Today's list takes the place of the tiles while it is looked at."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._is_wanted = False
        self._next: Picked | None = None
        self._connect()

    # --- what the person does

    def scan(self, scan: Scan) -> bool:
        """A scan ends the item before and begins the next."""
        self.finder.by_scan(scan, lambda answers: self._on_answers(answers, scan.code, scan))
        return True

    def take_code(self, code: str, lot: str = "", place_id: int | None = None) -> None:
        """A code that another page hands over, or that was keyed in; with it the lot and where it lies."""

        def found(answers: Sequence[Found]) -> None:
            data = answers[0].data if answers else None
            if lot and isinstance(data, Picked):
                self.take(replace(data, lot=lot, place_id=place_id))
            else:
                self._on_answers(answers, code, None)

        self.finder.complete(code, found)

    def _on_answers(self, answers: Sequence[Found], code: str, scan: Scan | None) -> None:
        data = answers[0].data if answers else None
        if isinstance(data, Picked):
            self.take(data)
        elif scan is None or not self.context.unknown_code(scan, lambda: self.scan(scan)):
            self.notice.say(_("No item has the code {code}. Type its name instead.", code=code[:40]), Meaning.SOON)

    def take(self, picked: Picked) -> None:
        """An item was found, scanned or touched."""
        self.notice.hide()
        goods = self.item.goods
        if goods is not None and goods.id == picked.goods.id and not self.why.reason():
            if picked.is_scan and self.item.scanned_again(picked.unit):
                return
        elif goods is not None and self.why.reason():
            self._next = picked
            self.post()
            return
        elif goods is not None and picked.is_scan:
            self.notice.say(_("Why was it lost? Choose a reason, then scan the next."), Meaning.SOON)
            return
        self._begin(picked)

    def _begin(self, picked: Picked) -> None:
        self.why.clear()
        self.item.start(picked, self.tiles.is_favourite(picked.goods))
        if picked.place_id is not None:
            self.why.place.set_value(picked.place_id)
        self.item.keypad.setFocus()
        self._say_button()

    def escape(self) -> bool:
        """Esc: leave this item; False when there is none."""
        if self.item.goods is None:
            return False
        self._clear()
        return True

    def _clear(self) -> None:
        self._is_wanted = False
        self.item.clear()
        self.why.clear()
        self.notice.hide()
        self._say_button()
        self.start()

    def _on_reason(self, code: str) -> None:
        """A reason by touch: all that was typed is the amount."""
        self.why.mark(code)
        self.item.keypad.reason_was_touched()
        self._say_button()
        if self.why.needs_note():
            self.why.note.field().setFocus()
        elif self.item.goods is not None:
            self.item.keypad.setFocus()

    def _on_reason_typed(self, digit: str) -> None:
        self.why.mark(self.why.code_of(digit))
        self._say_button()

    def post(self) -> None:
        """Post what stands here; says what is missing."""
        missing = self._missing()
        if missing:
            self._next = None
            return
        if not self.item.is_ready():
            self._is_wanted = True
            return
        self._is_wanted = False
        line = self._line()
        if line is None:
            return
        self.finder.use_place("out", line.place_id)
        self.log.send(Sending(line, self.why.photo))
        following, self._next = self._next, None
        self._clear()
        if following is not None:
            self._begin(following)

    def _missing(self) -> bool:
        if self.item.goods is None:
            self.start()
            return True
        if self.item.qty() in (None, Decimal(0)):
            self.notice.say(_("How much was lost? Key in a number above zero."), Meaning.SOON)
            self.item.keypad.setFocus()
        elif not self.why.reason():
            self.item.keypad.fix_amount()
            self.notice.say(_("Why was it lost? Press a digit or touch a reason."), Meaning.SOON)
            self.item.keypad.setFocus()
        elif self.why.needs_note():
            self.notice.say(_("This reason needs a note: what happened?"), Meaning.SOON)
            self.why.note.field().setFocus()
        else:
            return False
        return True

    def _line(self) -> EntryLine | None:
        goods, qty = self.item.goods, self.item.qty()
        if goods is None or qty is None:
            return None
        return EntryLine(
            0, goods, qty, self.item.unit(), place_id=self.why.place.value(), reason=self.why.reason(),
            stage=self.why.stage(), note=self.why.note.text().strip(), lot_id=self.item.lot_id(self.why.place.value()),
        )  # fmt: skip

    # --- what came of it

    def _on_refused(self, sending: Sending, error: CoreError) -> None:
        """Nothing typed is lost: it is put back, or offered while the next item is on the screen already."""
        is_free = self.item.goods is None
        if is_free:
            self._put_back(sending)
        if isinstance(error, NeedsConfirmation):
            return
        words = _("{what} was not posted. {why}", what=self.log.words_of(sending.line), why=error.text)
        again = [] if is_free else [(_("Back to it"), lambda: self._put_back(sending))]
        self.notice.offer(words, again, Meaning.DANGER)
        if error.field in SHORT:
            self.finder.on_hand(
                sending.line.goods.id, lambda rows: self._look_elsewhere(sending, words, rows), asker="elsewhere"
            )

    def _look_elsewhere(self, sending: Sending, words: Text, rows: list[stock.OnHandRow]) -> None:
        """Too little at one place: offer the places that hold enough."""
        line = sending.line
        need = self.finder.base_qty(line.goods.id, line.qty, line.unit)
        if need is None or self.notice.isHidden():
            return
        unit = self.finder.unit_word(line.goods.base_unit)
        choices = []
        for place_id, qty in places_with(self.finder, held_by_place(rows), need, (line.place_id,)):
            place = with_stock(self.finder.place_word(place_id), qty, unit)
            choices.append((_("Take it from {place}", place=place), partial(self._send_from, sending, place_id)))
        if choices:
            self.notice.offer(words, choices, Meaning.DANGER)

    def _send_from(self, sending: Sending, place_id: int) -> None:
        """Post it from another place; what stands on the screen by now stays, unless it is this entry."""
        goods = self.item.goods
        self.finder.use_place("out", place_id)
        self.log.send(Sending(replace(sending.line, place_id=place_id), sending.photo))
        if goods is not None and goods.id == sending.line.goods.id:
            self._clear()

    def _put_back(self, sending: Sending) -> None:
        line = sending.line
        self.item.start(Picked(line.goods, line.unit), self.tiles.is_favourite(line.goods))
        for one in f"{line.qty:f}":
            self.item.keypad.press(one)
        self.why.mark(line.reason)
        self.item.keypad.reason_was_touched()
        self.why.note.set_value(line.note)
        self.why.set_photo(sending.photo)
        self.item.keypad.setFocus()
        self._say_button()

    # --- inside

    def _connect(self) -> None:
        self.tiles.picked.connect(self.take)
        self.item.changed.connect(self._say_button)
        self.item.ready.connect(self._on_item_ready)
        self.item.star_pressed.connect(self._on_star)
        self.item.keypad.done.connect(self.post)
        self.item.keypad.scanned.connect(self.take_code)
        self.item.keypad.reason_typed.connect(self._on_reason_typed)
        self.why.reason_chosen.connect(self._on_reason)
        self.why.done.connect(self.post)
        self.log.refused.connect(self._on_refused)

    def _on_item_ready(self) -> None:
        self._show_places()
        if self._is_wanted:
            self.post()

    def _on_star(self) -> None:
        if self.item.goods is not None:
            self.tiles.switch_favourite(self.item.goods)

    def _say_button(self) -> None:
        is_complete = self.item.goods is not None and bool(self.why.reason()) and bool(self.item.qty())
        self.why.button.setEnabled(self.item.goods is not None)
        words = _("Post waste")
        if is_complete:
            value = self.item.value()
            what = self.item.amount_words()
            cost = f" · {money_words(value, sign=True)}" if value is not None else ""
            words = _("Post {what}", what=f"{what}{cost}")
        self.why.button.set_words(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and Enter work wherever the keyboard is, except in a text field."""
        if self.item.goods is not None and (event.text().isdigit() or event.text() in ("\r", "\n")) and event.text():
            self.item.keypad.keyPressEvent(event)
            return
        super().keyPressEvent(event)
