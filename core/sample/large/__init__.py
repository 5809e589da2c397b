"""The large sample: a parts dealer with 100,000 items and a million ledger entries over more than two years."""

from core.sample.large.site import ENTRIES, ITEMS, make_large

__all__ = ["ENTRIES", "ITEMS", "make_large"]
