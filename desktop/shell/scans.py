"""What a scan says for a line: which codes to look up, how much, and what it costs."""

from __future__ import annotations

from decimal import Decimal

from core.catalog import UnitTable
from core.devices import Scan, ScanKind

KILOGRAM = "kg"


def codes_of(scan: Scan) -> tuple[str, ...]:
    """The codes an item may be known by, best first."""
    own = (scan.own.value,) if scan.own is not None else ()
    return tuple(dict.fromkeys(code for code in (*own, *scan.codes, scan.item_code) if code))


def qty_of(scan: Scan, table: UnitTable) -> tuple[Decimal, str] | None:
    """The quantity a code carries, with its unit; None when it carries none that this item is kept in."""
    weight = scan.weight_to_book
    if weight is not None and weight > 0 and table.has(KILOGRAM):
        return weight, KILOGRAM
    if scan.count is not None and scan.count > 0:
        return scan.count, table.base
    return None


def amount_due(scan: Scan) -> Decimal | None:
    """What a supplier's code says the goods cost; the price on a label of a shop's own scales is what customers pay."""
    return scan.price if scan.kind is ScanKind.GS1 and scan.price else None
