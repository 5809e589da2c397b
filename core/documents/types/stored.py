"""Rows of a list as a database hands them over: a column's values come again and again, so each is made into a cell once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

StoredBlock = Sequence[Sequence[Any]]
"""Some rows of stored values."""
MOST_KNOWN = 8_000


class Known(dict[Any, Any]):
    """What became of the values that were met; asked for another, it makes that too."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Any) -> Any:
        made = self[value] = self._make(value)
        return made


@dataclass(frozen=True, slots=True)
class StoredColumn:
    """A column of cells: the places of the stored values each cell is made from, and how. Equal values make equal cells, what
    is missing an empty one; without `make` the value is the cell."""

    places: tuple[int, ...]
    make: Callable[..., Any] | None = None

    def maker(self, finish: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """What makes of a stored value (of several as a tuple) a cell in its final form."""
        make = self.make
        if make is None:
            return finish
        if len(self.places) != 1:
            return lambda values: finish(make(*values))
        return lambda value: finish(None if value is None else make(value))


@dataclass(frozen=True, slots=True)
class StoredRows:
    """Rows that are read anew from the database each time they are asked for, a block at a time."""

    blocks: Callable[[], Iterable[StoredBlock]]
    columns: tuple[StoredColumn, ...]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self.made(lambda cell: cell)

    def made(self, finish: Callable[[Any], Any]) -> Iterator[tuple[Any, ...]]:
        """The rows, with every cell put into its final form by `finish`."""
        known = [Known(column.maker(finish)) for column in self.columns]
        for block in self.blocks():
            across = list(zip(*block, strict=True))
            for column in known:
                if len(column) > MOST_KNOWN:
                    column.clear()
            cells = [
                map(made.__getitem__, _values(column, across, len(block)))
                for column, made in zip(self.columns, known, strict=True)
            ]
            yield from zip(*cells, strict=True)


def _values(column: StoredColumn, across: list[tuple[Any, ...]], count: int) -> Iterable[Any]:
    """The stored values of a column, one a row."""
    if len(column.places) == 1:
        return across[column.places[0]]
    return zip(*(across[place] for place in column.places), strict=True) if column.places else [()] * count
