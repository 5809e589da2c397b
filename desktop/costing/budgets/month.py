"""One month against its budgets: the list, and one category in words."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from core.costing import BudgetRow, BudgetState
from core.i18n import Text, _, _n
from desktop.context import AppContext
from desktop.costing.budgets.words import LEVELS, indented, level_look, place_words
from desktop.theme import Meaning
from desktop.widgets import (
    Bar,
    BarChart,
    Button,
    Column,
    DetailPanel,
    Kind,
    Label,
    Notice,
    Words,
    money_words,
    percent_words,
)

REVIEW_ROUTE = "month_end.review"


def month_columns() -> list[Column]:
    """The list of categories of a month."""
    return [
        Column("place", _("Category"), 200, stretch=True, value=lambda row: indented(row.place), sortable=False),
        Column("budget", _("Budget"), 120, kind=Kind.MONEY, sortable=False, zero_is_dash=False),
        Column("actual", _("Cost so far"), 120, kind=Kind.MONEY, sortable=False),
        Column("used", _("Share used"), 84, kind=Kind.PERCENT, value=_used, sortable=False, wide_only=True),
        Column("expected", _("At month end"), 130, kind=Kind.MONEY, sortable=False),
        Column("left", _("Left"), 110, kind=Kind.MONEY, sortable=False, meaning=_left, zero_is_dash=False),
        Column("level", _("State"), 196, kind=Kind.BADGE, value=level_look, sortable=False),
    ]


def _used(row: BudgetRow) -> Decimal | None:
    return row.actual / row.budget if row.budget else None


def _left(row: BudgetRow) -> Meaning | None:
    return Meaning.DANGER if row.left is not None and row.left < 0 else None


class MonthPanel(DetailPanel):
    """How the figures of one category come about."""

    def __init__(self, context: AppContext, state: BudgetState, row: BudgetRow) -> None:
        super().__init__(place_words(row.place), state.month, level_look(row))
        self.row, self._state = row, state
        for words in self._warnings():
            notice = Notice()
            notice.say(words, Meaning.SOON)
            self.add_widget(notice)
        self.add_facts(self._facts())
        self.add_section(_("Compared"), BarChart(_("Compared"), self._bars(), shown=money_words))
        self.add_section(_("How the end of the month is expected"), _label(self._method()))
        if context.shell.can_go(REVIEW_ROUTE):
            self.add_action(Button(_("Monthly cost"), lambda: context.shell.go(REVIEW_ROUTE), icon_name="month-end"))

    def _warnings(self) -> list[Text]:
        row, found = self.row, []
        if row.is_less_than_parts and row.parts is not None:
            found.append(
                _(
                    "What is set below adds up to {amount}, more than the budget here.",
                    amount=money_words(row.parts, sign=True),
                )
            )
        if row.without and row.budget is not None:
            found.append(
                _("{amount} of the cost has no budget of its own.", amount=money_words(row.without, sign=True))
            )
        return found

    def _facts(self) -> list[tuple[Words, Words | QWidget]]:
        row = self.row
        facts: list[tuple[Words, Words | QWidget]] = []
        if row.budget is not None:
            facts.append((_("Set below in all") if row.is_sum else _("Budget"), money_words(row.budget, sign=True)))
        facts.append((_("Cost so far"), money_words(row.actual, sign=True)))
        if row.left is not None and row.budget:
            facts.append((_("Share used"), percent_words(row.actual / row.budget)))
            facts.append((_("Left"), money_words(row.left, sign=True)))
        if row.expected is not None:
            facts.append((_("At month end"), money_words(row.expected, sign=True)))
            if row.budget is not None:
                more = row.expected - row.budget
                facts.append((_("Against the budget"), ("+" if more > 0 else "") + money_words(more, sign=True)))
        return facts

    def _bars(self) -> list[Bar]:
        row = self.row
        bars = [Bar("actual", _("Cost so far"), row.actual, against=row.budget)]
        if row.expected is not None and not self._state.is_over:
            bars.append(Bar("expected", _("At month end"), row.expected, LEVELS[row.level][1], row.budget))
        if row.budget is not None:
            bars.append(Bar("budget", _("Budget"), row.budget, Meaning.PLAIN))
        return bars

    def _method(self) -> Text:
        if self._state.is_over:
            return _("The month is over: this is what it cost. Cost is usage and waste, less what counts found more.")
        if not self._state.weeks:
            return _("What the month will cost is said after one whole week of history.")
        return _n(
            "{done} of {days} days are over. The days left are taken at what their weekdays cost in the last week.",
            "{done} of {days} days are over. The days left are taken at what their weekdays cost on average in the last "
            "{n} weeks.",
            self._state.weeks, done=self._state.days_done, days=self._state.days,
        )  # fmt: skip


def _label(words: Text) -> QWidget:
    label = Label(words, "muted")
    label.setWordWrap(True)
    return label
