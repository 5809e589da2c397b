"""The lines of a request while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from core.i18n import Name, Text
from core.purchasing import NewRequestLine, RequestLine


@dataclass(frozen=True, slots=True)
class FormLine:
    """One thing asked for, with the words that stand for it."""

    id: int
    item_id: int
    code: str
    name: Text
    qty: Decimal
    unit: str
    unit_words: str
    supplier_id: int | None = None
    supplier: str = ""
    note: str = ""

    def given(self) -> NewRequestLine:
        """What the database is told."""
        return NewRequestLine(self.item_id, self.qty, self.unit, self.supplier_id, self.note)


class Lines(QObject):
    """Lines in order. The same item in the same unit from the same supplier is added up. `changed` after every change."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[FormLine] = []
        self._last = 0

    def all(self) -> list[FormLine]:
        """The lines."""
        return list(self._lines)

    def given(self) -> tuple[NewRequestLine, ...]:
        """What the database is told."""
        return tuple(line.given() for line in self._lines)

    def put(self, line: FormLine) -> FormLine:
        """Take a line in: in the place of the one with its id, else added to its like, else at the end."""
        at = next((at for at, one in enumerate(self._lines) if one.id == line.id), None)
        if at is not None:
            self._lines[at] = line
        else:
            like = next((at for at, one in enumerate(self._lines) if _is_like(one, line)), None)
            if like is not None:
                line = replace(self._lines[like], qty=self._lines[like].qty + line.qty)
                self._lines[like] = line
            else:
                self._last += 1
                line = replace(line, id=self._last)
                self._lines.append(line)
        self.changed.emit()
        return line

    def remove(self, line_id: int) -> None:
        """Take a line out."""
        self._lines = [line for line in self._lines if line.id != line_id]
        self.changed.emit()

    def set(self, lines: Sequence[FormLine]) -> None:
        """Begin with these."""
        self._lines = list(lines)
        self._last = max((line.id for line in lines), default=0)
        self.changed.emit()


def _is_like(one: FormLine, other: FormLine) -> bool:
    first = (one.item_id, one.unit, one.supplier_id, one.note)
    return first == (other.item_id, other.unit, other.supplier_id, other.note)


def from_card(lines: Sequence[RequestLine], words: dict[str, str], language: str) -> list[FormLine]:
    """The lines of a stored request."""
    return [
        FormLine(
            at, line.item_id, line.code, named(line.name), line.qty, line.unit, words.get(line.unit, line.unit),
            line.supplier_id, line.supplier.render(language), line.note,
        )
        for at, line in enumerate(lines, start=1)
    ]  # fmt: skip


def named(name: Name) -> Text:
    """A name people gave, as words that change with the language."""
    return Text("{name}", (("name", name),))
