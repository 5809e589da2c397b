"""What `ref` stands for: documents posted earlier in this file, or before it, with the lines that can be referred to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from core import stock
from core.errors import NotFound, Refused
from core.i18n import _
from core.importing.rules.cells import short
from core.uow import UnitOfWork
from core.values import to_micro
from db.enums import PostingKind as K
from db.sql import chunks
from db.stock import StockEntry, StockPosting


@dataclass(slots=True)
class Source:
    """A ledger line that can be referred to. `qty` and `left` (not taken back yet) are positive millionths of the base
    unit, `amount` minor units."""

    entry_id: int
    kind: str
    item_id: int
    location_id: int
    lot_id: int
    qty: int
    amount: int
    left: int


@dataclass(slots=True)
class _Document:
    posting_id: int
    kind: str
    supplier_id: int | None
    number: str = ""
    lines: list[Source] | None = field(default=None)


class Unknown(NotFound):
    """A document that is nowhere."""

    def __init__(self, ref: str) -> None:
        super().__init__(
            _(
                "There is no document {ref} before this row. Check the number and the order of the rows.",
                ref=short(ref),
            ),
            field="ref",
        )


class References:
    """Documents by their own number or ours, oldest first; those of this file win over older ones of the same number."""

    def __init__(self, uow: UnitOfWork, desk: stock.Desk) -> None:
        self._uow, self._desk = uow, desk
        self._made: dict[str, list[_Document]] = {}
        self._stored: dict[str, list[_Document]] = {}
        self._failed: dict[str, int] = {}
        self._reversed: set[int] = set()

    def load(self, refs: Collection[str]) -> set[int]:
        """Look up stored documents with these numbers at once; answers the items they hold."""
        items: set[int] = set()
        for part in chunks(sorted(refs)):
            named = or_(StockPosting.number.in_(part), StockPosting.document.in_(part))
            for row in self._uow.sql.execute(_entries_of(named)):
                items.add(row.item_id)
                for ref in {row.number, row.document} & set(part):
                    self._keep(ref, row)
        lines = {line.entry_id: line for group in self._stored.values() for one in group for line in one.lines or ()}
        for entry_id, qty in stock.open_quantities(self._uow, sorted(lines)).items():
            lines[entry_id].left = max(to_micro(qty), 0)
        return items

    def _keep(self, ref: str, row: Any) -> None:
        group = self._stored.setdefault(ref, [])
        if not group or group[-1].posting_id != row.posting_id:
            group.append(_Document(row.posting_id, row.posting_kind, row.supplier_id, row.number, []))
        lines = group[-1].lines
        if lines is not None and not row.is_reversal:
            amount = row.value if row.given is None else row.given
            lines.append(
                Source(row.id, row.kind, row.item_id, row.location_id, row.lot_id, abs(row.qty), amount, abs(row.qty))
            )

    def note(self, document: str, posting_id: int, kind: K, supplier_id: int | None) -> None:
        """A document was made in this file."""
        if document:
            self._made.setdefault(document, []).append(_Document(posting_id, kind, supplier_id))

    def note_failed(self, document: str, row: int) -> None:
        """A row of a document could not be posted."""
        if document:
            self._failed[document] = min(row, self._failed.get(document, row))

    def posting_of(self, ref: str) -> int | None:
        """The newest posting a number stands for; None when there is none."""
        found = self._made.get(ref) or self._stored.get(ref)
        return found[-1].posting_id if found else None

    def sources(self, ref: str, kinds: Collection[K]) -> list[Source]:
        """The lines of these kinds in a document. Raises Unknown when there is no such document."""
        if ref not in self._made and ref not in self._stored:
            raise Unknown(ref)
        for group in (self._made.get(ref, []), self._stored.get(ref, [])):
            lines = [
                line
                for one in group
                if one.posting_id not in self._reversed
                for line in self._lines(one)
                if line.kind in kinds
            ]
            if lines:
                return lines
        return []

    def is_failed(self, ref: str, row: int) -> bool:
        """Whether a row before this one that belongs to the document is wrong."""
        return self._failed.get(ref, row) < row

    def to_reverse(self, ref: str, supplier_id: int | None) -> list[int]:
        """The postings a reversal of this number takes back, newest first.

        Raises Unknown, or Refused when all of it is reversed in this file already, or when the number stands for
        several postings made before this file.
        """
        if ref not in self._made and ref not in self._stored:
            raise Unknown(ref)
        group = [one for one in self._made.get(ref) or self._stored[ref] if supplier_id in (None, one.supplier_id)]
        open_ones = [one for one in group if one.posting_id not in self._reversed]
        if not open_ones:
            raise Refused(_("{number} is reversed already.", number=short(ref)), field="ref")
        if ref not in self._made and len(open_ones) > 1:
            numbers = ", ".join(one.number for one in open_ones)
            raise Refused(
                _("{ref} stands for several postings. Name one of them: {numbers}.", ref=short(ref), numbers=numbers),
                field="ref",
            )
        return [one.posting_id for one in reversed(open_ones)]

    def note_reversed(self, posting_id: int) -> None:
        """A posting was taken back in this file."""
        self._reversed.add(posting_id)

    def items_of(self, ref: str) -> set[int]:
        """The items of a document."""
        group = self._made.get(ref) or self._stored.get(ref) or []
        return {line.item_id for one in group for line in self._lines(one)}

    def _lines(self, document: _Document) -> list[Source]:
        if document.lines is None:
            pending = self._desk.pending(document.posting_id)
            document.lines = [
                Source(
                    line.entry_id, line.kind, line.item_id, line.location_id, line.lot_id, abs(line.qty),
                    line.value if line.given is None else line.given, abs(line.qty),
                )
                for line in (pending[2] if pending else ())
            ]  # fmt: skip
        return document.lines


def _entries_of(condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            StockPosting.id.label("posting_id"), StockPosting.kind.label("posting_kind"), StockPosting.number, StockPosting.document,
            StockPosting.supplier_id, StockEntry.id, StockEntry.kind, StockEntry.item_id, StockEntry.location_id, StockEntry.lot_id,
            StockEntry.qty, StockEntry.given, StockEntry.value, StockEntry.is_reversal,
        )
        .join(StockEntry, StockEntry.posting_id == StockPosting.id)
        .where(condition, StockPosting.kind != K.REVERSAL)
        .order_by(StockPosting.id, StockEntry.id)
    )  # fmt: skip
