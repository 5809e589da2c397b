"""What stands in a column, and how a row's value becomes a cell, made once when the row arrives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCollator, QLocale

from core.i18n import Text
from desktop.theme import Meaning
from desktop.widgets.badge import BadgeLook
from desktop.widgets.figures import DASH, date_words, instant_words, money_words, number_words, percent_words
from desktop.widgets.language import Words, language, ui_text


class Kind(StrEnum):
    """What a column's values are. TEXT str or Text; QTY, MONEY, PERCENT (a ratio) Decimal or int; DATE, INSTANT; BADGE
    anything that `Column.badge` turns into a look, or a BadgeLook itself; UNIT grey words."""

    TEXT = "text"
    QTY = "qty"
    MONEY = "money"
    DATE = "date"
    INSTANT = "instant"
    BADGE = "badge"
    PERCENT = "percent"
    UNIT = "unit"


class Align(StrEnum):
    """Where a cell's words stand."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


NUMBERS = frozenset({Kind.QTY, Kind.MONEY, Kind.PERCENT})


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `key` is the row's attribute and the name the sort is asked by.

    `unit` names the attribute with a quantity's unit. `why` marks a computed figure: dotted underline, `why_requested`.
    `stretch` takes the room that is left (at least `least`), `wide_only` goes while there is too little. `meaning` may colour the words of
    a cell (they say the same without the colour). `value` computes instead of `key`.
    """

    key: str
    title: Words
    width: int = 120
    align: Align | None = None
    kind: Kind = Kind.TEXT
    why: bool = False
    unit: str = ""
    stretch: bool = False
    wide_only: bool = False
    sortable: bool = True
    muted: bool = False
    zero_is_dash: bool = True
    badge: Callable[[Any], BadgeLook | None] | None = None
    meaning: Callable[[Any], Meaning | None] | None = None
    value: Callable[[Any], object] | None = None
    hint: Words = ""
    least: int = 0

    def of(self, row: object) -> object:
        """The raw value of a row in this column."""
        return self.value(row) if self.value is not None else getattr(row, self.key)

    @property
    def side(self) -> Align:
        """Where its words stand: numbers right, the rest left, unless said otherwise."""
        return self.align or (Align.RIGHT if self.kind in NUMBERS else Align.LEFT)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell ready to paint. `ink` is None for the usual text colour."""

    words: str
    unit: str = ""
    meaning: Meaning | None = None
    is_muted: bool = False
    is_why: bool = False
    look: BadgeLook | None = None

    def full_words(self) -> str:
        """What a reader and the clipboard get."""
        return f"{self.words} {self.unit}" if self.unit else self.words


EMPTY = Cell("")
WAITING = Cell("\N{HORIZONTAL ELLIPSIS}", is_muted=True)


def make_cell(column: Column, row: object) -> Cell:
    """A row's value in a column, put into words."""
    value = column.of(row)
    if value is None or value == "":
        return EMPTY
    if column.kind in NUMBERS:
        return _number_cell(column, row, value)
    if column.kind is Kind.BADGE:
        look = column.badge(value) if column.badge is not None else value
        return Cell(ui_text(look.words), look=look) if isinstance(look, BadgeLook) else EMPTY
    meaning = column.meaning(row) if column.meaning is not None else None
    is_muted = column.muted or column.kind is Kind.UNIT
    return Cell(_plain_words(value), meaning=meaning, is_muted=is_muted, is_why=column.why)


def _number_cell(column: Column, row: object, value: object) -> Cell:
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    unit = _unit_words(getattr(row, column.unit)) if column.unit else ""
    if number == 0 and column.zero_is_dash:
        return Cell(DASH, is_muted=True, is_why=column.why)
    meaning = column.meaning(row) if column.meaning is not None else None
    if meaning is None and number < 0:
        meaning = Meaning.DANGER
    return Cell(_FIGURES[column.kind](number), unit, meaning, column.muted, column.why)


def _unit_words(unit: object) -> str:
    return ui_text(unit) if isinstance(unit, Text | str) else ""


def _plain_words(value: object) -> str:
    if isinstance(value, datetime):
        return instant_words(value)
    if isinstance(value, date):
        return date_words(value)
    words = ui_text(value) if isinstance(value, Text | str) else str(value)
    return " ".join(words.split()) if "\n" in words else words


_FIGURES: dict[Kind, Callable[[Decimal], str]] = {
    Kind.QTY: number_words,
    Kind.MONEY: money_words,
    Kind.PERCENT: percent_words,
}


def copied_words(column: Column, row: object) -> str:
    """A cell for the clipboard: numbers as plain decimals that a spreadsheet takes as numbers."""
    value = column.of(row)
    if column.kind in NUMBERS and value is not None:
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    words = make_cell(column, row).full_words().replace("\t", " ").replace("\n", " ")
    return f"'{words}" if words[:1] in ("=", "+", "@") else words


def in_order(rows: Sequence[Any], column: Column, descending: bool) -> list[Any]:
    """Rows sorted by a column, empty ones last either way; texts in the order of the language (Chinese by pinyin)."""
    collator = QCollator(QLocale("zh_CN" if language() == "zh" else "en_GB"))

    def key(row: Any) -> Any:
        value = column.of(row)
        if column.kind is Kind.BADGE or isinstance(value, Text):
            return collator.sortKey(make_cell(column, row).words)
        return collator.sortKey(value) if isinstance(value, str) else value

    filled = [row for row in rows if column.of(row) not in (None, "")]
    empty = [row for row in rows if column.of(row) in (None, "")]
    return [*sorted(filled, key=key, reverse=descending), *empty]
