"""What a person can do with the catalog."""

from core.catalog.commands.barcodes import add_barcode, make_barcode, remove_barcode
from core.catalog.commands.cleaning import dismiss_duplicate, retire_items
from core.catalog.commands.items import create_item, reactivate_item, retire_item, set_pack_units, update_item
from core.catalog.commands.policies import (
    add_substitute,
    rank_substitutes,
    remove_policy,
    remove_substitute,
    save_policy,
)
from core.catalog.commands.supplier_parts import (
    block_supplier,
    release_supplier,
    remove_contact,
    save_contact,
    set_closed_days,
)
from core.catalog.commands.suppliers import create_supplier, reactivate_supplier, retire_supplier, update_supplier
from core.catalog.commands.terms import remove_term, save_term
from core.catalog.commands.tree import create_category, create_unit, remove_category, update_category, update_unit

__all__ = [
    "add_barcode",
    "add_substitute",
    "block_supplier",
    "create_category",
    "create_item",
    "create_supplier",
    "create_unit",
    "dismiss_duplicate",
    "make_barcode",
    "rank_substitutes",
    "reactivate_item",
    "reactivate_supplier",
    "release_supplier",
    "remove_barcode",
    "remove_category",
    "remove_contact",
    "remove_policy",
    "remove_substitute",
    "remove_term",
    "retire_item",
    "retire_items",
    "retire_supplier",
    "save_contact",
    "save_policy",
    "save_term",
    "set_closed_days",
    "set_pack_units",
    "update_category",
    "update_item",
    "update_supplier",
    "update_unit",
]
