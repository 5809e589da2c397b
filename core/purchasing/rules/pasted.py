"""A supplier's statement as it is pasted from a spreadsheet or typed: an invoice a line."""

from __future__ import annotations

import re
from datetime import date

from core.errors import InvalidInput
from core.i18n import _
from core.purchasing.types.payments import NewStatementLine
from core.values import parse_number

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)


def statement_lines(text: str) -> tuple[NewStatementLine, ...]:
    """Number, day (may be left out) and open amount of each line, parted by tabs, semicolons or blanks.

    Empty lines are passed over. Raises InvalidInput with the line and what it should look like.
    """
    found = []
    for row, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            found.append(_line(line, row))
    return tuple(found)


def _line(line: str, row: int) -> NewStatementLine:
    parts = [part.strip() for part in re.split(r"[\t;；]+|\s+", line.strip()) if part.strip()]
    days = [part for part in parts[1:-1] if _DAY.fullmatch(part)]
    if len(parts) < 2 or len(parts) - len(days) != 2:
        raise InvalidInput(
            _("“{line}”: write the invoice's number, its date if you like, and the amount.", line=line.strip()[:60]),
            field="lines", row=row,
        )  # fmt: skip
    try:
        amount = parse_number(parts[-1])
        day = _day(days[0]) if days else None
    except (InvalidInput, ValueError):
        raise InvalidInput(
            _("“{line}”: the amount or the date cannot be read.", line=line.strip()[:60]), field="lines", row=row
        ) from None
    return NewStatementLine(parts[0], amount, day)


def _day(words: str) -> date:
    match = _DAY.fullmatch(words)
    assert match is not None
    year, month, day = (int(part) for part in match.groups())
    return date(year, month, day)
