"""The bridge from one month's cost to another's: as a chart, and as a table by category, section or item."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.costing import (
    PARTS,
    WITHOUT_CATEGORY,
    Against,
    Bridge,
    BridgePart,
    Figure,
    FigureKey,
    MonthReview,
)
from core.i18n import Text, _, join, verbatim
from desktop.costing.explain.figures import PART_KEYS, short_part
from desktop.costing.explain.rows import ListTable
from desktop.costing.lines import STEP
from desktop.theme import Meaning
from desktop.widgets import BridgeChart, BridgeStep, Column, Kind, Words, language, money_words, ui_text

ALWAYS = (BridgePart.PRICE, BridgePart.QUANTITY, BridgePart.MIX, BridgePart.WASTE, BridgePart.COUNTS)
START, END = "start", "end"


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """A line of the table: a category, a section, an item, or the whole; `figure` is what its columns open."""

    id: str
    title: Words
    bridge: Bridge
    figure: Figure
    code: str = ""
    depth: int = 0
    is_total: bool = False

    def shown(self) -> Words:
        """Its title, moved in by its depth."""
        if not self.depth:
            return self.title
        return STEP * self.depth + ui_text(self.title)


class CostBridge(BridgeChart):
    """`picked` gives a part's key; `figure_of(review, key)` what it opens."""

    def __init__(self) -> None:
        super().__init__(_("From the cost compared with to the cost of the month"), shown=money_words)

    def show_month(self, review: MonthReview) -> None:
        """Show a month beside the one it is compared with."""
        bridge = review.bridge
        start: Words = _("Budget") if _is_planned(review) else review.compared
        steps = [BridgeStep(START, start, bridge.start, is_total=True)]
        for part in PARTS:
            amount = bridge.amount(part)
            if amount or part in ALWAYS:
                steps.append(BridgeStep(part, short_part(part), amount))
        self.set_steps([*steps, BridgeStep(END, review.month, is_total=True)])


def figure_of(review: MonthReview, key: object) -> Figure | None:
    """What a step of the chart opens; None for the plan of a budget, which has no entries."""
    if key == END:
        return Figure(FigureKey.COST, review.month, review.against, amount=review.bridge.end)
    if key == START:
        if _is_planned(review):
            return Figure(FigureKey.BUDGET, review.month, review.against, amount=review.bridge.start)
        return Figure(FigureKey.BEFORE, review.month, review.against, amount=review.bridge.start)
    if isinstance(key, BridgePart) and key in PART_KEYS:
        return Figure(PART_KEYS[key], review.month, review.against, amount=review.bridge.amount(key))
    return None


def _is_planned(review: MonthReview) -> bool:
    return review.against is Against.BUDGET and bool(review.budget)


# --- lines


def category_lines(review: MonthReview) -> list[BridgeLine]:
    """The tree of categories with everything below each, then the whole."""
    lines = [
        BridgeLine(
            f"c{row.key}", row.title(language()) or WITHOUT_CATEGORY, row.bridge, _cost(review, category_id=row.key),
            depth=row.depth,
        )
        for row in review.by_category
    ]  # fmt: skip
    return [*lines, _whole(review)]


def section_lines(review: MonthReview) -> list[BridgeLine]:
    """The sections, then the whole."""
    lines = [
        BridgeLine(f"s{row.section.key}", _named(row.section.name), row.bridge, _cost(review, section=row.section.key))
        for row in review.by_section
    ]
    return [*lines, _whole(review)]


def item_lines(review: MonthReview) -> list[BridgeLine]:
    """One line an item, what changed most first."""
    rows = sorted(review.by_item, key=lambda one: -abs(one.bridge.end_minor - one.bridge.start_minor))
    return [
        BridgeLine(
            f"i{one.row.key}", one.row.title(language()), one.bridge, _cost(review, item_id=one.row.key), one.row.code
        )
        for one in rows
    ]


def _named(name: Any) -> Words:
    return join([name]) if isinstance(name, Text) else verbatim(name.render(language()))


def _cost(review: MonthReview, **what: Any) -> Figure:
    return Figure(FigureKey.COST, review.month, review.against, **what)


def _whole(review: MonthReview) -> BridgeLine:
    return BridgeLine("", _("Total"), review.bridge, _cost(review), is_total=True)


