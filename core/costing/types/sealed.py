"""A sealed month: one file that proves by itself that nobody changed it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Text


@dataclass(frozen=True, slots=True)
class SealedCheck:
    """What looking through a sealed file found.

    `is_whole`: every table is as it was sealed, the seal of the whole is right, and the figures add up. `faults` say what is
    not. `seal` is the SHA-256 of the whole, to be compared with the one printed on the month's pack.
    """

    month: str
    site: str
    number: str
    closed_at: str
    closed_by: str
    seal: str
    is_whole: bool
    tables: tuple[tuple[str, int], ...]
    usage: Decimal
    closing: Decimal
    faults: tuple[Text, ...]
