"""Catalog: items, their units, codes and categories, suppliers and their terms, stock policies, substitutes.

Promises: an item is found by anything people call it; quantities in any of its units become base units exactly; a code
with a wrong check digit is refused.
"""

from core.catalog.steps import seed_catalog

__all__ = ["seed_catalog"]
