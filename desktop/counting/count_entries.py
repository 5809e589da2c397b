"""Figures on their way: shown at once, kept beside the window, brought back when they were refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from core import counting
from core.counting import CountLine, CountPart, Entered, Onto, flag_words
from core.errors import Conflict, CoreError, NeedsConfirmation
from core.i18n import _
from desktop.context import AppContext
from desktop.counting.sheet import with_figure
from desktop.theme import Meaning
from desktop.widgets import language

if TYPE_CHECKING:
    from desktop.counting.count_page import CountPage


class CountEntries:
    """Sends figures in the order they are given; `pending` holds lines whose figure is not confirmed yet."""

    def __init__(self, context: AppContext, page: CountPage) -> None:
        self._context, self._page = context, page
        self.pending: dict[int, CountLine] = {}

    def enter(self, line: CountLine, parts: tuple[CountPart, ...], onto: Onto) -> None:
        """Keep a figure and go on at once; an error brings the line back."""
        at = self._page.at.moment()
        if isinstance(at, CoreError):
            return
        self.pending[line.id] = with_figure(line, parts, onto)
        self._page.put(self.pending[line.id])
        self._context.ops.do(
            self._page,
            counting.enter_count,
            then=self._entered,
            failed=lambda error: self._not_entered(line, parts, error),
            line_id=line.id,
            parts=parts,
            onto=onto,
            at=at,
        )
        self._page.go_on()

    def enter_row(self, row: int, figure: str) -> None:
        """Keep a figure typed with its row number, as from a paper sheet."""
        line = self._page.find_row(row)
        if line is None:
            self._page.say(_("There is no row {n} on this sheet.", n=row), Meaning.DANGER)
            return
        self._page.show_line(line)
        self._page.big.type_figure(figure)
        self._page.big.submit()

    def clear(self, line: CountLine) -> None:
        """Take a figure back."""
        self._context.ops.do(
            self._page,
            counting.clear_count,
            then=lambda _nothing: self._page.ask_soon(),
            failed=lambda error: self._page.say(error.text, Meaning.DANGER),
            line_id=line.id,
        )

    def _entered(self, done: Entered) -> None:
        line = self.pending.pop(done.line_id, None)
        if line is None:
            return
        kept = replace(line, counted=done.counted, round=done.round, expected=done.expected)
        self._page.put(kept)
        if done.flags:
            item, words = kept.title(language()), flag_words(done.flags[0])
            self._page.say(_("Row {n}, {item}: {words}", n=done.position, item=item, words=words), Meaning.WATCH)
        elif not self._page.big.has_typed():
            self._page.say("", Meaning.PLAIN)

    def _not_entered(self, line: CountLine, parts: tuple[CountPart, ...], error: CoreError) -> None:
        self.pending.pop(line.id, None)
        self._page.put(line)
        self._page.show_line(line)
        if isinstance(error, Conflict):
            there = error.theirs.get("qty")
            counted = replace(line, counted=there if isinstance(there, Decimal) else line.counted, parts=())
            self._page.big.ask_onto(counted, parts)
            self._page.ask_soon()
        elif not isinstance(error, NeedsConfirmation):
            self._page.big.show_error(error)
