"""Building blocks: the conditions under which something is missing on an item."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import ColumnElement, and_, exists, or_, select

from core.errors import InvalidInput
from core.i18n import _
from db.catalog import Barcode, Item, ItemUnit, StockPolicy, SupplierTerm
from db.documents import Attachment
from db.enums import CostMethod, StorageKind

COLD = (StorageKind.CHILLED, StorageKind.FROZEN)


def _none_of(kind: type[Barcode] | type[SupplierTerm] | type[StockPolicy]) -> ColumnElement[bool]:
    return ~exists(select(kind.id).where(kind.item_id == Item.id))


def _no_purchase_unit() -> ColumnElement[bool]:
    """Bought, but nobody said in which unit: a supplier's term or a pack unit is there, a purchase unit is not."""
    has_packs = exists(select(ItemUnit.item_id).where(ItemUnit.item_id == Item.id))
    return and_(Item.purchase_unit == "", has_packs)


def _no_photo() -> ColumnElement[bool]:
    mine = (Attachment.owner_kind == "item", Attachment.owner_id == Item.id, Attachment.is_photo)
    return ~exists(select(Attachment.id).where(*mine))


_CONDITIONS: Mapping[str, Callable[[], ColumnElement[bool]]] = {
    "no_category": lambda: Item.category_id.is_(None),
    "no_supplier": lambda: _none_of(SupplierTerm),
    "no_barcode": lambda: _none_of(Barcode),
    "no_english": lambda: Item.name_en == "",
    "no_purchase_unit": _no_purchase_unit,
    "no_shelf_life": lambda: and_(Item.storage_kind.in_(COLD), Item.shelf_life_days.is_(None)),
    "no_policy": lambda: _none_of(StockPolicy),
    "no_price": lambda: or_(Item.sale_price.is_(None), Item.sale_price == 0),
    "no_standard": lambda: and_(Item.cost_method == CostMethod.STANDARD, Item.standard_cost.is_(None)),
    "no_photo": _no_photo,
}


def gap_condition(word: str) -> ColumnElement[bool]:
    """The condition of one gap, over `Item`. Raises InvalidInput for a word there is not."""
    if word not in _CONDITIONS:
        raise InvalidInput(_("There is no such check: {word}.", word=word), field="gap")
    return _CONDITIONS[word]()


def all_gaps() -> tuple[str, ...]:
    """The words of all gaps."""
    return tuple(_CONDITIONS)
