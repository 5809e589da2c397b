"""Items as they come in, stand in lists, and stand on their card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from core.catalog.types.partners import NewTerm, TermRow
from core.i18n import Name
from db.enums import CostMethod, StorageKind


@dataclass(frozen=True, slots=True)
class PackUnit:
    """A pack unit of an item: how many base units one holds (case = 12)."""

    unit: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class NewBarcode:
    """A code that is to find an item, in one of its units (empty: the base unit)."""

    code: str
    unit: str = ""
    supplier_id: int | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class NewPolicy:
    """How much should be there, in base units, at a location or (0) on the whole site."""

    location_id: int = 0
    minimum: Decimal | None = None
    safety: Decimal | None = None
    maximum: Decimal | None = None
    par: Decimal | None = None
    reorder_point: Decimal | None = None
    order_qty: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NewItem:
    """What is known of a new item. Only a name and a base unit must be: an empty code is proposed from the category,
    no cost method means the site's."""

    name: str
    base_unit: str
    code: str = ""
    name_en: str = ""
    aliases: tuple[str, ...] = ()
    spec: str = ""
    brand: str = ""
    origin: str = ""
    category_id: int | None = None
    purchase_unit: str = ""
    issue_unit: str = ""
    count_unit: str = ""
    storage_kind: StorageKind = StorageKind.DRY
    shelf_life_days: int | None = None
    opened_life_days: int | None = None
    allergens: tuple[str, ...] = ()
    tax_rate: Decimal | None = None
    sale_price: Decimal | None = None
    cost_method: CostMethod | None = None
    standard_cost: Decimal | None = None
    lot_tracked: bool = False
    abc_class: str = ""
    note: str = ""
    pack_units: tuple[PackUnit, ...] = ()
    barcodes: tuple[NewBarcode, ...] = ()
    terms: tuple[NewTerm, ...] = ()
    policy: NewPolicy | None = None


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items a list shows. A category stands for its whole branch; `gap` is a word of `list_gaps`."""

    text: str = ""
    category_id: int | None = None
    supplier_id: int | None = None
    storage_kind: StorageKind | None = None
    is_active: bool | None = True
    lot_tracked: bool | None = None
    abc_class: str = ""
    gap: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item in a list. Names stand in both languages; `barcode` is the first one."""

    id: int
    code: str
    name: str
    name_en: str
    spec: str
    brand: str
    category: str
    category_en: str
    base_unit: str
    barcode: str
    supplier: str
    storage_kind: StorageKind
    cost_method: CostMethod
    sale_price: Decimal | None
    lot_tracked: bool
    is_active: bool
    abc_class: str

    def title(self, language: str) -> str:
        """The item's name in a language; the other one when it has none in this."""
        return (self.name_en or self.name) if language == "en" else self.name


class ItemFacts(NamedTuple):
    """What postings need to know of an item. A plain row, because a posting reads one for each of its lines."""

    id: int
    code: str
    name_zh: str
    name_en: str
    base_unit: str
    method: str
    standard_cost: Decimal | None
    lot_tracked: bool
    is_active: bool

    @property
    def name(self) -> Name:
        """The item's name in both languages."""
        return Name(self.name_zh, self.name_en)

    @property
    def cost_method(self) -> CostMethod:
        """The cost method it begins with."""
        return CostMethod(self.method)


@dataclass(frozen=True, slots=True)
class BarcodeRow:
    """A barcode on the card; `kind` is EAN-13, EAN-8, UPC-A, ITF-14 or empty for any other code."""

    id: int
    code: str
    unit: str
    kind: str
    is_internal: bool
    supplier: str
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A stock policy on the card."""

    id: int
    version: int
    location_id: int
    minimum: Decimal | None
    safety: Decimal | None
    maximum: Decimal | None
    par: Decimal | None
    reorder_point: Decimal | None
    order_qty: Decimal | None


@dataclass(frozen=True, slots=True)
class SubstituteRow:
    """What may stand in for an item: rank 1 is tried first; `factor` base units of it replace one."""

    id: int
    item_id: int
    code: str
    name: str
    name_en: str
    rank: int
    factor: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class ItemCard:
    """Everything the catalog knows of one item. `values` holds its editable fields by the names of `NewItem`, as
    `update_item` takes them back."""

    id: int
    version: int
    row: ItemRow
    values: Mapping[str, object]
    units: tuple[PackUnit, ...] = ()
    barcodes: tuple[BarcodeRow, ...] = ()
    terms: tuple[TermRow, ...] = ()
    policies: tuple[PolicyRow, ...] = ()
    substitutes: tuple[SubstituteRow, ...] = ()
    gaps: tuple[str, ...] = ()
    has_entries: bool = False
    photo_id: int | None = None
    merged_into_id: int | None = None
    created_at: datetime | None = field(default=None)


@dataclass(frozen=True, slots=True)
class ScanHit:
    """What a barcode stands for: an item, and the unit one scan counts."""

    item: ItemRow
    unit: str
    factor: Decimal
    barcode: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing on a number of items."""

    word: str
    items: int


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two items that may be one. `reason` is a word of DUPLICATE_REASONS, `score` 100 for certain."""

    first: ItemRow
    second: ItemRow
    reason: str
    score: int
