"""What crosses the door of the catalog."""

from core.catalog.types.items import (
    BarcodeRow,
    DuplicatePair,
    Gap,
    ItemCard,
    ItemFacts,
    ItemFilter,
    ItemRow,
    NewBarcode,
    NewItem,
    NewPolicy,
    PackUnit,
    PolicyRow,
    ScanHit,
    SubstituteRow,
)
from core.catalog.types.partners import Break, NewPrice, NewSupplier, NewTerm, PriceRow, SupplierRow, TermRow
from core.catalog.types.tree import CategoryRow, UnitRow

__all__ = [
    "BarcodeRow",
    "Break",
    "CategoryRow",
    "DuplicatePair",
    "Gap",
    "ItemCard",
    "ItemFacts",
    "ItemFilter",
    "ItemRow",
    "NewBarcode",
    "NewItem",
    "NewPolicy",
    "NewPrice",
    "NewSupplier",
    "NewTerm",
    "PackUnit",
    "PolicyRow",
    "PriceRow",
    "ScanHit",
    "SubstituteRow",
    "SupplierRow",
    "TermRow",
    "UnitRow",
]
