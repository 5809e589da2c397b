"""What a badge says, whichever way it was read."""

from __future__ import annotations

from core.devices.types.scans import OwnKind, Scan


def badge_of(scan: Scan) -> str:
    """The code of a person's badge: of our own badges the person's code, of others the text without the scanner's id."""
    if scan.own is not None and scan.own.kind is OwnKind.PERSON:
        return scan.own.value
    return scan.raw.strip().removeprefix(scan.symbology)
