"""Reading a pasted list: a code, a quantity, perhaps a unit on each line, as tables and messages have them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from core.errors import CoreError
from core.values import parse_quantity

MOST_LINES = 500
_PARTS = re.compile(r"[\t;，；]|\s{2,}|(?<=\S)\s+(?=[×xX*]?\s*[\d０-９])|\s*[×*]\s*")
_QTY = re.compile(r"^[×xX*]?\s*([\d０-９.,，/+]+)\s*(\D*)$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A line somebody wants: what was written for the item, how much, in which unit (empty: the code's own)."""

    code: str
    qty: Decimal
    unit: str


def read_lines(text: str) -> tuple[list[Asked], list[str]]:
    """The lines that can be read, and the others as they stand; a line without a quantity means one."""
    asked: list[Asked] = []
    unread: list[str] = []
    for line in text.splitlines()[:MOST_LINES]:
        words = line.strip()
        if not words:
            continue
        found = _read(words)
        if found is None:
            unread.append(words[:60])
        else:
            asked.append(found)
    return asked, unread


def _read(words: str) -> Asked | None:
    parts = [part.strip() for part in _PARTS.split(words) if part and part.strip()]
    if not parts:
        return None
    code, rest = parts[0], parts[1:]
    if not rest:
        return Asked(code, Decimal(1), "") if " " not in code else None
    for at in range(len(rest) - 1, -1, -1):
        found = _QTY.match(rest[at])
        if found is None:
            continue
        try:
            qty = parse_quantity(found[1])
        except CoreError:
            continue
        unit = found[2].strip() or (rest[at + 1] if at + 1 < len(rest) else "")
        return Asked(code, qty, unit) if qty > 0 else None
    return None
