"""What ends a count's sheet: completing it, looking at its differences, printing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import counting
from core.counting import Completed, NotCounted
from core.errors import CoreError
from core.i18n import _, _n
from core.words import Uncounted, word
from desktop.context import AppContext
from desktop.counting.examples import sheet_paper
from desktop.theme import Meaning
from desktop.widgets import Button, Notice

if TYPE_CHECKING:
    from desktop.counting.count_page import CountPage


class CountEnds:
    """`asked` is the question what becomes of lines nobody counted; it stands above the line."""

    def __init__(self, context: AppContext, page: CountPage, count_id: int) -> None:
        self._context, self._page, self._count_id = context, page, count_id
        self.asked = Notice(meaning=Meaning.SOON)
        self.asked.add_button(Button(word(Uncounted.KEEP), lambda: self.complete(Uncounted.KEEP), kind="link"))
        self.asked.add_button(Button(word(Uncounted.ZERO), lambda: self.complete(Uncounted.ZERO), kind="link"))
        self.asked.hide()

    def complete(self, uncounted: Uncounted | None) -> None:
        """Complete the count, saying what becomes of lines nobody counted."""
        self.asked.hide()
        self._context.ops.do(
            self._page,
            counting.complete_count,
            then=self._completed,
            failed=self._not_completed,
            count_id=self._count_id,
            uncounted=uncounted,
        )

    def review(self) -> None:
        """Show the differences to who may see them."""
        if self._page.may_review():
            self._context.shell.go("stock.count_review", count_id=self._count_id)

    def print_sheet(self, *, with_quantities: bool) -> None:
        """Make the sheet as a paper and show it."""
        context, count_id = self._context, self._count_id
        context.shell.make_paper(
            self._page,
            sheet_paper(context.office, count_id, context.language, with_quantities=with_quantities),
        )

    def _completed(self, done: Completed) -> None:
        if done.to_recount:
            self._context.shell.say(
                _n("{n} line is to be counted again.", "{n} lines are to be counted again.", done.to_recount)
            )
        else:
            self._context.shell.say(_("{number} is complete.", number=done.number))
        self.review()

    def _not_completed(self, error: CoreError) -> None:
        if isinstance(error, NotCounted):
            self.asked.say(error.text)
        else:
            self._page.say(error.text, Meaning.DANGER)
