"""The lines of a claim while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from core.expenses import ExpenseLineRow, NewExpenseLine, NewReceipt, ReceiptRow
from core.i18n import Name, Text


@dataclass(frozen=True, slots=True)
class FormLine:
    """One thing paid for. `new` receipts are not saved yet, `kept` ones are; `removed` go when it is saved."""

    id: int
    day: date
    kind_id: int
    kind: Text
    supplier: str
    document: str
    amount: Decimal
    tax: Decimal
    note: str
    line_id: int = 0
    new: tuple[NewReceipt, ...] = ()
    kept: tuple[ReceiptRow, ...] = ()
    removed: tuple[int, ...] = ()

    @property
    def receipts(self) -> int:
        """How many receipts it has."""
        return len(self.new) + len(self.kept)

    def given(self) -> NewExpenseLine:
        """What the database is told."""
        return NewExpenseLine(
            self.day,
            self.kind_id,
            self.amount,
            self.tax,
            self.supplier,
            self.document,
            self.note,
            self.line_id,
            self.new,
        )


def named(name: Name) -> Text:
    """A name people gave, as words that change with the language."""
    return Text("{name}", (("name", name),))


class Lines(QObject):
    """What was typed so far."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[FormLine] = []
        self._next = 1

    def all(self) -> tuple[FormLine, ...]:
        """The lines, in order."""
        return tuple(self._lines)

    def set(self, lines: Sequence[FormLine]) -> None:
        """These and no others."""
        self._lines, self._next = list(lines), len(lines) + 1
        self.changed.emit()

    def put(self, line: FormLine) -> None:
        """A new line, or one that was changed."""
        if any(one.id == line.id for one in self._lines):
            self._lines = [line if one.id == line.id else one for one in self._lines]
        else:
            self._lines.append(replace(line, id=self._next))
            self._next += 1
        self.changed.emit()

    def remove(self, line_id: int) -> None:
        """A line goes."""
        self._lines = [one for one in self._lines if one.id != line_id]
        self.changed.emit()

    def total(self) -> Decimal:
        """What they come to."""
        return sum((line.amount for line in self._lines), Decimal(0))

    def removed(self) -> tuple[int, ...]:
        """The receipts taken off lines that stay."""
        return tuple(key for line in self._lines for key in line.removed)


def from_card(rows: Sequence[ExpenseLineRow]) -> list[FormLine]:
    """The lines of a claim that is changed."""
    return [
        FormLine(
            at, row.day, row.kind_id, named(row.kind), row.supplier, row.document, row.amount, row.tax, row.note, row.id,
            (), row.receipts,
        )
        for at, row in enumerate(rows, start=1)
    ]  # fmt: skip
