"""Building blocks of the catalog for other domains' commands."""

from core.catalog.steps.facts import change_costing, find_items_by_code, load_item_facts
from core.catalog.steps.prices import record_paid_prices, record_prices
from core.catalog.steps.start import seed_catalog
from core.catalog.steps.units import ensure_units, load_unit_table, load_units

__all__ = [
    "change_costing",
    "ensure_units",
    "find_items_by_code",
    "load_item_facts",
    "load_unit_table",
    "load_units",
    "record_paid_prices",
    "record_prices",
    "seed_catalog",
]
