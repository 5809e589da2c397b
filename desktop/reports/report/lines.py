"""The rows of a report as lines of the table: heads of groups with their subtotals, and the rows below them as they are
seen."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtGui import QFontMetrics

from core.documents import Kind as FileKind
from core.i18n import Text, _, _n, verbatim
from core.reports import Cell, Drill, GroupRow, ReportColumn, ReportPage, ReportRows
from desktop.theme import Meaning, text_font, text_px
from desktop.widgets import Align, Column, Kind, money_words, number_words, percent_words, ui_text

KINDS: dict[str, Kind] = {
    "qty": Kind.QTY, "money": Kind.MONEY, "cost": Kind.MONEY, "number": Kind.QTY, "percent": Kind.PERCENT,
    "date": Kind.DATE, "instant": Kind.INSTANT,
}  # fmt: skip
WIDTHS: dict[str, int] = {
    "qty": 96, "money": 116, "cost": 104, "number": 92, "percent": 88, "date": 104, "instant": 138,
}  # fmt: skip
TEXT_WIDTHS = {"item": 104, "unit": 56, "name": 190, "category": 150, "supplier": 160, "number": 128, "lot": 116}
FIGURES = frozenset({"qty", "money", "cost", "number", "percent"})
NOTHING = _("Without one")
STRETCHED = ("name", "supplier", "category", "location_name")
BLOCK, KEPT_BLOCKS = 4_000, 16
"""Rows asked for at once, since a report that is reckoned is reckoned anew each time; and how many blocks are kept."""
HEADING_ROOM, MOST_HEADING = 22, 220

Ask = Callable[[int, int, Callable[[ReportRows], None]], object]


def is_figure(column: ReportColumn) -> bool:
    """Whether a column holds figures."""
    return column.kind in FIGURES


def figure_words(kind: str | FileKind, value: Decimal) -> str:
    """A figure of a report in words."""
    if kind in ("money", "cost"):
        return money_words(value)
    return percent_words(value) if kind == "percent" else number_words(value)


@dataclass(frozen=True)
class Line:
    """A line of the table: a row of the report, or the head of a group (`group` its number). `keys` find the entries behind
    its figures."""

    id: int
    cells: tuple[Cell, ...]
    drill: Drill | None = None
    group: int = -1
    keys: Mapping[str, Any] | None = None

    @property
    def is_head(self) -> bool:
        """Whether it is the head of a group."""
        return self.group >= 0


def table_columns(page: ReportPage) -> list[Column]:
    """The columns of the table; what a figure means is the hint of its head."""
    stretched = stretched_key(page.columns)
    opens = page.entry.drill is not None or bool(page.entry.behind)
    made = []
    for at, one in enumerate(page.columns):
        kind = KINDS.get(one.kind, Kind.TEXT)
        made.append(
            Column(
                one.key,
                one.title,
                _width(one),
                align=Align.RIGHT if is_figure(one) else None,
                kind=kind,
                why=is_figure(one) and (opens or one.about is not None),
                stretch=one.key == stretched,
                sortable=one.can_sort,
                muted=one.key == "unit",
                value=partial(_cell, at),
                meaning=_meaning(at, is_figure(one)),
                hint=one.about or "",
            )
        )
    return made


def _cell(at: int, line: Line) -> object:
    return line.cells[at]


def _meaning(at: int, is_number: bool) -> Callable[[Line], Meaning | None]:
    """Heads of groups stand in the accent colour; figures below zero in theirs."""

    def of(line: Line) -> Meaning | None:
        if is_number and isinstance(line.cells[at], Decimal | int) and line.cells[at] < 0:  # type: ignore[operator]
            return Meaning.DANGER
        return Meaning.ACCENT if line.is_head else None

    return of


def stretched_key(columns: Sequence[ReportColumn]) -> str:
    """The column that takes the room that is left: a name, else the first of words."""
    there = {one.key for one in columns}
    first = next((one.key for one in columns if not is_figure(one)), "")
    return next((key for key in STRETCHED if key in there), first)


def _width(column: ReportColumn) -> int:
    """Wide enough for its heading, as far as that is not a whole sentence."""
    usual = WIDTHS.get(column.kind, TEXT_WIDTHS.get(column.key, 124))
    heading = QFontMetrics(text_font()).horizontalAdvance(ui_text(column.title)) * 100 // text_px(100) + HEADING_ROOM
    return max(usual, min(heading, MOST_HEADING))


class Lines:
    """Which line of the table is what, while rows are known only as far as they were asked for.

    `ask(offset, limit, then)` brings further rows, a block at a time. Groups that are shut show only their head.
    """

    def __init__(self, page: ReportPage, ask: Ask, shut: Iterable[int] = ()) -> None:
        self.page, self._ask = page, ask
        self.shut = set(shut)
        self._blocks: OrderedDict[int, ReportRows] = OrderedDict()
        self._waiting: dict[int, list[Callable[[], None]]] = {}
        stretched = stretched_key(page.columns)
        self._head_at = next((at for at, one in enumerate(page.columns) if one.key == stretched), 0)
        self._starts: list[int] = []
        self._firsts: list[int] = []
        self._place()

    def _place(self) -> None:
        """Where the head of each group stands, and which row of the report is its first."""
        self._starts, self._firsts = [], []
        line = row = 0
        for number, group in enumerate(self.page.groups):
            self._starts.append(line)
            self._firsts.append(row)
            line += 1 + (0 if number in self.shut else group.count)
            row += group.count
        self.total = line if self.page.groups else self.page.count

    def toggle(self, group: int) -> None:
        """Open or shut a group."""
        self.shut ^= {group}
        self._place()

    def shut_all(self, is_shut: bool) -> None:
        """Only the heads, or everything."""
        self.shut = set(range(len(self.page.groups))) if is_shut else set()
        self._place()

    def fetch(self, offset: int, limit: int, then: Callable[[list[Line], int], None]) -> None:
        """Lines from one on; asks for the rows that are not here yet and answers when all of them are."""
        total = self.total
        places = [self._what(at) for at in range(offset, min(offset + limit, total))]

        def answer() -> None:
            if not self._missing(places):
                then(self._made(places), total)

        missing = self._missing(places)
        for block in missing:
            self._need(block, answer)
        if not missing:
            answer()

    def _missing(self, places: Sequence[tuple[int, int]]) -> set[int]:
        """The blocks that hold rows which are not here yet."""
        return {row // BLOCK for _group, row in places if row >= len(self.page.rows)} - set(self._blocks)

    def _need(self, block: int, answer: Callable[[], None]) -> None:
        """Ask for a block, once however many wait for it."""
        self._waiting.setdefault(block, []).append(answer)
        if len(self._waiting[block]) == 1:
            self._ask(block * BLOCK, BLOCK, partial(self._arrived, block))

    def _arrived(self, block: int, found: ReportRows) -> None:
        self._blocks[block] = found
        for answer in self._waiting.pop(block, []):
            answer()
        while len(self._blocks) > KEPT_BLOCKS and not self._waiting:
            self._blocks.popitem(last=False)

    def _row(self, row: int) -> Line:
        """A row as a line; empty where somebody took it back meanwhile."""
        if row < len(self.page.rows):
            found: ReportPage | ReportRows | None = self.page
            at = row
        else:
            found, at = self._blocks.get(row // BLOCK), row % BLOCK
        if found is None or at >= len(found.rows):
            return Line(row + 1, (None,) * len(self.page.columns))
        return Line(row + 1, found.rows[at], found.drills[at], keys=found.keys[at] if found.keys else None)

    def _what(self, at: int) -> tuple[int, int]:
        """A line as (group whose head it is, -1) or (-1, row of the report)."""
        if not self.page.groups:
            return -1, at
        number = bisect_right(self._starts, at) - 1
        if self._starts[number] == at:
            return number, -1
        return -1, self._firsts[number] + at - self._starts[number] - 1

    def _made(self, places: Sequence[tuple[int, int]]) -> list[Line]:
        lines = []
        for group, row in places:
            if group >= 0:
                lines.append(Line(-1 - group, self._head(group), None, group))
            else:
                lines.append(self._row(row))
        return lines

    def _head(self, number: int) -> tuple[Cell, ...]:
        group = self.page.groups[number]
        cells: list[Cell] = list(group.cells) if group.cells else [None] * len(self.page.columns)
        cells[self._head_at] = head_words(group, is_shut=number in self.shut)
        return tuple(cells)


def head_words(group: GroupRow, *, is_shut: bool) -> Text:
    """The head of a group: its value and how many rows it has."""
    value = group.value
    name = value if isinstance(value, Text) else NOTHING if value in (None, "") else verbatim(str(value))
    sign = "\N{BLACK RIGHT-POINTING SMALL TRIANGLE}" if is_shut else "\N{BLACK DOWN-POINTING SMALL TRIANGLE}"
    rows = _n("{count} row", "{count} rows", group.count, count=f"{group.count:,}")
    return _("{sign} {name} · {rows}", sign=sign, name=name, rows=rows)
