"""What the waste screen asks and posts: today's list, what to offer, entries on their way, and those that came back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core import documents, stock
from core.errors import CoreError
from core.i18n import Text, _
from core.words import Permission, PostingKind
from desktop.context import AppContext, Posted
from desktop.shell.drafts import Draft, DraftBox
from desktop.stock.entry.finder import Finder
from desktop.stock.entry.lines import EntryLine, Goods, line_from_draft, line_to_draft
from desktop.stock.entry.papers import print_slip
from desktop.stock.entry.waste_rules import WasteDay, day_of, recent_goods
from desktop.widgets import money_words, number_words

LOOK_BACK = timedelta(days=14)
MOST_ENTRIES = 400
FEW = 6


@dataclass(frozen=True, slots=True)
class Sending:
    """An entry on its way, with its photo. Sent again after the program ended, it is the same request."""

    line: EntryLine
    photo: str = ""
    request_id: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What is said of entries an earlier session sent, and those of them that were not posted."""

    words: Text
    entries: tuple[Sending, ...]


class WasteLog(QWidget):
    """Never shown; a widget so that what it asks ends with the screen it belongs to.

    `day_changed(WasteDay)`, `goods_changed(list)` what to offer, `reasons_came(rows)`; `posted(Text, posting_id)`,
    `refused(Sending, CoreError)`, `undone(number)`, `failed(CoreError)`; `left_over(LeftOver)` of an earlier session.
    """

    day_changed = Signal(object)
    goods_changed = Signal(list)
    reasons_came = Signal(list)
    posted = Signal(object, int)
    refused = Signal(object, object)
    left_over = Signal(object)
    undone = Signal(str)
    failed = Signal(object)

    def __init__(self, context: AppContext, finder: Finder, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._context, self._finder = context, finder
        self.day = WasteDay()
        self._sent: dict[str, Sending] = {}
        self._left: list[Sending] = []
        self._drafts = DraftBox(finder, finder.context, finder, "waste", self._unsent)

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

    def send(self, sending: Sending) -> None:
        """Post one entry. It is kept on this PC, with the request id it is sent with, until the database has it."""
        self._sent[sending.request_id] = sending
        self._drafts.save()

        def done(posted: stock.Posted) -> None:
            self._forget(sending)
            self._on_posted(posted, sending)

        def refused(error: CoreError) -> None:
            self._forget(sending)
            self.refused.emit(sending, error)

        self._context.ops.do(
            self, stock.record_waste, lines=(sending.line.new_line(1),), then=done, failed=refused,
            request_id=sending.request_id,
        )  # fmt: skip

    def undo(self, posting_id: int) -> None:
        """Take back one posting of today."""

        def done(posted: stock.Posted) -> None:
            self.undone.emit(posted.number)
            self.reload()

        self._context.ops.do(self, stock.reverse_posting, posting_id=posting_id, then=done, failed=self.failed.emit)

    def _on_posted(self, posted: stock.Posted, sending: Sending) -> None:
        words = self.words_of(sending.line)
        if posted.value and self._context.shell.may(Permission.COST_VIEW):
            words = f"{words} · {money_words(-posted.value, sign=True)}"
        text: Text = _("Waste {number} posted: {what}", number=posted.number, what=words)
        undo = {"posting_id": posted.posting_id}
        slip = (self._context, self, posted.posting_id)
        self._context.shell.posted(Posted(text, undo, lambda: print_slip(*slip), self.reload))
        self.posted.emit(text, posted.posting_id)
        if sending.photo:
            self._attach(posted.posting_id, sending.photo)
        self.reload()

    def _attach(self, posting_id: int, photo: str) -> None:
        def add(content: bytes) -> None:
            self._context.ops.do(
                self, documents.add_attachment, owner_kind="posting", owner_id=posting_id, name=Path(photo).name,
                content=content, is_photo=True, failed=self.failed.emit,
            )  # fmt: skip

        self._context.ops.run(self, lambda: documents.read_file(Path(photo)), then=add, failed=self.failed.emit)

    def words_of(self, line: EntryLine) -> str:
        """What a line says in one breath."""
        name = line.goods.title(self._context.language)
        return f"{name} {number_words(line.qty)} {self._finder.unit_word(line.unit)}"

    # --- what was on its way when the program ended

    def look_for_left_over(self) -> None:
        """Tell by `left_over` what an earlier session sent without an answer, less what turns out to be posted."""
        draft = None if self._sent or self._left else self._drafts.load()
        if draft is None:
            return
        try:
            kept = [_sending_of(one) for one in draft.body["lines"]]
        except (ValueError, KeyError, TypeError):
            self.drop_left_over()
            return
        self._left = kept
        found: dict[str, stock.Posted | None] = {}

        def answered(request_id: str, posted: stock.Posted | None) -> None:
            found[request_id] = posted
            if len(found) == len(kept):
                self._tell_left_over(draft, kept, found)

        for one in kept:
            self._context.ops.ask(
                self, stock.find_posted, request_id=one.request_id, key=("left over", one.request_id),
                then=partial(answered, one.request_id), failed=partial(self._not_told, answered, one),
            )  # fmt: skip

    @staticmethod
    def _not_told(answered: Callable[[str, None], None], one: Sending, _error: CoreError) -> None:
        """It cannot be said whether it arrived; sent again as the same request it is posted once in any case."""
        answered(one.request_id, None)

    def _tell_left_over(self, draft: Draft, kept: list[Sending], found: dict[str, stock.Posted | None]) -> None:
        arrived = [posted.number for posted in found.values() if posted is not None]
        left = self._left = [one for one in kept if found[one.request_id] is None]
        self._drafts.save()
        words = draft.arrived_words(", ".join(arrived)) if not left else draft.words(len(left))
        self.left_over.emit(LeftOver(words, tuple(left)))

    def drop_left_over(self) -> None:
        """They were looked at."""
        self._left = []
        self._drafts.save()

    def _unsent(self) -> dict[str, Any]:
        return {"lines": [_kept_of(one) for one in (*self._left, *self._sent.values())]}

    def _forget(self, sending: Sending) -> None:
        self._sent.pop(sending.request_id, None)
        self._drafts.save()


def _kept_of(one: Sending) -> dict[str, Any]:
    return {"line": line_to_draft(one.line), "photo": one.photo, "request": one.request_id}


def _sending_of(kept: Mapping[str, Any]) -> Sending:
    return Sending(line_from_draft(kept["line"], 0), str(kept["photo"]), str(kept["request"]))
