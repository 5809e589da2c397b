"""What a person can see of the catalog."""

from core.catalog.queries.card import get_item, list_item_units, list_prices, propose_code
from core.catalog.queries.lists import count_items, count_items_by, list_item_ids, list_items_page
from core.catalog.queries.quality import list_duplicates, list_gaps
from core.catalog.queries.search import find_by_barcode, find_by_codes, find_item, search_items
from core.catalog.queries.suppliers import (
    get_supplier,
    get_supplier_card,
    list_supplier_items,
    list_supplier_terms,
    list_suppliers,
)
from core.catalog.queries.tree import list_categories, list_units

__all__ = [
    "count_items",
    "count_items_by",
    "find_by_barcode",
    "find_by_codes",
    "find_item",
    "get_item",
    "get_supplier",
    "get_supplier_card",
    "list_categories",
    "list_duplicates",
    "list_gaps",
    "list_item_ids",
    "list_item_units",
    "list_items_page",
    "list_prices",
    "list_supplier_items",
    "list_supplier_terms",
    "list_suppliers",
    "list_units",
    "propose_code",
    "search_items",
]
