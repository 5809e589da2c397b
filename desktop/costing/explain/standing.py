"""Prices that moved, goods that do not, and the month against its budget: lists of a month whose figures open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.costing import (
    Against,
    BudgetLine,
    DeadRow,
    Figure,
    FigureKey,
    MonthReview,
    Mover,
)
from core.i18n import Text, _, _n
from core.values import round_decimal
from desktop.costing.explain.rows import ListTable
from desktop.costing.lines import STEP
from desktop.theme import Meaning
from desktop.widgets import Button, Column, Kind, Label, Words, date_words, language, money_words, ui_text

HUNDRED = Decimal(100)
PRICE_DIGITS = 4


class ListTab(QWidget):
    """A sentence, a list, and a button for what is not shown yet. `asked(figure, title)`; `wanted()` for all of it."""

    asked = Signal(object, object)
    wanted = Signal()

    def __init__(
        self, columns: Sequence[Column], name: Text, empty: Text, *, key: str, offers_all: bool = True
    ) -> None:
        super().__init__()
        self._review: MonthReview | None = None
        self.words = Label("", wrap=True)
        self.all_button = Button(_("Show all"), self.wanted.emit, kind="link")
        self.all_button.setVisible(offers_all)
        self.table = ListTable(columns, name=name, key=key)
        self.table.set_empty(empty)
        self.table.why_requested.connect(lambda row, _key: self._ask(row))
        self.table.row_activated.connect(self._ask)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 4)
        head.addWidget(self.words, 1)
        head.addWidget(self.all_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these."""
        self.table.show_list(rows)

    def show_all(self, rows: Sequence[Any]) -> None:
        """Show everything there is."""
        self.all_button.hide()
        self.show_rows(rows)

    def figure(self, row: Any) -> Figure | None:
        """What a row opens."""
        raise NotImplementedError

    def _ask(self, row: Any) -> None:
        figure = self.figure(row) if self._review is not None else None
        if figure is not None:
            self.asked.emit(figure, _named(row))


def _named(row: Any) -> Words:
    title = getattr(row, "title", None)
    name = title(language()) if callable(title) else row.name.render(language())
    return str(name) or _("Total")


class MoversTab(ListTab):
    """Prices that moved."""

    def __init__(self) -> None:
        super().__init__(
            [
                Column("code", _("Code"), 96, muted=True, wide_only=True),
                Column("name", _("Item"), 150, stretch=True, value=lambda row: row.name.render(language())),
                Column("supplier", _("Supplier"), 150, muted=True, value=lambda row: row.supplier.render(language())),
                Column(
                    "old",
                    _("Old price"),
                    100,
                    kind=Kind.MONEY,
                    value=lambda row: round_decimal(row.old, PRICE_DIGITS),
                    hint=_("Cost of one unit; in stock when nothing came before"),
                ),
                Column(
                    "new", _("New price"), 100, kind=Kind.MONEY, value=lambda row: round_decimal(row.new, PRICE_DIGITS)
                ),
                Column(
                    "percent",
                    _("In %"),
                    80,
                    kind=Kind.PERCENT,
                    value=lambda row: row.percent / HUNDRED,
                    meaning=_dearer,
                ),
                Column("qty", _("Quantity received"), 124, kind=Kind.QTY, unit="unit"),
                Column("effect", _("Effect"), 112, kind=Kind.MONEY, why=True, meaning=_dearer),
            ],
            _("Prices that moved"),
            _("No price moved."),
            key="costing.movers",
        )

    def show_month(self, review: MonthReview) -> None:
        """Show a month's."""
        self._review, found = review, review.movers
        self.words.set_words(
            _(
                "{up} prices went up and cost {dearer} more, {down} went down and saved {cheaper}.",
                up=found.up, down=found.down, dearer=_said(found.dearer), cheaper=_said(-found.cheaper),
            )
        )  # fmt: skip
        self.all_button.setVisible(found.up + found.down > len(found.rows))
        self.show_rows(found.rows)

    def figure(self, row: Mover) -> Figure | None:
        if self._review is None:
            return None
        return Figure(FigureKey.MOVER, self._review.month, self._review.against, item_id=row.item_id, amount=row.effect)