def figure_in(line: BridgeLine, key: str) -> Figure | None:
    """What a column of a line opens."""
    what = line.figure
    amounts: dict[str, tuple[FigureKey, Decimal]] = {
        "end": (FigureKey.COST, line.bridge.end),
        "change": (FigureKey.CHANGE, line.bridge.change),
        **{str(part): (found, line.bridge.amount(part)) for part, found in PART_KEYS.items()},
    }
    if key not in amounts:
        return None
    found, amount = amounts[key]
    return Figure(
        found, what.month, what.against, item_id=what.item_id, category_id=what.category_id, section=what.section,
        amount=amount,
    )  # fmt: skip


# --- the table


def bridge_columns(title: Text, *, is_narrow: bool = False, with_code: bool = False) -> tuple[Column, ...]:
    """Columns of a table of bridges; beside a checklist only the most telling."""
    parts = [BridgePart.PRICE] if is_narrow else [part for part in PARTS if part is not BridgePart.PLAN]
    code = [Column("code", _("Code"), 96, muted=True, wide_only=True, sortable=False)] if with_code else []
    before = (
        []
        if is_narrow
        else [
            Column(
                "start",
                _("Compared with"),
                104,
                kind=Kind.MONEY,
                value=lambda line: line.bridge.start,
                sortable=False,
                wide_only=True,
            )
        ]
    )
    return (
        *code,
        Column("title", title, 140, stretch=True, value=lambda line: line.shown(), sortable=False),
        *before,
        *(_step(str(part), short_part(part), _part_of(part), wide_only=part is BridgePart.OTHER) for part in parts),
        _step("change", _("More or less"), lambda line: line.bridge.change),
        Column(
            "ratio", _("In %"), 80, kind=Kind.PERCENT, value=lambda line: line.bridge.ratio, sortable=False,
            meaning=lambda line: _look(line.bridge.change),
        ),
        Column(
            "end", _("Cost"), 104, kind=Kind.MONEY, value=lambda line: line.bridge.end, why=True, sortable=False,
        ),
    )  # fmt: skip


def _part_of(part: BridgePart) -> Callable[[BridgeLine], Decimal]:
    return lambda line: line.bridge.amount(part)


def _step(key: str, title: Words, value: Callable[[BridgeLine], Decimal], *, wide_only: bool = False) -> Column:
    """A column of what became more or less; it opens."""
    return Column(
        key, title, 104, kind=Kind.MONEY, why=True, value=value, sortable=False, wide_only=wide_only,
        meaning=lambda line: _look(value(line)),
    )  # fmt: skip


def _look(change: Decimal) -> Meaning:
    """What costs less is good, as in the chart above."""
    return Meaning.GOOD if change < 0 else Meaning.PLAIN


class BridgeTable(QWidget):
    """A table of bridges whose rows are made for what is seen only. `asked(figure, title)` for a figure."""

    asked = Signal(object, object)

    def __init__(self, title: Text, name: Text, *, key: str, is_narrow: bool = False, with_code: bool = False) -> None:
        super().__init__()
        self.table = ListTable(bridge_columns(title, is_narrow=is_narrow, with_code=with_code), name=name, key=key)
        self.table.why_requested.connect(self._ask)
        self.table.row_activated.connect(lambda line: self._ask(line, "change"))
        self._lines: list[BridgeLine] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def show_lines(self, lines: Sequence[BridgeLine]) -> None:
        """Show these."""
        self._lines = list(lines)
        self._show(self._lines)

    def search(self, text: str) -> None:
        """Keep the lines whose code or title holds the text."""
        wanted = text.casefold()
        self._show([one for one in self._lines if wanted in f"{one.code} {ui_text(one.title)}".casefold()])

    def total(self) -> int:
        """How many are shown."""
        return self.table.total()

    def _show(self, lines: Sequence[BridgeLine]) -> None:
        self.table.show_list(lines)

    def _ask(self, line: BridgeLine, key: str) -> None:
        figure = figure_in(line, key)
        if figure is not None:
            column = next(one for one in self.table.columns if one.key == key)
            self.asked.emit(figure, _("{column}, {what}", column=column.title, what=line.title))
