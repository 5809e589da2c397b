"""A scan as other programs read it."""

from __future__ import annotations

from core.devices.types.scans import Scan, ScanKind

_TEXTS = ("gtin", "batch", "expiry", "best_before", "production", "serial", "sscc")
_REST = ("net_weight_kg", "price", "count", "item_code", "text", "url")


def scan_as_json(scan: Scan) -> dict[str, str]:
    """What is there and nothing else: a GTIN with 14 digits, ISO dates, decimal numbers as text. With a trouble, `error`
    is its word, alone when nothing good is left."""
    told: dict[str, str] = {}
    for name in (*_TEXTS, *_REST):
        value = getattr(scan, name)
        if value not in ("", None):
            told[name] = str(value) if name in (*_TEXTS, "item_code", "text", "url") else format(value, "f")
    if scan.kind is ScanKind.DIGITAL_LINK and scan.troubles and set(told) == {"url"}:
        told.clear()
    if not told:
        return {"error": scan.error}
    if "price" in told and scan.currency:
        told["currency"] = scan.currency
    if scan.own is not None:
        told["own"] = scan.own.kind.value
    return {"kind": scan.kind.value, **told, **({"error": scan.error} if scan.error else {})}
