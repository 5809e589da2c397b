"""The differences of a count, dearest first: count again, say why, approve."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import counting
from core.counting import Completed, CountCard, CountPosted, CountReview, DifferenceRow
from core.errors import CoreError
from core.i18n import Text, _, _n
from core.words import CountState, Permission, VarianceReason, word
from desktop.context import AppContext, Posted
from desktop.counting.columns import STATE_MEANINGS, difference_columns
from desktop.counting.export import save_differences
from desktop.counting.line_panel import LinePanel
from desktop.theme import Meaning
from desktop.widgets import (
    Badge,
    BadgeLook,
    Button,
    ChipSpec,
    FigureCard,
    KeyHint,
    Notice,
    PageBase,
    RowTable,
    instant_words,
    money_words,
    number_words,
    percent_words,
)

REASONS = tuple(VarianceReason)


class ReviewPage(PageBase):
    """Digits give the chosen lines their reason, R has them counted again, F9 goes on to approval and posts."""

    def __init__(self, context: AppContext, *, count_id: int) -> None:
        super().__init__(_("Count differences"), "")
        self._context, self._count_id = context, count_id
        self._card: CountCard | None = None
        self._review: CountReview | None = None
        self._sees_cost = context.shell.may(Permission.COST_VIEW)
        columns = difference_columns(sees_cost=self._sees_cost)
        self.table = RowTable(columns, name=_("Count differences"), key="counting.differences")
        self._notice = Notice(meaning=Meaning.DANGER)
        self._notice.hide()
        self._badge = Badge(BadgeLook(""))
        self.set_table(self.table, self._with_figures())
        self.setFocusProxy(self.table)
        self.set_empty(_("No differences"), _("Every line that was counted agrees with the book."), (), "check")
        self._set_up_head()
        self.table.row_activated.connect(self.open_line)
        self.table.why_requested.connect(lambda row, _key: self.open_line(row))
        self.table.current_changed.connect(self._on_current)
        context.hub.watch(self, ["count", "stock"], self.reload)
        self.reload()

    def _set_up_head(self) -> None:
        self.chips.add(ChipSpec("all", _("Lines without a difference too")))
        self.chips.changed.connect(self.reload)
        self.chips.add_widget(self._badge)
        self._again = self.head.add_button(Button(_("Count again"), self.count_again, icon_name="refresh", key="R"))
        self.add_more(_("Back to the sheet"), self._to_sheet, "count", "F6")
        self.add_more(_("Reopen the count"), lambda: self._do(counting.reopen_count), "undo")
        self.add_more(_("Cancel the count"), lambda: self._do(counting.cancel_count), "close")
        self.add_more(
            _("Export as Excel"), lambda: save_differences(self._context, self, self._count_id, "xlsx"), "export"
        )
        self.add_more(
            _("Export as CSV"), lambda: save_differences(self._context, self, self._count_id, "csv"), "export"
        )

    def _with_figures(self) -> QWidget:
        self._accuracy = FigureCard(_("Lines within tolerance"))
        self._gain, self._loss = FigureCard(_("Count gain")), FigureCard(_("Count loss"))
        self._value = FigureCard(_("Value accuracy"))
        cards = QHBoxLayout()
        cards.setContentsMargins(16, 0, 16, 12)
        cards.setSpacing(12)
        for card in (self._accuracy, self._gain, self._loss, self._value):
            cards.addWidget(card)
            card.setVisible(card is self._accuracy or self._sees_cost)
            card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        told = QHBoxLayout()
        told.setContentsMargins(16, 0, 16, 8)
        told.addWidget(self._notice)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(cards)
        column.addLayout(told)
        column.addWidget(self.table, 1)
        return content

    # --- reading

    def reload(self) -> None:
        """Ask for the differences as they are now."""
        self.start_loading()
        self._context.ops.ask(self, counting.get_count, then=self._take_card, count_id=self._count_id)
        self._context.ops.ask(
            self,
            counting.get_count_review,
            then=self._take_review,
            count_id=self._count_id,
            only_differing=not self.chips.values()["all"],
        )

    def _take_card(self, card: CountCard) -> None:
        self._card = card
        row = card.row
        self.set_title(_("Differences of {number}", number=row.number), self._answer(card))
        self.title_changed.emit(row.number)
        self._badge.set_look(BadgeLook(word(row.state), STATE_MEANINGS[row.state]))
        verb, do = self._next_step(card)
        self.set_primary(verb, do, "check")
        self.head.enable_primary(self._may_go_on(card))
        self._again.setEnabled(row.state in (CountState.TO_RESOLVE, CountState.TO_APPROVE) and card.may_manage)

    def _answer(self, card: CountCard) -> Text:
        if card.approved_at is not None:
            return _(
                "Posted as {number}, approved by {by}, {at}.",
                number=card.row.posting_number,
                by=card.approved_by,
                at=instant_words(card.approved_at),
            )
        return _("Dearest first. Each line is posted at the moment it was counted; what moved afterwards stays.")

    def _next_step(self, card: CountCard) -> tuple[Text, Callable[[], None]]:
        if card.row.state is CountState.TO_APPROVE:
            return _("Approve and post"), self.approve
        if card.row.state in (CountState.POSTED, CountState.CANCELLED):
            return word(card.row.state), self.complete
        return _("Complete"), self.complete

    def _may_go_on(self, card: CountCard) -> bool:
        state = card.row.state
        if state is CountState.TO_APPROVE:
            return card.may_approve
        return card.may_manage and state in (CountState.COUNTING, CountState.TO_RESOLVE)

    def _take_review(self, review: CountReview) -> None:
        self._review = review
        self.table.set_rows(review.rows)
        if not review.rows:
            self.show_empty() if review.lines else self.show_content()
        self._accuracy.set_figure("\N{EN DASH}" if review.accuracy is None else percent_words(review.accuracy))
        self._accuracy.set_note(_n("{n} line counted", "{n} lines counted", review.lines))
        if review.gain is None or review.loss is None or review.book_value is None:
            return
        self._gain.set_figure(money_words(review.gain, sign=True))
        self._loss.set_figure(money_words(review.loss, sign=True))
        net = review.gain + review.loss
        self._loss.set_note(_("Together {net}", net=money_words(net, sign=True)))
        off = review.gain - review.loss
        share = None if not review.book_value else max(1 - off / review.book_value, off * 0)
        self._value.set_figure("\N{EN DASH}" if share is None else percent_words(share))
        self._value.set_note(_("of {value} counted", value=money_words(review.book_value, sign=True)))

    # --- doing

    def open_line(self, row: DifferenceRow) -> None:
        """Show how the book came to its figure, who counted what, and the reasons."""
        panel = LinePanel(self._context, row, may_settle=self._may_settle())
        panel.reason_chosen.connect(lambda reason, note: self.give_reason(reason, note, [row]))
        panel.recount_asked.connect(lambda: self.count_again([row]))
        self.open_panel(panel, 420)

    def _on_current(self, row: DifferenceRow | None) -> None:
        if row is not None and isinstance(self.panel(), LinePanel):
            self.open_line(row)

    def _may_settle(self) -> bool:
        return (
            self._card is not None
            and self._card.may_manage
            and self._card.row.state in (CountState.TO_RESOLVE, CountState.TO_APPROVE)
        )

    def give_reason(self, reason: VarianceReason, note: str = "", rows: list[DifferenceRow] | None = None) -> None:
        """Give the chosen lines their reason."""
        chosen = rows if rows is not None else self.table.selected_rows()
        if chosen and self._may_settle():
            self._do(counting.give_reason, line_ids=tuple(row.id for row in chosen), reason=reason, note=note)

    def count_again(self, rows: list[DifferenceRow] | None = None) -> None:
        """Have the chosen lines counted again."""
        chosen = rows if rows is not None else self.table.selected_rows()
        if chosen and self._may_settle():
            self._do(counting.request_recount, line_ids=tuple(row.id for row in chosen))

    def complete(self) -> None:
        """On to approval, when nothing is left to be settled."""
        self._do(counting.complete_count, then=self._completed)

    def approve(self) -> None:
        """Approve what is shown and post it."""
        seen = self._review.digest if self._review is not None else ""
        self._do(counting.approve_count, then=self._posted, seen=seen)

    def post(self) -> None:
        """F9: the next step."""
        self.primary()

    def _do(self, command: Callable[..., Any], then: Callable[[Any], object] | None = None, **args: Any) -> None:
        self._notice.hide()
        self._context.ops.do(
            self, command, then=then, failed=lambda error: self._failed(error), count_id=self._count_id, **args
        )

    def _failed(self, error: CoreError) -> None:
        self._notice.say(error.text)
        if error.row is not None:
            self.table.select_where(lambda row: row.position == error.row)

    def _completed(self, done: Completed) -> None:
        if done.state is CountState.TO_APPROVE:
            self._context.shell.say(_("{number} waits for approval.", number=done.number))

    def _posted(self, posted: CountPosted) -> None:
        words = _(
            "{number} posted: {lines} lines counted, {differing} with a difference.",
            number=posted.posting_number,
            lines=number_words(posted.lines),
            differing=number_words(posted.differing),
        )
        self._context.shell.posted(Posted(words, {"posting_id": posted.posting_id}))

    def _to_sheet(self) -> None:
        self._context.shell.go("stock.count", count_id=self._count_id)

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if not event.modifiers() and digit.isdigit() and 1 <= int(digit) <= len(REASONS) and self._may_settle():
            self.give_reason(REASONS[int(digit) - 1])
        elif not event.modifiers() and digit.casefold() == "r":
            self.count_again()
        else:
            super().keyPressEvent(event)

    def more_keys(self) -> list[KeyHint]:
        reasons = [KeyHint(str(at), word(reason)) for at, reason in enumerate(REASONS, start=1)]
        return [KeyHint("F9", _("Complete, approve and post")), KeyHint("R", _("Count again")), *reasons]

    def detail_title(self) -> str:
        return "" if self._card is None else self._card.row.number
