"""A form that posts: F9 sends it, errors come back to their row and field, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer

from core import stock
from core.errors import CoreError, NeedsConfirmation
from core.i18n import Text, _
from desktop.context import AppContext, Posted
from desktop.errors import ProgramFault
from desktop.stock.entry.fields import Fields
from desktop.stock.entry.form import FormPage, FormText
from desktop.stock.entry.lines import EntryLine
from desktop.stock.entry.papers import print_slip
from desktop.stock.entry.sheet import LineSheet
from desktop.theme import Meaning
from desktop.widgets import Words
from desktop.widgets.strip import reveal

__all__ = ["EntryPage", "FormText"]

SHORT = ("qty", "lot")


class EntryPage(FormPage):
    """Override `make_head`, `command`, `arguments` and `posted_words`."""

    def __init__(self, context: AppContext, text: FormText, fields: Fields, *, takes_places: bool = False) -> None:
        super().__init__(context, text, fields, takes_places=takes_places)
        self._is_sending = False

    def command(self) -> Callable[..., Any]:
        """The command that posts this form."""
        raise NotImplementedError

    def arguments(self, head: Mapping[str, Any], lines: Sequence[EntryLine]) -> dict[str, Any]:
        """What the command takes."""
        raise NotImplementedError

    def posted_words(self, posted: stock.Posted) -> Text:
        """What the footer says afterwards."""
        raise NotImplementedError

    def after_posting(self, posted: stock.Posted) -> None:
        """More to do once it is posted."""

    def when(self, day: date | None) -> datetime | None:
        """The moment of a posting of an earlier day (its end); None, now, for today."""
        if day is None or day == self.finder.today():
            return None
        return self.finder.day_end(day)

    def post(self) -> None:
        """Post what is entered (F9)."""
        self.notice.hide()
        if self._is_sending or not self._bars_are_entered():
            return
        head = self.strip.read()
        if head is None:
            return
        lines = self.lines()
        if not lines:
            self.notice.say(_("There is nothing to post yet. Add a line."), Meaning.SOON)
            self.sheet.focus()
            return
        self._set_sending(True)
        arguments = self.arguments(head, lines)
        self.context.ops.do(
            self, self.command(), then=self._on_posted, failed=self.refuse, request_id=self._drafts.send(),
            **arguments,
        )  # fmt: skip

    def _bars_are_entered(self) -> bool:
        """A line that still stands in a bar is entered first; what is wrong with it holds the posting up."""
        for sheet in self.all_sheets():
            if sheet.has_typing():
                sheet.bar.finish()
                if sheet.has_typing():
                    return False
        return True

    def _set_sending(self, is_sending: bool) -> None:
        self._is_sending = is_sending
        self._body.setEnabled(not is_sending)

    def _on_posted(self, posted: stock.Posted) -> None:
        self._set_sending(False)
        self._drafts.clear()
        text = self.posted_words(posted)
        self.after_posting(posted)
        self.clear_form()
        self._drafts.clear()
        slip = (self.context, self, posted.posting_id)
        undo = {"posting_id": posted.posting_id}
        self.context.shell.posted(Posted(text, undo, lambda: print_slip(*slip)))
        self.sheet.focus()

    def refuse(self, error: CoreError) -> None:
        """The sentence stands at its row and field, or over the form; what is typed stays."""
        self._set_sending(False)
        if not isinstance(error, ProgramFault):  # after a fault nobody knows: the same is sent as the same request
            self._drafts.came_back()
        if isinstance(error, NeedsConfirmation):
            self.sheet.focus()
            return
        at = self._line_at(error.row or 0)
        if at is not None and at[0].show_error_at(at[1], error):
            self._look_elsewhere(*at, error)
        elif not self.strip.show_field_error(error.field or "", error):
            self.notice.say(error.text, Meaning.DANGER)

    def _line_at(self, row: int) -> tuple[LineSheet, int] | None:
        """The list a row stands in, and its place there (1 is the first)."""
        for sheet in self.all_sheets():
            if 0 < row <= len(sheet.lines()):
                return sheet, row
            row -= len(sheet.lines())
        return None

    def _look_elsewhere(self, sheet: LineSheet, row: int, error: CoreError) -> None:
        """Too little at one place: offer the places that hold enough."""
        line = sheet.lines()[row - 1]
        if error.field not in SHORT or line.place_id is None:
            return

        def found(rows: list[stock.OnHandRow]) -> None:
            places = sheet.other_places(line, rows)
            if places and line.id in [one.id for one in sheet.lines()]:
                choices = [(words, partial(self._move, sheet, line.id, place_id)) for place_id, words in places]
                self.notice.offer(error.text, choices)
                sheet.bar.show_too_little(line.id)
                QTimer.singleShot(0, self, lambda: reveal(sheet.bar))

        item_id = line.goods.id
        self.finder.table(item_id, lambda _table: self.finder.on_hand(item_id, found, asker="elsewhere"))

    def _move(self, sheet: LineSheet, line_id: int, place_id: int) -> None:
        sheet.take_from(line_id, place_id)
        self.post_button.setFocus()

    def show_error(self, error: CoreError | Words) -> None:
        """A question failed: say it over the form, which stays."""
        self.show_content()
        self.notice.say(error.text if isinstance(error, CoreError) else error, Meaning.DANGER)
