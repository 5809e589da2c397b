"""What the waste screen asks and posts: today's list, what to offer, entries on their way, and those that came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core import documents, stock
from core.errors import CoreError
from core.i18n import Text, _
from core.words import Permission, PostingKind
from desktop.context import AppContext, Posted
from desktop.stock.entry.drafts import Draft, DraftBox
from desktop.stock.entry.finder import Finder
from desktop.stock.entry.lines import EntryLine, Goods, line_from_draft, line_to_draft
from desktop.stock.entry.papers import print_slip
from desktop.stock.entry.waste_rules import WasteDay, day_of, recent_goods
from desktop.widgets import money_words, number_words

LOOK_BACK = timedelta(days=14)
MOST_ENTRIES = 400
FEW = 6


class WasteLog(QWidget):
    """Never shown; a widget so that what it asks ends with the screen it belongs to.

    `day_changed(WasteDay)`, `goods_changed(list)` what to offer, `reasons_came(rows)`; `posted(Text, posting_id)`,
    `refused(EntryLine, words, CoreError)`, `undone(number)`, `failed(CoreError)`.
    """

    day_changed = Signal(object)
    goods_changed = Signal(list)
    reasons_came = Signal(list)
    posted = Signal(object, int)
    refused = Signal(object, str, object)
    undone = Signal(str)
    failed = Signal(object)

    def __init__(self, context: AppContext, finder: Finder, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._context, self._finder = context, finder
        self.day = WasteDay()
        self._sent: dict[int, EntryLine] = {}
        self._last_id = 0
        self._drafts = DraftBox(finder, "waste", self._unsent)

    # --- asking

    def reload(self) -> None:
        """Ask for reasons, today's waste and what was posted lately."""
        if not self._finder.is_ready():
            return
        now, start = self._finder.now(), self._finder.day_start()
        ask = self._context.ops.ask
        ask(self, stock.list_waste_reasons, then=self.reasons_came.emit)
        wanted = stock.LedgerFilter(start=min(start, now - LOOK_BACK), kinds=(PostingKind.WASTE,))

        def with_entries(entries: list[stock.EntryRow]) -> None:
            ask(
                self, stock.list_postings, kinds=(PostingKind.WASTE,), start=start, limit=1000,
                then=lambda rows: self._on_day(entries, rows), key="postings",
            )  # fmt: skip

        ask(self, stock.list_ledger, wanted=wanted, limit=MOST_ENTRIES, newest_first=True, then=with_entries, key="day")

    def _on_day(self, entries: Sequence[stock.EntryRow], postings: Sequence[stock.PostingRow]) -> None:
        taken_back = frozenset(row.number for row in postings if row.reversed_by)
        self.day = day_of(entries, self._finder.day_start(), taken_back)
        recent = recent_goods(entries)
        self.goods_changed.emit(recent)
        if len(recent) < FEW:
            self._fill_up(recent)
        self.day_changed.emit(self.day)

    def _fill_up(self, recent: list[Goods]) -> None:
        """Little was wasted yet: what was moved lately stands behind it."""
        known = {goods.id for goods in recent}

        def moved(rows: list[stock.EntryRow]) -> None:
            self.goods_changed.emit([*recent, *(goods for goods in recent_goods(rows) if goods.id not in known)])

        self._context.ops.ask(
            self, stock.list_ledger, wanted=stock.LedgerFilter(), limit=100, newest_first=True, then=moved, key="moved"
        )

    # --- posting

    def send(self, line: EntryLine, photo: str = "") -> None:
        """Post one entry. It is kept on this PC until the database has it."""
        self._last_id += 1
        number = self._last_id
        self._sent[number] = line
        self._drafts.sending(True)
        words = self._words_of(line)

        def done(posted: stock.Posted) -> None:
            self._forget(number)
            self._on_posted(posted, words, photo)

        def refused(error: CoreError) -> None:
            self._forget(number)
            self.refused.emit(line, words, error)

        self._context.ops.do(self, stock.record_waste, lines=(line.new_line(1),), then=done, failed=refused)

    def undo(self, posting_id: int) -> None:
        """Take back one posting of today."""

        def done(posted: stock.Posted) -> None:
            self.undone.emit(posted.number)
            self.reload()

        self._context.ops.do(self, stock.reverse_posting, posting_id=posting_id, then=done, failed=self.failed.emit)

    def _on_posted(self, posted: stock.Posted, words: str, photo: str) -> None:
        if posted.value and self._context.shell.may(Permission.COST_VIEW):
            words = f"{words} · {money_words(-posted.value, sign=True)}"
        text: Text = _("Waste {number} posted: {what}", number=posted.number, what=words)
        undo = {"posting_id": posted.posting_id}
        slip = (self._context, self, posted.posting_id)
        self._context.shell.posted(Posted(text, undo, lambda: print_slip(*slip), self.reload))
        self.posted.emit(text, posted.posting_id)
        if photo:
            self._attach(posted.posting_id, photo)
        self.reload()

    def _attach(self, posting_id: int, photo: str) -> None:
        def add(content: bytes) -> None:
            self._context.ops.do(
                self, documents.add_attachment, owner_kind="posting", owner_id=posting_id, name=Path(photo).name,
                content=content, is_photo=True, failed=self.failed.emit,
            )  # fmt: skip

        self._context.ops.run(self, lambda: documents.read_file(Path(photo)), then=add, failed=self.failed.emit)

    def _words_of(self, line: EntryLine) -> str:
        name = line.goods.title(self._context.language)
        return f"{name} {number_words(line.qty)} {self._finder.unit_word(line.unit)}"

    # --- what was not saved when the program ended

    def left_over(self) -> tuple[Draft, list[EntryLine]] | None:
        """Entries an earlier session could not save; None when there are none that can be read."""
        draft = None if self._sent else self._drafts.load()
        if draft is None:
            return None
        try:
            return draft, [line_from_draft(kept, 0) for kept in draft.body["lines"]]
        except (ValueError, KeyError, TypeError):
            self.drop_left_over()
            return None

    def drop_left_over(self) -> None:
        """They were looked at."""
        self._drafts.clear()

    def _unsent(self) -> dict[str, Any]:
        return {"lines": [line_to_draft(line) for line in self._sent.values()]}

    def _forget(self, number: int) -> None:
        self._sent.pop(number, None)
        self._drafts.sending(bool(self._sent))