class DeadTab(ListTab):
    """Goods that do not move."""

    def __init__(self) -> None:
        super().__init__(
            [
                Column("code", _("Code"), 96, muted=True, wide_only=True),
                Column("name", _("Item"), 170, stretch=True, value=lambda row: row.name.render(language())),
                Column("category", _("Category"), 150, muted=True, wide_only=True),
                Column("qty", _("Quantity"), 120, kind=Kind.QTY, unit="unit"),
                Column("last_on", _("Last used"), 112, value=_last_use),
                Column("days", _("Days unused"), 96, kind=Kind.QTY, meaning=_age),
                Column("value", _("Value"), 112, kind=Kind.MONEY, why=True),
            ],
            _("Goods that do not move"),
            _("Everything in stock was used within 90 days."),
            key="costing.dead",
        )

    def show_month(self, review: MonthReview) -> None:
        """Show a month's."""
        self._review, found = review, review.dead
        count = sum(band.items for band in found.bands)
        self.words.set_words(
            _n(
                "{n} item worth {value} was not used for 90 days or longer.",
                "{n} items worth {value} were not used for 90 days or longer.",
                count, value=_said(found.value),
            )
        )  # fmt: skip
        self.all_button.setVisible(count > len(found.rows))
        self.show_rows(found.rows)

    def figure(self, row: DeadRow) -> Figure | None:
        if self._review is None:
            return None
        return Figure(FigureKey.DEAD, self._review.month, item_id=row.item_id, amount=row.value)


class BudgetTab(ListTab):
    """The month against its budget. `edited` goes to where budgets are set."""

    def __init__(self, edit: Callable[[], object] | None) -> None:
        super().__init__(
            [
                Column("title", _("Category"), 200, stretch=True, value=_category, sortable=False),
                Column("budget", _("Budget"), 120, kind=Kind.MONEY, zero_is_dash=False, sortable=False),
                Column("cost", _("Cost"), 120, kind=Kind.MONEY, why=True, sortable=False),
                Column("left", _("Left"), 130, kind=Kind.MONEY, sortable=False),
                Column("used", _("Share used"), 100, kind=Kind.PERCENT, value=_used, sortable=False),
            ],
            _("The month against its budget"),
            _("No budget is set for this month."),
            key="costing.budget_lines",
            offers_all=False,
        )
        if edit is not None:
            self.all_button.set_words(_("Budgets"))
            self.all_button.show()
            self.wanted.connect(edit)

    def show_month(self, review: MonthReview) -> None:
        """Show a month's."""
        self._review = review
        whole = next((line for line in review.budget if line.category_id == 0), None)
        self.words.set_words("" if whole is None else _budget_words(whole))
        self.show_rows(review.budget)

    def figure(self, row: BudgetLine) -> Figure | None:
        if self._review is None:
            return None
        category = row.category_id or None
        found = Figure(FigureKey.COST, self._review.month, Against.BUDGET, category_id=category)
        return replace(found, amount=row.cost)


def _budget_words(whole: BudgetLine) -> Text:
    if whole.over > 0:
        return _("The budget of {budget} is exceeded by {over}.", budget=_said(whole.budget), over=_said(whole.over))
    return _("{over} of the budget of {budget} is left.", budget=_said(whole.budget), over=_said(-whole.over))


def _category(row: BudgetLine) -> Words:
    """Its name, moved in by how deep it stands in the tree."""
    return STEP * row.depth + row.title(language()) if row.category_id else _("Total")


def _used(row: BudgetLine) -> Decimal | None:
    return row.cost / row.budget if row.budget else None


def _dearer(row: Mover) -> Meaning | None:
    """Dearer is bad, cheaper good; a price that changed by less than is shown is neither."""
    return Meaning.DANGER if row.percent > 0 else Meaning.GOOD if row.percent < 0 else Meaning.PLAIN


def _last_use(row: DeadRow) -> str:
    return ui_text(_("Never")) if row.last_on is None else date_words(row.last_on)


def _age(row: DeadRow) -> Meaning | None:
    return Meaning.DANGER if row.days >= 365 else Meaning.SOON if row.days >= 180 else None


def _said(amount: Decimal) -> str:
    return money_words(amount, sign=True)
