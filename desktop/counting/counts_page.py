"""All counts: those going on with their progress, those posted with their accuracy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import counting
from core.counting import Accuracy, CountRow
from core.i18n import _, _n
from core.words import CountKind, CountState, Permission, word
from desktop.context import AppContext
from desktop.counting.columns import count_columns
from desktop.counting.start_panel import StartPanel
from desktop.theme import Meaning
from desktop.widgets import Button, ChipSpec, FigureCard, PageBase, RowTable, local_time, money_words, percent_words

DAYS = 90
GOOD_ACCURACY = Decimal("0.95")
OPEN = frozenset({CountState.COUNTING, CountState.TO_RESOLVE, CountState.TO_APPROVE})


class CountsPage(PageBase):
    """Figures of the last 90 days on top, the list below; Enter counts on or shows the differences."""

    def __init__(self, context: AppContext, *, is_starting: bool = False, is_continuing: bool = False) -> None:
        super().__init__(_("Stock takes"), _("What is being counted, what was found, and how right the book is."))
        self._context = context
        self._is_continuing = is_continuing
        self._rows: Sequence[CountRow] = ()
        self._sees_cost = context.shell.may(Permission.COST_VIEW)
        self._may_manage = context.shell.may(Permission.COUNT_MANAGE)
        self.table = RowTable(count_columns(sees_cost=self._sees_cost), name=_("Stock takes"), key="counting.counts")
        self.table.row_activated.connect(self.open_count)
        self.set_table(self.table, self._with_cards())
        self.setFocusProxy(self.table)
        starts = [(_("Start a count"), self.start)] if self._may_manage else []
        self.set_empty(
            _("Nothing was counted yet"),
            _("A count compares the shelves with the book. Start with a few places or the key items."),
            starts,
            "count",
        )
        self.chips.add(ChipSpec("open", _("Going on")))
        self.chips.add(ChipSpec("state", _("State"), tuple((state, word(state)) for state in CountState)))
        self.chips.add(ChipSpec("kind", _("Kind of count"), tuple((kind, word(kind)) for kind in CountKind)))
        self.chips.changed.connect(self._narrow)
        if self._may_manage:
            self.set_primary(_("Start a count"), self.start, "count")
            plan = Button(_("What to count"), lambda: context.shell.go("stock.count_plan"), icon_name="star")
            self.head.add_button(plan)
        context.hub.watch(self, ["count"], self.reload)
        self.reload()
        if is_starting and self._may_manage:
            self.start()

    def reload(self) -> None:
        """Ask for the counts and the figures."""
        self.start_loading()
        today = local_time(self._context.office.clock.now()).date()
        self._context.ops.ask(self, counting.list_counts, then=self._take)
        self._context.ops.ask(
            self, counting.get_count_accuracy, then=self._take_accuracy, start=today - timedelta(days=DAYS)
        )

    def start(self) -> None:
        """Open the form of a new count."""
        panel = StartPanel(self._context)
        panel.started.connect(self._on_started)
        self.open_panel(panel, 420)
        panel.form.editor("kind").setFocus()

    def open_count(self, row: CountRow) -> None:
        """Count on, or look at the differences."""
        is_counting = row.state is CountState.COUNTING or (
            row.state is CountState.TO_RESOLVE and not self._may_review()
        )
        route = "stock.count" if is_counting or not self._may_review() else "stock.count_review"
        self._context.shell.go(route, count_id=row.id)

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, StartPanel) and panel.is_changed()

    def _may_review(self) -> bool:
        return self._may_manage or self._context.shell.may(Permission.COUNT_APPROVE)

    def _on_started(self, count_id: int) -> None:
        self.close_panel()
        self._context.shell.go("stock.count", count_id=count_id)

    def _with_cards(self) -> QWidget:
        self._accuracy = FigureCard(_("Lines within tolerance"))
        self._value = FigureCard(_("Value accuracy"))
        self._coverage = FigureCard(_("Items counted"))
        self._net = FigureCard(_("Gain or loss by counts"))
        cards = QHBoxLayout()
        cards.setContentsMargins(16, 0, 16, 12)
        cards.setSpacing(12)
        for card in (self._accuracy, self._value, self._coverage, self._net):
            cards.addWidget(card)
        self._value.setVisible(self._sees_cost)
        self._net.setVisible(self._sees_cost)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(cards)
        column.addWidget(self.table, 1)
        return content

    def _take(self, rows: Sequence[CountRow]) -> None:
        self._rows = rows
        if self._is_continuing:
            self._is_continuing = False
            going_on = next((row for row in rows if row.state is CountState.COUNTING), None)
            if going_on is not None:
                self._context.shell.go("stock.count", count_id=going_on.id)
        self._narrow()

    def _narrow(self) -> None:
        chosen = self.chips.values()
        rows = [
            row
            for row in self._rows
            if (not chosen["open"] or row.state in OPEN)
            and chosen["state"] in (None, row.state)
            and chosen["kind"] in (None, row.kind)
        ]
        self.table.set_rows(rows)
        self.set_count(len(rows), len(self._rows))

    def _take_accuracy(self, figures: Accuracy) -> None:
        lately = _("last {n} days", n=DAYS)
        self._say_share(self._accuracy, figures.accuracy)
        self._accuracy.set_note(
            _n("{n} line counted", "{n} lines counted", figures.lines)
            if figures.accuracy is None or figures.accuracy >= GOOD_ACCURACY
            else _("Below {goal}", goal=percent_words(GOOD_ACCURACY, 0)),
            Meaning.PLAIN if figures.accuracy is None else _meaning(figures.accuracy),
        )
        self._say_share(self._value, figures.value_accuracy)
        self._value.set_note(lately)
        self._say_share(self._coverage, figures.coverage)
        self._coverage.set_note(
            _("{n} of {total} in stock", n=f"{figures.items:,}", total=f"{figures.items_in_stock:,}")
        )
        if figures.net is not None:
            self._net.set_figure(money_words(figures.net, sign=True))
            self._net.set_note(lately)

    @staticmethod
    def _say_share(card: FigureCard, share: Decimal | None) -> None:
        card.set_figure("\N{EN DASH}" if share is None else percent_words(share))


def _meaning(accuracy: Decimal) -> Meaning:
    return Meaning.GOOD if accuracy >= GOOD_ACCURACY else Meaning.SOON
