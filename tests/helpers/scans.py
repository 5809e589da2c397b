"""A scan as a page is given one."""

from __future__ import annotations

from core.devices import Scan, parse_scan


def scan_of(raw: str) -> Scan:
    """What a scanner's text means, without the rules of any country."""
    return parse_scan(raw)
