"""Counts in a list, and the lines of a sheet as who counts them sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.counting.types.entering import CountPart
from db.enums import CountKind, CountState


@dataclass(frozen=True, slots=True)
class CountRow:
    """A count in a list. `accuracy` is lines within tolerance by lines counted, once it is posted."""

    id: int
    version: int
    number: str
    kind: CountKind
    state: CountState
    title: str
    is_blind: bool
    created_at: datetime
    created_by: str
    lines: int
    counted: int
    to_recount: int
    posting_id: int | None
    posting_number: str
    is_reversed: bool
    accuracy: Decimal | None
    value: Decimal | None

    @property
    def share(self) -> Decimal:
        """Counted lines of all lines, 0 to 1."""
        return Decimal(self.counted) / self.lines if self.lines else Decimal(0)


@dataclass(frozen=True, slots=True)
class PlaceProgress:
    """How far a place is counted, and who counted there last."""

    location_id: int
    code: str
    name: str
    name_en: str
    lines: int
    counted: int
    by: tuple[str, ...]
    last_at: datetime | None

    def title(self, language: str) -> str:
        """The place's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class CountCard:
    """A count with its progress by place. `sees_book` says whether book quantities may be shown to who asks."""

    row: CountRow
    tolerance_pct: Decimal
    tolerance_amount: Decimal
    places: tuple[PlaceProgress, ...]
    completed_at: datetime | None
    completed_by: str
    approved_at: datetime | None
    approved_by: str
    sees_book: bool
    may_manage: bool
    may_approve: bool


@dataclass(frozen=True, slots=True)
class EntryUnit:
    """A unit a line may be counted in: its stored word, its names, and base units in one."""

    unit: str
    factor: Decimal
    name: str
    name_en: str

    def title(self, language: str) -> str:
        """The unit's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class CountLine:
    """One line of a count sheet. `expected` is None for who counts blind; `parts` are the figures of this round."""

    id: int
    position: int
    item_id: int
    code: str
    name: str
    name_en: str
    spec: str
    location_id: int
    location_code: str
    location_name: str
    location_name_en: str
    lot_id: int
    lot: str
    expires_on: date | None
    unit: str
    units: tuple[EntryUnit, ...]
    parts: tuple[CountPart, ...]
    counted: Decimal | None
    expected: Decimal | None
    counted_at: datetime | None
    counted_by: str
    round: int
    needs_recount: bool
    is_assumed: bool

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name

    def place(self, language: str) -> str:
        """The place's name in a language."""
        return (self.location_name_en or self.location_name) if language == "en" else self.location_name

    def unit_title(self, language: str) -> str:
        """The base unit's name in a language."""
        return next((one.title(language) for one in self.units if one.unit == self.unit), self.unit)

    @property
    def is_open(self) -> bool:
        """Whether this line still waits for a figure."""
        return self.counted is None or self.needs_recount


@dataclass(frozen=True, slots=True)
class LineHit:
    """What a scanned code means on a count: lines of that item (best first), the unit of the code, or only the item.

    `is_barcode` tells the code on the goods, one of which was counted, from an item code that stands on a shelf.
    """

    item_id: int
    code: str
    name: str
    name_en: str
    unit: str
    line_ids: tuple[int, ...]
    is_barcode: bool = False
