"""Building blocks of the catalog for other domains' commands."""

from core.catalog.steps.bulk import create_items_bulk
from core.catalog.steps.categories import ensure_categories
from core.catalog.steps.deals import load_suppliers, load_terms
from core.catalog.steps.facts import find_items_by_code, load_item_facts
from core.catalog.steps.item_states import Facts, load_item_states
from core.catalog.steps.merge import check_mergeable, merge_master_data
from core.catalog.steps.price_lists import (
    TermChange,
    TermEdit,
    remove_prices,
    remove_terms,
    restore_terms,
    revise_terms,
)
from core.catalog.steps.prices import (
    last_prices,
    record_agreed_prices,
    record_paid_prices,
    record_prices,
    set_sale_prices,
)
from core.catalog.steps.revise import ItemChange, ItemEdit, restore_items, revise_items
from core.catalog.steps.search_rows import refresh_search
from core.catalog.steps.start import seed_catalog
from core.catalog.steps.supplier_codes import find_item_by_supplier_code, learn_supplier_code
from core.catalog.steps.suppliers import create_suppliers_bulk, ensure_suppliers, revise_suppliers
from core.catalog.steps.units import ensure_units, load_unit_table, load_units

__all__ = [
    "Facts",
    "ItemChange",
    "ItemEdit",
    "TermChange",
    "TermEdit",
    "check_mergeable",
    "create_items_bulk",
    "create_suppliers_bulk",
    "ensure_categories",
    "ensure_suppliers",
    "ensure_units",
    "find_item_by_supplier_code",
    "find_items_by_code",
    "last_prices",
    "learn_supplier_code",
    "load_item_facts",
    "load_item_states",
    "load_suppliers",
    "load_terms",
    "load_unit_table",
    "load_units",
    "merge_master_data",
    "record_agreed_prices",
    "record_paid_prices",
    "record_prices",
    "refresh_search",
    "remove_prices",
    "remove_terms",
    "restore_items",
    "restore_terms",
    "revise_items",
    "revise_suppliers",
    "revise_terms",
    "seed_catalog",
    "set_sale_prices",
]
