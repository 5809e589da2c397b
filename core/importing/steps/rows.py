"""Rows of a table read cell by cell; what is wrong is collected with its row and column, so that all of it is said at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from core.errors import CoreError, InvalidInput
from core.i18n import Text, _, _n
from core.importing.rules.cells import Cell, short, text_of
from core.importing.steps.reading import Table
from core.importing.types import FileRejected

T = TypeVar("T")


@dataclass(slots=True)
class RowReader:
    """One row: `take` reads a cell, or notes why it cannot be read."""

    row: int
    cells: tuple[Cell, ...]
    places: Mapping[str, int]
    faults: list[CoreError]
    is_wrong: bool = False
    refused: set[str] = field(default_factory=set)

    def cell(self, key: str) -> Cell:
        """What stands in a column; empty when the file has no such column."""
        place = self.places.get(key, -1)
        return self.cells[place] if 0 <= place < len(self.cells) else ""

    def is_filled(self, key: str) -> bool:
        """Whether something stands in a column."""
        cell = self.cell(key)
        return not isinstance(cell, str) or bool(cell.strip())

    def take(self, key: str, read: Callable[[Cell], T]) -> T | None:
        """The value of a cell, or None with its fault noted."""
        try:
            return read(self.cell(key))
        except CoreError as fault:
            self.refuse(key, fault.text)
            return None

    def text(self, key: str, most: int = 400) -> str:
        """The text of a cell; one that is too long is a fault."""
        text = self.take(key, text_of) or ""
        if len(text) > most:
            self.refuse(key, _("“{text}” is too long: at most {most} characters.", text=short(text), most=most))
        return text

    def refuse_other_amount(self, stated: Decimal | None, reckoned: Decimal | None) -> None:
        """Note that the value says something else than unit cost and quantity; nothing when `reckoned` is None."""
        if stated is None or reckoned is None:
            return
        words = _("The value {value} does not fit the unit cost: that makes {other}. Correct one, or leave one empty.",
                  value=stated, other=reckoned)  # fmt: skip
        self.refuse("value", words)

    def refuse(self, key: str, sentence: Text) -> None:
        """Note what is wrong in a column of this row (or, with no key, in the whole row); one fault for a cell is enough."""
        self.is_wrong = True
        if key in self.refused:
            return
        self.refused.add(key)
        self.faults.append(InvalidInput(sentence, field=key or None, row=self.row))


@dataclass(slots=True)
class Rows:
    """A table with its columns told apart. `faults` grows while rows are read."""

    table: Table
    columns: Mapping[int, str]
    faults: list[CoreError] = field(default_factory=list)
    is_update: bool = False

    def __iter__(self) -> Iterator[RowReader]:
        places = {key: number for number, key in self.columns.items()}
        width = len(self.table.header)
        for number, cells in self.table.rows:
            reader = RowReader(number, cells, places, self.faults)
            if any(not isinstance(cell, str) or cell.strip() for cell in cells[width:]):
                reader.refuse(
                    "", _("The row has more cells than there are headings. Is a text with a comma not in quotes?")
                )
            yield reader

    def words(self, *keys: str) -> set[str]:
        """All texts that stand in these columns, for looking them up at once. What cannot be read is said with its row."""
        places = [number for number, key in self.columns.items() if key in keys]
        return {word for _number, cells in self.table.rows for word in _words(cells, places)}

    def heading(self, key: str | None) -> str:
        """The heading of a field's column as it stands in the file; the field's own word when there is none."""
        number = next((number for number, known in self.columns.items() if known == key), None)
        return (key or "") if number is None else self.table.header[number].strip()


def check_faults(rows: Rows) -> None:
    """Refuse a file with wrong rows, each named with the heading of its column. Raises FileRejected."""
    if not rows.faults:
        return
    for fault in rows.faults:
        fault.field = rows.heading(fault.field) or None
    faults = tuple(sorted(rows.faults, key=lambda fault: fault.row or 0))
    wrong = len({fault.row for fault in faults})
    sentence = _n("{n} row is wrong. Nothing was saved.", "{n} rows are wrong. Nothing was saved.", wrong)
    raise FileRejected(sentence, faults, len(rows.table.rows))


def _words(cells: tuple[Cell, ...], places: Iterable[int]) -> Iterator[str]:
    for place in places:
        if place < len(cells):
            try:
                yield text_of(cells[place])
            except InvalidInput:
                continue
