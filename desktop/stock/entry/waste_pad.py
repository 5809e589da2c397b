"""The fast waste screen: find it, how much, why, done; one page, no scrolling. Also shown over the whole screen."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core import documents, stock
from core.errors import CoreError, NeedsConfirmation
from core.i18n import _
from core.words import PostingKind
from desktop.context import AppContext, Posted
from desktop.stock.entry.drafts import DraftBox
from desktop.stock.entry.fields import held_by_place, place_options
from desktop.stock.entry.finder import Finder, Picked
from desktop.stock.entry.lines import EntryLine, line_from_draft, line_to_draft
from desktop.stock.entry.papers import print_slip
from desktop.stock.entry.waste_day import WasteDayPanel, total_words
from desktop.stock.entry.waste_item import WasteItem
from desktop.stock.entry.waste_rules import WasteDay, day_of, recent_goods
from desktop.stock.entry.waste_tiles import WasteTiles
from desktop.stock.entry.waste_why import WasteWhy
from desktop.theme import Meaning
from desktop.widgets import Button, Label, Notice, StatusLine, money_words

LOOK_BACK = timedelta(days=14)
MOST_ENTRIES = 400


class WastePad(QWidget):
    """All of the screen but its frame. Today's list takes the place of the tiles while it is looked at."""

    loaded = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.finder = Finder(context, self)
        self.day = WasteDay()
        self.tiles, self.item, self.why = (
            WasteTiles(context, self.finder),
            WasteItem(context, self.finder),
            WasteWhy(context),
        )
        self.notice = Notice()
        self.notice.hide()
        self.status = StatusLine()
        self.list = WasteDayPanel(context, self.finder, self.why.reason_word)
        self._left = QStackedWidget()
        self._by = Label("", "muted")
        self._today = Button("", self.show_list, icon_name="history", kind="quiet")
        self._waits = {"units", "reasons", "day"}
        self._is_wanted = False
        self._next: Picked | None = None
        self._sent: dict[int, EntryLine] = {}
        self._last_id = 0
        self._drafts = DraftBox(self.finder, "waste", self._unsent)
        self._lay_out()
        self._connect()

    # --- asking

    def reload(self) -> None:
        """Ask for reasons, today's waste and what was posted lately."""
        if not self.finder.is_ready():
            return
        now, start = self.finder.now(), self.finder.day_start()
        ask = self.context.ops.ask
        ask(self, stock.list_waste_reasons, then=self._on_reasons)
        wanted = stock.LedgerFilter(start=min(start, now - LOOK_BACK), kinds=(PostingKind.WASTE,))

        def with_entries(entries: list[stock.EntryRow]) -> None:
            ask(
                self, stock.list_postings, kinds=(PostingKind.WASTE,), start=start, limit=1000,
                then=lambda rows: self._on_day(entries, rows), key="postings",
            )  # fmt: skip

        ask(self, stock.list_ledger, wanted=wanted, limit=MOST_ENTRIES, newest_first=True, then=with_entries, key="day")

    def is_loaded(self) -> bool:
        """Whether all of it has come."""
        return not self._waits

    def _on_reasons(self, rows: list[stock.ReasonRow]) -> None:
        if [row.code for row in rows] != [code for code, _word in self.why.reasons()]:
            self.why.set_reasons(rows)
        self.item.keypad.digits = self.why.digits()
        self._arrived("reasons")

    def _on_day(self, entries: list[stock.EntryRow], postings: list[stock.PostingRow]) -> None:
        self.day = day_of(
            entries, self.finder.day_start(), frozenset(row.number for row in postings if row.reversed_by)
        )
        self._today.set_words(total_words(self.day))
        recent = recent_goods(entries)
        self.tiles.show_goods(recent, self.day)
        if len(recent) < 6:
            self._fill_up(entries)
        self.list.show_day(self.day)
        self._arrived("day")

    def _fill_up(self, entries: list[stock.EntryRow]) -> None:
        """Little was wasted yet: what was moved lately stands behind it."""

        def moved(rows: list[stock.EntryRow]) -> None:
            self.tiles.show_goods(recent_goods([*entries, *rows]), self.day)

        self.context.ops.ask(
            self, stock.list_ledger, wanted=stock.LedgerFilter(), limit=100, newest_first=True, then=moved, key="moved"
        )

    def _arrived(self, what: str) -> None:
        was_loaded = self.is_loaded()
        self._waits.discard(what)
        if self.is_loaded() and not was_loaded:
            self._offer_unsent()
            self.loaded.emit()

    # --- what the person does

    def show_list(self) -> None:
        """Today's list with Undo in the place of the tiles, and back."""
        is_shown = self._left.currentWidget() is self.list
        self._left.setCurrentWidget(self.tiles if is_shown else self.list)

    def start(self) -> None:
        """The keyboard goes where the next item is found."""
        self._left.setCurrentWidget(self.tiles)
        self.tiles.focus_search()

    def scan(self, code: str) -> bool:
        """A code from a scanner: it ends the item before and begins the next."""

        def found(answers: Any) -> None:
            data = answers[0].data if answers else None
            if isinstance(data, Picked):
                self.take(data)
            else:
                self.notice.say(_("No item has the code {code}. Type its name instead.", code=code[:40]), Meaning.SOON)

        self.finder.complete(code, found)
        return True

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
        photo = self.why.photo
        self._send(line, photo)
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
        self._last_id += 1
        return EntryLine(
            self._last_id, goods, qty, self.item.unit(), place_id=self.why.place.value(), reason=self.why.reason(),
            stage=self.why.stage(), note=self.why.note.text().strip(),
        )  # fmt: skip

    # --- posting

    def _send(self, line: EntryLine, photo: str = "") -> None:
        """The screen is free for the next item at once; what comes back wrong is put back."""
        self._sent[line.id] = line
        self._drafts.sending(True)
        words = f"{line.goods.title(self.context.language)} {line.qty:f} {self.finder.unit_word(line.unit)}"
        self.context.ops.do(
            self, stock.record_waste, lines=(line.new_line(1),),
            then=lambda posted: self._on_posted(line, posted, words, photo),
            failed=lambda error: self._on_failed(line, error, words),
        )  # fmt: skip

    def _on_posted(self, line: EntryLine, posted: stock.Posted, words: str, photo: str) -> None:
        self._forget(line)
        may_see = posted.value and self.item.cost is not None
        cost = f" · {money_words(-posted.value, sign=True)}" if may_see else ""
        text = _("Waste {number} posted: {what}", number=posted.number, what=words + cost)
        undo = {"posting_id": posted.posting_id}
        self.context.shell.posted(
            Posted(text, undo, lambda: print_slip(self.context, self, posted.posting_id), self.reload)
        )
        self.status.say(text, [(_("Undo"), lambda: self.undo(posted.posting_id))])
        if photo:
            self._attach(posted.posting_id, photo)
        self.reload()

    def _attach(self, posting_id: int, photo: str) -> None:
        def add(content: bytes) -> None:
            self.context.ops.do(
                self, documents.add_attachment, owner_kind="posting", owner_id=posting_id, name=Path(photo).name,
                content=content, is_photo=True, failed=self.show_error,
            )  # fmt: skip

        self.context.ops.run(self, lambda: documents.read_file(Path(photo)), then=add, failed=self.show_error)

    def _on_failed(self, line: EntryLine, error: CoreError, words: str) -> None:
        self._forget(line)
        if not isinstance(error, NeedsConfirmation):
            self.notice.say(_("{what} was not posted. {why}", what=words, why=error.text), Meaning.DANGER)
        if self.item.goods is None:
            self._put_back(line)

    def _put_back(self, line: EntryLine) -> None:
        shown = self.notice.isHidden()
        self.item.start(Picked(line.goods, line.unit), self.tiles.is_favourite(line.goods))
        for one in f"{line.qty:f}":
            self.item.keypad.press(one)
        self.why.mark(line.reason)
        self.item.keypad.reason_was_touched()
        self.why.note.set_value(line.note)
        self.item.keypad.setFocus()
        self.notice.setHidden(shown)
        self._say_button()

    def undo(self, posting_id: int) -> None:
        """Take back one posting of today."""
        self.context.ops.do(
            self, stock.reverse_posting, posting_id=posting_id, then=self._on_undone, failed=self.show_error
        )

    def _on_undone(self, posted: stock.Posted) -> None:
        self.status.say(_("Taken back by {number}.", number=posted.number))
        self.reload()

    def show_error(self, error: CoreError) -> None:
        """A failure that has no field."""
        self.notice.say(error.text, Meaning.DANGER)

    # --- what was not saved when the program ended

    def _unsent(self) -> dict[str, Any]:
        return {"lines": [line_to_draft(line) for line in self._sent.values()]}

    def _forget(self, line: EntryLine) -> None:
        self._sent.pop(line.id, None)
        self._drafts.sending(bool(self._sent))

    def _offer_unsent(self) -> None:
        draft = self._drafts.load()
        if draft is None or self._sent:
            return
        try:
            lines = [line_from_draft(kept, -at) for at, kept in enumerate(draft.body["lines"], start=1)]
        except (ValueError, KeyError, TypeError):
            self._drafts.clear()
            return
        self.notice.say(draft.words(), Meaning.ACCENT)
        again = Button(_("Post again"))
        again.clicked.connect(lambda: self._answer_offer(lines, again))
        drop = Button(_("Throw away"), kind="quiet")
        drop.clicked.connect(lambda: self._answer_offer([], again))
        again.destroyed.connect(drop.deleteLater)
        self.notice.add_button(again)
        self.notice.add_button(drop)

    def _answer_offer(self, lines: list[EntryLine], button: Button) -> None:
        button.deleteLater()
        self.notice.hide()
        self._drafts.clear()
        for line in lines:
            self._send(line)

    # --- inside

    def _connect(self) -> None:
        self.tiles.picked.connect(self.take)
        self.list.close_requested.connect(self.show_list)
        self.list.undo_pressed.connect(lambda row: self.undo(row.posting_id))
        self.item.changed.connect(self._say_button)
        self.item.ready.connect(self._on_item_ready)
        self.item.star_pressed.connect(self._on_star)
        self.item.keypad.done.connect(self.post)
        self.item.keypad.scanned.connect(self.scan)
        self.item.keypad.reason_typed.connect(self._on_reason_typed)
        self.item.keypad.found_letter.connect(self._on_letter)
        self.why.reason_chosen.connect(self._on_reason)
        self.why.done.connect(self.post)
        self.finder.ready.connect(self._on_ready)

    def _on_ready(self) -> None:
        actor = self.finder.actor
        self._by.set_words(_("By {name}", name=actor.name) if actor else "")
        self._show_places()
        self._arrived("units")
        self.reload()

    def _on_letter(self, _letter: str) -> None:
        """A letter while the keypad has the keyboard is passed over, not typed anywhere."""

    def _on_item_ready(self) -> None:
        self._show_places()
        if self._is_wanted:
            self.post()

    def _show_places(self) -> None:
        goods = self.item.goods
        unit = self.finder.unit_word(goods.base_unit) if goods else ""
        self.why.place.set_options(place_options(self.finder, self.item.held, unit))
        held = held_by_place(self.item.held)
        kept = self.why.kept_place()
        if held and not held.get(kept or 0):
            kept = max(held, key=lambda place: held[place])
        places = self.finder.usable_places()
        self.why.place.set_value(kept if kept is not None else places[0].location_id if places else None)

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

    def _lay_out(self) -> None:
        parts = QHBoxLayout()
        parts.setSpacing(16)
        self._left.addWidget(self.tiles)
        self._left.addWidget(self.list)
        parts.addWidget(self._left, 34)
        parts.addWidget(self.item, 30)
        parts.addWidget(self.why, 36)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.status, 1)
        foot.addWidget(self._by)
        foot.addWidget(self._today)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addLayout(parts, 1)
        column.addLayout(foot)
